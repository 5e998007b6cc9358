"""Who pays a freight: the one who is named, or another."""

import pytest

from converter.brazil.headers import fold
from converter.mapping.freight import pays_freight
from converter.mapping.sense import Mark
from converter.model.columns import Answered, Answers, AnswerUse, ColumnAnswer
from converter.stages.map import map_book
from tests.mapping.books import ONE, book, mappings, sheet


@pytest.mark.parametrize("value", ["FOB", "1 - Destinatário", "fob (destinatário)"])
def test_the_recipient_pays_where_it_says_so(value: str) -> None:
    assert pays_freight(value, Mark.FOB)
    assert not pays_freight(value, Mark.CIF)


@pytest.mark.parametrize("value", ["CIF", "0 - CIF", "Remetente"])
def test_the_sender_pays_where_it_says_so(value: str) -> None:
    assert pays_freight(value, Mark.CIF)
    assert not pays_freight(value, Mark.FOB)


@pytest.mark.parametrize("value", ["CIF/FOB", "", "Terceiros", None, 2])
def test_nobody_pays_where_both_are_said_or_none(value: str | int | None) -> None:
    assert not pays_freight(value, Mark.CIF)
    assert not pays_freight(value, Mark.FOB)


def test_rows_of_another_payer_wait_once_the_sender_is_said_to_be_the_customer() -> None:
    freight = sheet(
        ["Remetente", "CNPJ remetente", "Destinatário", "Frete por conta", "Serviço", "Valor"],
        ["Ana ME", "52.601.815/0001-20", "Bia ME", "CIF", "Carga", 100.5],
        ["Ana ME", "52.601.815/0001-20", "Caio ME", "FOB", "Carga", 200.5],
        ["Leo ME", "90.830.166/0001-28", "Bia ME", "Terceiro", "Carga", 300.5],
    )
    said = ColumnAnswer("A", fold("Remetente"), AnswerUse.CAMPO, "tomador.razao_social")
    answered = Answered({"Notas": Answers((said,))})
    mapped = map_book(book(freight), mappings(), choice=None, defaults=ONE, answered=answered)
    waiting = {row for one in mapped.questions if one.coluna == "D" for row in one.linhas}
    assert waiting == {3, 4}
