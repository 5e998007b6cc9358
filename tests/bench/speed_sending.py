"""How fast lotes go: as fast as the disk without a limit, at the limit with one."""

import time
from contextlib import contextmanager
from itertools import pairwise

import pytest

from converter.focus.client import Transport
from converter.focus.clients import Clients
from converter.journal.journal import Journal
from converter.model.notas import Prestador
from converter.model.outcome import LoteState
from converter.stages.submit import submit
from tests.faults.ledger import Ledger, Server
from tests.faults.samples import TOKEN, clock, lote


@contextmanager
def _office(folder, server, environ, minute=60.0):
    """A journal and clients for whom a minute passes in `minute` seconds."""
    with (
        Journal(folder / "diario.sqlite3", clock) as journal,
        Clients(
            server.url,
            "homologacao",
            version="0",
            environ=environ,
            transport=Transport(
                timeouts=(2.0, 5.0),
                clock=lambda: time.monotonic() * 60 / minute,
                sleep=lambda seconds: time.sleep(seconds * minute / 60),
            ),
        ) as clients,
    ):
        yield journal, clients


@pytest.mark.parametrize("count", [200, 1000])
def test_lotes_go_at_eighty_a_second_with_their_journal(folder, count):
    lotes = [lote(number) for number in range(count)]
    with Server() as server, _office(folder, server, {"FOCUS_TOKEN": TOKEN}) as (journal, clients):
        start = time.perf_counter()
        ready = journal.prepare("homologacao", lotes).ready
        outcomes = submit(ready, journal, clients, "homologacao")
        seconds = time.perf_counter() - start
    assert {outcome.state for outcome in outcomes} == {LoteState.GERADO}
    print(f"{count / seconds:.0f} lotes/s")
    assert count / seconds >= 80


@pytest.mark.parametrize(
    ("each", "limit", "minute"),
    [(60, 20, 1.5), (300, 100, 6.0)],
)
def test_a_limited_token_is_used_to_its_limit_and_never_beyond(folder, each, limit, minute):
    prestadores = [Prestador(f"1122233300018{number}", "1", "3505708") for number in range(5)]
    lotes = [
        lote(number, notas=1, prestador=prestador)
        for number in range(each)
        for prestador in prestadores
    ]
    environ = {f"FOCUS_TOKEN_{one.cnpj}": f"{TOKEN}{one.cnpj}" for one in prestadores}
    ledger = Ledger(limit=limit, window=minute)
    with Server(ledger) as server, _office(folder, server, environ, minute) as (journal, clients):
        outcomes = submit(
            journal.prepare("homologacao", lotes).ready, journal, clients, "homologacao"
        )
    assert {outcome.state for outcome in outcomes} == {LoteState.GERADO}
    assert ledger.too_many == 0
    assert len(ledger.windows) == 5
    for starts in ledger.windows.values():
        assert len(starts) == each / limit
        assert all(late - early <= minute * 1.05 for early, late in pairwise(starts))
