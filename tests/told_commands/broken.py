"""States in which nothing was sent, or nobody knows what became of it."""

from unittest.mock import Mock

import pytest

from converter import pipeline
from tests.faults.ledger import Fault, Server
from tests.runs import VALOR, exemplo, real
from tests.told_commands.office import NOTAS, REAL, Office, said, said_of


def destino_desconhecido(office: Office) -> None:
    """The answers do not come, nor what became of the lotes; the API knows them all the same."""
    office.has(exemplo()[:1])
    with Server() as server:
        office.environ = real(server.url)
        server.ledger.script = [Fault("reset", stored=True), *[Fault("500", method="GET")] * 9]
        text = office.sends()
        assert "destino desconhecido" in text
        assert "destino desconhecido" in office.follows(said_of(office.resumo(), "Não envie outra"))
        server.ledger.script.clear()
        assert "1 com arquivo gerado" in office.follows(said_of(text, "Atenção"))
        assert set(server.ledger.files.values()) == {1}


def lote_recusado(office: Office) -> None:
    office.has(exemplo()[:1])
    with Server() as server:
        office.environ = real(server.url)
        server.ledger.script = [Fault("422")]
        office.sends()
        step = said_of(office.resumo(), "foi recusado")
        assert said_of(office.types(" ".join(("planilote situacao", *REAL))), "foi recusado")
        office.has([{**exemplo()[0], VALOR: "1.999,00"}])
        assert "1 com arquivo gerado" in office.follows(step)


def interrompido(office: Office) -> None:
    office.has(exemplo()[:1])
    for broken in (KeyboardInterrupt, RuntimeError("defeito de teste")):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pipeline, "run", Mock(side_effect=broken))
            text = office.types(f"planilote converter '{NOTAS}' {' '.join(REAL)}")
        command = said(text)[-1]
        assert command == f"planilote converter '{NOTAS}' {' '.join(REAL)}"
    assert "1 com arquivo gerado" in office.types(command)


def sem_token(office: Office) -> None:
    office.has(exemplo())
    token = office.environ.pop("FOCUS_TOKEN")
    text = office.sends()
    assert "Para enviar, rode" in text
    waiting = office.types("planilote situacao --ambiente homologacao")
    office.environ["FOCUS_TOKEN"] = token
    assert "esperam o envio" in waiting
    assert "12 com arquivo gerado" in office.follows(waiting)


def nao_enviada(office: Office) -> None:
    office.has(exemplo())
    office.types("planilote converter --ambiente producao", answer="n\n")
    assert said(office.messages())[0] == "planilote converter --ambiente producao"
    assert said(office.resumo())[-1] == "planilote converter --ambiente producao"
    again = office.types(said(office.messages())[0], answer="s\n")
    assert "12 com arquivo gerado" in again


def restaurado(office: Office) -> None:
    office.has(exemplo())
    office.types("planilote converter", embedded=True)
    text = office.types("planilote diario restaurar --ambiente simulado", embedded=True)
    office.follows(text)
    assert office.code == 0
