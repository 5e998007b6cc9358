"""Amounts that change what a note is of and are no field of it."""

import pytest

from converter.model.cells import RawValue
from converter.model.columns import ColumnReading, ColumnUse
from tests.mapping.test_readings import WHOLE, read, table

VALOR = "servico.valor_servicos"


def column(header: str, *values: RawValue) -> ColumnReading:
    mapped = read(table({**WHOLE, header: values}))
    return next(one for one in mapped.columns if one.cabecalho == header)


@pytest.mark.parametrize(
    "header",
    ["Crédito mês anterior", "Ajuste", "Cashback", "Voucher", "Haver", "Glosa", "Bonificação",
     "Estorno"],
)  # fmt: skip
def test_a_credit_is_asked_about_and_may_be_a_discount(header: str) -> None:
    one = column(header, 100, "", 50)
    assert one.situacao is ColumnUse.PERGUNTA
    assert one.sugestoes[0] == "servico.desconto_incondicionado"


@pytest.mark.parametrize(
    "header",
    ["Mora", "Acréscimo", "Multa atraso", "Juros", "Gorjeta", "Reembolso desp.", "Despesas"],
)
def test_what_is_added_is_asked_about_and_is_no_retention(header: str) -> None:
    one = column(header, 15.5, "", 7.8)
    assert (one.situacao, one.sugestoes) == (ColumnUse.PERGUNTA, ())
    assert "escreva o valor já somado" in one.motivos[0]


@pytest.mark.parametrize("header", ["Valor c/ desconto", "Corrigido", "Valor com juros"])
def test_an_amount_in_place_of_the_first_may_be_the_notes(header: str) -> None:
    one = column(header, 1100, "", 400)
    assert (one.situacao, one.sugestoes[0]) == (ColumnUse.PERGUNTA, VALOR)


def test_the_rate_of_a_currency_is_no_amount() -> None:
    assert column("Cotação US$", 5.42, 5.42, 5.42).situacao is ColumnUse.IGNORADA
