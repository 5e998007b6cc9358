"""Files of lines: their faults in order, shown in words, and the notes of one cancelled."""

from datetime import date

import pytest

from converter.layouts import describe, line_check
from converter.layouts.barueri.cancel import cancel
from converter.layouts.barueri.check import used_numbers
from converter.layouts.barueri.nota import is_cancelling
from converter.layouts.barueri.tables import ENVIO
from converter.layouts.base import Cancellation, LayoutError, Motivo
from converter.layouts.codes import Code
from converter.layouts.positional import lines_of
from tests.layouts import amostras

SENT = amostras.written("barueri-pmb004")[1]


def cancellation(ordem: int, numero: str = "123") -> Cancellation:
    return Cancellation(ordem, numero, date(2026, 11, 20), Motivo.EXTRAVIO, "Em dobro")


def test_only_the_notes_asked_for_are_cancelled() -> None:
    made = cancel(SENT, [cancellation(2)], 20261122002).content
    rps = [ENVIO["2"].read(line) for line in lines_of(made) if line[0] == "2"]
    assert [(one["SituacaoRPS"], one["NumeroNFeCancelada"].lstrip("0")) for one in rps] == [
        ("C", "123")
    ]
    assert is_cancelling(rps[0])
    with pytest.raises(LayoutError):
        cancel(SENT, [cancellation(1, "12A")], 20261122002)


def test_a_file_claims_what_nobody_else_may_use_again() -> None:
    told = used_numbers(SENT)
    assert (told.remessa, len(set(told.rps)), told.canceladas) == ("20261122001", 2, ())


def test_faults_are_told_in_the_order_of_the_lines() -> None:
    codes = {"1": Code("1", "Um", None, "tomador.cnpj"), "2": Code("2", "Dois", None, None)}
    found: line_check.LineCheck[str] = line_check.LineCheck([], amostras.city(), codes)
    found.fault("2", 5)
    found.fault("1", 3, 2, cpf=True)
    assert [(error.codigo, error.campo, error.ordem) for error in found.found()] == [
        ("1", "tomador.cpf", 2), ("2", None, None),
    ]  # fmt: skip


def test_a_file_is_shown_in_words_and_an_unknown_line_whole() -> None:
    lines = [*lines_of(SENT), "Xalgo"]
    shown = describe.describe_lines(lines, ENVIO, {"2": "RPS"}, "2")
    assert [(one.nome, one.ordem) for one in shown[1:4:2]] == [("RPS", 1), ("RPS", 2)]
    assert shown[-1].campos[0].valor == "Xalgo"
    assert (describe.money(-123456), describe.money(5)) == ("-R$ 1.234,56", "R$ 0,05")
    assert describe.meanings("situação: 1 sim, 2 não; só em C") == {"1": "sim", "2": "não"}
