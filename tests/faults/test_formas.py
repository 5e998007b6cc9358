"""Whatever shape an answer has, the next healthy run makes all well again.

Each shape, once where the server did what was asked and once where it did not, for each of the
four requests. No row is lost, none is in two lotes, no garbage is kept as an import file.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from converter.focus.client import Transport
from converter.focus.clients import Clients
from converter.focus.tokens import Token
from converter.journal.journal import Journal
from converter.model.filerun import FileRun, Understood
from converter.model.notas import Prestador
from converter.runtime import cities
from converter.runtime.content import unreadable
from converter.runtime.environment import Api
from tests.faults import driver
from tests.faults.ledger import Fault, Ledger, Server
from tests.faults.samples import PRESTADORES, TOKEN
from tests.faults.shapes import SHAPES, lists

QUICK = set(list(SHAPES)[::4]) | {name for name in SHAPES if name[0].isalpha()}
ALL = [
    pytest.param(name, id=name, marks=() if name in QUICK else pytest.mark.longo) for name in SHAPES
]
ISSUED = [{"status": "autorizado", "numero": "8"}, {"status": "autorizado", "numero": "9"}]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEITURA", "0.3")


def whole(ledger: Ledger, seen: dict[str, dict[str, object]], folder: Path) -> None:
    assert set(ledger.rows().values()) == {1}
    for lote in driver.lotes():
        assert seen[lote.ref]["state"] in {"gerado", "respondido"}
        assert seen[lote.ref]["claimed"] == len(lote.notas)
        assert (folder / "saida" / f"{lote.ref}.txt").read_bytes() == ledger.stored[lote.ref][1]
    assert set(ledger.files.values()) == {1}
    assert len(list((folder / "saida").iterdir())) == len(ledger.stored)


@pytest.mark.parametrize("stored", [True, False], ids=["guardou", "perdeu"])
@pytest.mark.parametrize("name", ALL)
def test_a_lote(name: str, stored: bool, folder: Path) -> None:
    if name == "422-json":
        pytest.skip("a refusal of the data, as it is documented")
    ledger = Ledger(script=[Fault("forma", stored, raw=SHAPES[name])])
    with Server(ledger) as server:
        driver.run(folder, server.url)
        ledger.script = []
        whole(ledger, driver.run(folder, server.url), folder)


@pytest.mark.parametrize("stored", [True, False], ids=["guardou", "perdeu"])
@pytest.mark.parametrize("name", ALL)
def test_the_question_about_a_doubt(name: str, stored: bool, folder: Path) -> None:
    looks = [Fault("forma", method="GET", raw=SHAPES[name])] * 5
    ledger = Ledger(script=[Fault("reset", stored), *looks])
    with Server(ledger) as server:
        driver.run(folder, server.url)
        ledger.script = []
        whole(ledger, driver.run(folder, server.url), folder)


@pytest.mark.parametrize("name", ALL)
def test_a_return_file(name: str, folder: Path) -> None:
    ledger = Ledger(answers=lambda request: (201, json.dumps(ISSUED).encode()))
    first, _ = driver.lotes()
    with Server(ledger) as server:
        driver.run(folder, server.url)
        (folder / "retornos").mkdir()
        (folder / "retornos" / f"{first.ref}.ret").write_bytes(b"retorno\r\n\xff")
        ledger.script = [Fault("forma", raw=SHAPES[name])]
        driver.run(folder, server.url)
        assert ledger.fired
        ledger.script = []
        seen = driver.run(folder, server.url)
    whole(ledger, seen, folder)
    if seen[first.ref]["state"] == "gerado":
        # Refused in the words of the decision page: it is the file that has to change.
        assert name.startswith(("400-", "404-", "415-", "422-"))
    else:
        assert seen[first.ref]["answers"] == ["8", "9"]


@pytest.mark.parametrize("name", ALL)
def test_what_a_city_asks(name: str, folder: Path) -> None:
    issuer = PRESTADORES[0]
    ledger = Ledger(script=[Fault("forma", method="GET", raw=SHAPES[name])] * 3)

    def ask() -> None:
        with Clients(
            server.url,
            "homologacao",
            version="0",
            environ={},
            token=Token(TOKEN),
            transport=Transport(timeouts=(1.0, 0.3), sleep=lambda _: None),
        ) as clients:
            cities.learn(journal, Api(clients), [_waiting(issuer)])

    now = datetime(2026, 11, 22, tzinfo=UTC)
    with Server(ledger) as server, Journal(folder / "d.sqlite3", lambda: now) as journal:
        ask()
        assert cities.known(journal) == {}
        city = {"codigo_municipio": issuer.codigo_municipio, "endereco_obrigatorio_nfse": True}
        ledger.script = [Fault("forma", method="GET", raw=lists(value)) for value in (city, [], [])]
        ask()
        assert cities.known(journal)[issuer.codigo_municipio].flags == {
            "endereco_obrigatorio_nfse": True
        }


def _waiting(issuer: Prestador) -> FileRun[Understood]:
    file = unreadable(FileRun("a.xlsx", "", "a", None), ())
    return file.to(replace(file.phase, issuers=frozenset({issuer})))
