"""Amounts that change what a note is of and are no field of it."""

import pytest

from converter.mapping import adjustments
from converter.model.cells import RawValue
from converter.model.columns import ColumnReading, ColumnUse
from tests.mapping import pieces
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


@pytest.mark.parametrize(
    ("header", "values", "why"),
    [
        ("Valor corrigido", (1300.0, 900.5, 500.0), "novo_valor"),
        ("Multa", (15.5, None, 7.8), "soma_ao_valor"),
        ("Glosa", (15.5, None, 7.8), "ajuste"),
        ("Glosa", (15.5, 7.5, "a ver"), None),
        ("Glosa", (0, 0, 0), None),
        ("Glosa %", (15.5, 2.5, 7.8), None),
        ("Glosa ISS", (15.5, 2.5, 7.8), None),
        ("Imposto sobre multa", (15.5, 2.5, 7.8), None),
        ("Frete", (15.5, 2.5, 7.8), None),
    ],
)
def test_an_amount_that_changes_the_notes_is_asked_about(
    header: str, values: tuple[RawValue, ...], why: str | None
) -> None:
    there = pieces.work({"Valor": WHOLE["Valor"], header: values}, {VALOR: "Valor"})
    decision = adjustments.adjustment(there.found[1], there)
    assert (decision.why if decision else None) == why
    if decision is not None:
        assert decision.use is ColumnUse.PERGUNTA
    alone = pieces.work({"Valor": WHOLE["Valor"], header: values})
    assert adjustments.adjustment(alone.found[1], alone) is None


def test_what_is_taken_off_may_be_a_discount_and_what_is_added_has_no_field() -> None:
    columns: pieces.Columns = {
        "Valor": WHOLE["Valor"],
        "Glosa": (15.5, 2, 3),
        "Multa": (15.5, 2, 3),
    }
    there = pieces.work(columns, {VALOR: "Valor"})
    offered = [adjustments.adjustment(one, there) for one in there.found[1:]]
    assert [one.suggestions if one else None for one in offered] == [
        ("servico.desconto_incondicionado", "servico.desconto_condicionado"),
        (),
    ]
