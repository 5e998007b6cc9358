"""Sending over a real socket to a ledger that misbehaves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from converter.focus.clients import Clients
from converter.journal.journal import Journal
from converter.model.outcome import LoteState
from converter.stages.submit import recover, submit
from tests.falhas.ledger import Fault, Server
from tests.falhas.samples import TOKEN, clock, lote


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "diario" / "diario.sqlite3", clock) as opened:
        yield opened


@pytest.fixture
def clients(server: Server) -> Iterator[Clients]:
    with Clients(
        server.url,
        "homologacao",
        version="0",
        environ={"FOCUS_TOKEN": TOKEN},
        timeouts=(1.0, 0.2),
        sleep=lambda seconds: None,
    ) as made:
        yield made


def test_a_lote_becomes_its_import_file_byte_for_byte(server, journal, clients):
    one = lote()
    ready = journal.prepare("homologacao", [one]).ready
    (outcome,) = submit(ready, journal, clients, "homologacao")
    assert outcome.state is LoteState.GERADO
    assert outcome.sent_now
    assert outcome.content == server.ledger.stored[one.ref][1]


@pytest.mark.parametrize("stored", [True, False])
@pytest.mark.parametrize(
    "kind",
    ["reset", "fecha", "silencio", "lixo", "cortado", "pedacos-cortados", "500", "202", "vazio"],
)
def test_a_doubt_is_resolved_by_asking_and_never_makes_two_files(
    server, journal, clients, kind, stored
):
    server.ledger.script = [Fault(kind, stored)]
    one = lote()
    ready = journal.prepare("homologacao", [one]).ready
    (outcome,) = submit(ready, journal, clients, "homologacao")
    assert server.ledger.fired
    assert outcome.state is LoteState.GERADO
    assert server.ledger.files == {one.ref: 1}
    assert outcome.content == server.ledger.stored[one.ref][1]
    assert recover(journal, clients, "homologacao") == ()
