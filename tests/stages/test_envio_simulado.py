"""The same sending and answering against the embedded API and its prefeituras."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from converter.focus.client import Transport
from converter.focus.clients import Clients
from converter.focus.tokens import Token
from converter.journal.journal import Journal
from converter.model.notas import Lote, Nota, Prestador
from converter.model.outcome import LoteState, Situacao
from converter.model.packed import pack
from converter.model.run import ReturnState
from converter.simulator.server import RunningSimulator, serve
from converter.simulator.settings import Settings
from converter.stages.respond import Retorno, respond
from converter.stages.submit import submit
from tests.faults.samples import TOKEN, clock
from tests.simulator.modelo import lote_de

AMBIENTE = "simulado"
CITIES = ("3505708", "3550308", "3106200")


@contextmanager
def office(folder: Path, **choices: object) -> Iterator[tuple[RunningSimulator, Journal, Clients]]:
    with (
        serve(folder, settings=Settings(now=clock, **choices)) as running,
        Journal(folder / "diario" / "diario.sqlite3", clock) as journal,
        Clients(
            running.url,
            AMBIENTE,
            version="0",
            environ={},
            token=Token(TOKEN),
            transport=Transport(timeouts=(2.0, 2.0), sleep=lambda seconds: None),
        ) as clients,
    ):
        yield running, journal, clients


def lote(municipio: str, notas: int = 2) -> Lote:
    value = lote_de(municipio, notas)
    payload = json.dumps(value, sort_keys=True).encode()
    return Lote(
        ref="pl" + hashlib.sha256(payload).hexdigest()[:30],
        arquivo="a.xlsx",
        prestador=Prestador(**value["prestador"]),
        packed=pack(payload),
        notas=tuple(
            Nota(f"{municipio}{ordem}", "P", ordem, ordem, "52998224725", "X", Decimal("150.00"))
            for ordem in range(1, notas + 1)
        ),
    )


@pytest.mark.parametrize("municipio", CITIES)
@pytest.mark.parametrize("recipiente", ["objeto", "lista", "lista_nfse"])
@pytest.mark.parametrize("notas", [1, 3])
def test_a_month_goes_to_the_prefeitura_and_back(folder, municipio, recipiente, notas):
    one = lote(municipio, notas)
    with office(folder, recipiente=recipiente) as (running, journal, clients):
        (sent,) = submit(journal.prepare(AMBIENTE, [one]).ready, journal, clients, AMBIENTE)
        assert sent.state is LoteState.GERADO, sent.messages
        _, content = running.play(one.ref)
        # The name says nothing: the file is known by what stands in it.
        (file,) = respond([Retorno("baixado.txt", content)], journal, clients, AMBIENTE)
    assert file.state is ReturnState.LIDO, file.messages
    assert file.outcome is not None
    assert [answer.situacao for answer in file.outcome.answers] == [Situacao.AUTORIZADA] * notas
    assert all(answer.numero and answer.codigo_verificacao for answer in file.outcome.answers)
