"""Completing by the API in a whole run: asked once, kept, and no run ends because of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from converter.errors import SettingsError
from converter.model.run import RunReport
from converter.runtime.environment import consulted_at
from converter.settings import load
from converter.simulator import consultas
from converter.simulator.access import Tokens
from converter.simulator.server import RunningSimulator, serve
from converter.simulator.settings import Settings
from tests.runs import NOW, VALOR, Rows, exemplo, of, real, run_in, situacoes, tabela, told

TOML = "[completar]\ncep = true\ncnpj = true\n"
NOTHING = {"ceps": {}, "cnpjs": {}}


def rows() -> Rows:
    """Two notes to companies whose street, quarter and city are left out."""
    blank = dict.fromkeys(("Logradouro", "Bairro", "Município do tomador", "UF"), "")
    return [{**row, **blank} for row in exemplo()[:2]]


@pytest.fixture
def pasta(tmp_path: Path) -> Path:
    tabela(tmp_path, rows())
    (tmp_path / "planilote.toml").write_text(TOML, encoding="utf-8")
    return tmp_path


@pytest.fixture
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSimulator]:
    with serve(tmp_path_factory.mktemp("api"), settings=Settings(now=lambda: NOW)) as running:
        yield running


def test_blanks_are_completed_before_anything_is_sent(pasta: Path) -> None:
    run = run_in(pasta)
    assert situacoes(run) == ["autorizada", "autorizada"]
    assert told(run, "completado-por-cnpj") == [2, 3]
    assert all("API de ensaio em 22/11/2026" in said for said in of(run).rows.mensagens)


def test_an_answer_is_asked_for_once(pasta: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_in(pasta)
    monkeypatch.setattr(consultas, "_table", lambda: NOTHING)
    tabela(pasta, [{**row, VALOR: "10,00"} for row in rows()], "outra.csv")
    assert told(run_in(pasta), "completado-por-cnpj", "outra.csv") == [2, 3]


def test_conferir_asks_nothing_and_says_so(pasta: Path) -> None:
    run = run_in(pasta, enviar=False)
    assert told(run, "completar-no-envio") == [None, None]
    assert not told(run, "completado-por-cnpj")


def test_the_answers_of_a_rehearsal_serve_no_other_ambiente(
    pasta: Path, api: RunningSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_in(pasta)
    monkeypatch.setattr(consultas, "_table", lambda: NOTHING)
    run = run_in(pasta, ambiente="homologacao", environ=real(api.url))
    assert told(run, "consulta-sem-resultado")
    assert not told(run, "completado-por-cnpj")


def test_a_token_that_may_not_ask_ends_no_run_and_the_account_s_may(
    pasta: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    account = "token-da-conta-1"
    only = Settings(now=lambda: NOW, tokens=Tokens({account: frozenset()}))
    with serve(tmp_path_factory.mktemp("fechada"), settings=only) as closed:
        chosen = {"ambiente": "homologacao", "environ": real(closed.url)}
        run = run_in(pasta, **chosen)
        assert told(run, "completar-sem-resposta") == [None, None]
        assert "FOCUS_TOKEN_CONTA" in _reason(run)
        chosen["environ"] = real(closed.url) | {"FOCUS_TOKEN_CONTA": account}
        assert told(run_in(pasta, **chosen), "completado-por-cnpj") == [2, 3]


def test_an_api_that_does_not_answer_ends_no_run(pasta: Path) -> None:
    run = run_in(pasta, ambiente="homologacao", environ=real("http://127.0.0.1:9"))
    assert told(run, "completar-sem-resposta") == [None, None]
    assert len(situacoes(run)) == 2


def _reason(run: RunReport) -> str:
    found = [one for one in of(run).problems if one.code == "completar-sem-resposta"]
    return found[0].details["motivo"]


def test_cnpjs_are_asked_at_the_host_that_tells_them(tmp_path: Path) -> None:
    settings = load({}, pasta=str(tmp_path), ambiente="homologacao")
    assert consulted_at(settings, "cep") == "https://homologacao.focusnfe.com.br"
    assert consulted_at(settings, "cnpj") == "https://api.focusnfe.com.br"


def test_without_the_section_nothing_is_asked(pasta: Path) -> None:
    (pasta / "planilote.toml").unlink()
    run = run_in(pasta)
    assert not told(run, "completado-por-cnpj")
    assert not told(run, "completar-no-envio")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("completar = true", "seção"),
        ("[completar]\nuf = true", "uf"),
        ("[completar]\ncep = 1", "cep"),
    ],
)
def test_a_section_that_cannot_be_followed_is_one_sentence(
    pasta: Path, text: str, complaint: str
) -> None:
    (pasta / "planilote.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=complaint):
        run_in(pasta)
