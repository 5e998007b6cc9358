"""A limited token is never used beyond its limit; how close to it is measured by `make bench`."""

import time
from contextlib import contextmanager

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


def test_a_limited_token_is_never_used_beyond_its_limit(folder):
    each, limit, minute = 60, 20, 1.5
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
