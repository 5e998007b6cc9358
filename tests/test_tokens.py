"""A token goes from the environment to the wire and nowhere else."""

import base64
import os
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from converter.simulator.access import Tokens
from converter.simulator.server import RunningSimulator, serve
from converter.simulator.settings import Settings
from tests.casos.validacao.arquivo import content
from tests.casos.validacao.origem import notas
from tests.faults.ledger import Fault, Ledger, Server
from tests.written import contents

GERAL, PROPRIO = "invented+general/token=0", "inventedtokenofoneprestador"
OUTRO = "11.444.777/0001-61"
PLANILOTE = f"""\
[[prestadores]]
cnpj = "11.222.333/0001-81"
inscricao_municipal = "12345"
codigo_municipio = "4106902"

[[prestadores]]
cnpj = "{OUTRO}"
inscricao_municipal = "777"
codigo_municipio = "4106902"
"""


def secrets() -> Iterator[bytes]:
    """Every form in which a token could be found: bare, as Basic sends it, and in an address."""
    for token in (GERAL, PROPRIO):
        yield token.encode()
        yield urllib.parse.quote(token, safe="").encode()
        for text in (token, f"{token}:"):
            # Without what depends on the byte that follows.
            yield base64.b64encode(text.encode())[:-4]


def assert_nowhere(folder: Path, said: str) -> None:
    for name, data in (*contents(folder), ("saída", said.encode())):
        for secret in secrets():
            assert secret not in data, name


@pytest.fixture
def pasta(tmp_path: Path) -> Path:
    made = tmp_path / "escritorio"
    (made / "entrada").mkdir(parents=True)
    rows = [
        {"prestador.cnpj": cnpj, "tomador.endereco.uf": "PR"}
        for cnpj in ("11.222.333/0001-81", OUTRO)
    ]
    _, data = content(notas("", *rows))
    (made / "entrada" / "notas.csv").write_bytes(data)
    os.utime(made / "entrada" / "notas.csv", (1_700_000_000, 1_700_000_000))
    (made / "planilote.toml").write_text(PLANILOTE, encoding="utf-8")
    return made


def planilote(pasta: Path, url: str, *words: str) -> tuple[int, str]:
    """The program itself, with both tokens in its environment; its exit code and all it says."""
    environ = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("FOCUS", "PLANILOTE"))},
        "PLANILOTE_PASTA": str(pasta),
        "PLANILOTE_URL": url,
        "FOCUS_TOKEN": GERAL,
        "FOCUS_TOKEN_11444777000161": PROPRIO,
    }
    command = [sys.executable, "-m", "converter", *words, "--ambiente", "homologacao"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def server(tmp_path: Path) -> AbstractContextManager[RunningSimulator]:
    """An API that takes each token for its own company only."""
    tokens = Tokens({GERAL: frozenset({"11222333000181"}), PROPRIO: frozenset({"11444777000161"})})
    return serve(tmp_path / "api", settings=Settings(tokens=tokens))


def test_a_whole_month_leaves_no_token_behind(tmp_path: Path, pasta: Path) -> None:
    with server(tmp_path) as api:
        code, said = planilote(pasta, api.url, "converter", "--json")
        assert code == 0, said
        refs = [path.stem for path in (pasta / "saida" / "lotes").iterdir()]
        assert len(refs) == 2
        for ref in refs:
            name, returned = api.play(ref)
            (pasta / "retornos").mkdir(exist_ok=True)
            (pasta / "retornos" / f"{ref}_{name}").write_bytes(returned)
        _, more = planilote(pasta, api.url, "converter")
        _, state = planilote(pasta, api.url, "situacao", "--json")
    assert_nowhere(tmp_path, said + more + state)
    kinds = {path.suffix for path in tmp_path.rglob("*") if path.is_file()}
    assert {".xlsx", ".sqlite3", ".log", ".xml"} <= kinds


FALHAS = {
    "401": [Fault("401")] * 9,
    "422": [Fault("422")] * 9,
    "500": [Fault("500", stored=True)],
    "302": [Fault("302")],
    "queda": [Fault("reset", stored=True)],
    "corte": [Fault("cortado", stored=True)],
}


@pytest.mark.parametrize(
    "falha",
    [
        name if name in {"401", "500"} else pytest.param(name, marks=pytest.mark.longo)
        for name in FALHAS
    ],
)
def test_what_goes_wrong_tells_no_token_either(tmp_path: Path, pasta: Path, falha: str) -> None:
    with Server(Ledger(script=[*FALHAS[falha]])) as api:
        _, said = planilote(pasta, api.url, "converter")
        assert api.ledger.fired
    assert said
    assert_nowhere(tmp_path, said)
