"""Amounts beside that of the note, one module at a time: parts, currencies and doubts."""

import pytest

from converter.mapping import amount_parts, currency, doubts
from converter.model.cells import Percent, RawValue
from converter.model.columns import ColumnUse
from tests.mapping.pieces import Columns, work

VALOR, LIQUIDO = "servico.valor_servicos", "servico.valor_liquido"
AMOUNTS = (1200.0, 890.5, 450.0)


@pytest.mark.parametrize(
    ("header", "values", "why"),
    [
        ("Sinal", (600.0, 445.25, 225.0), "parte"),
        ("Sinal", AMOUNTS, None),
        ("Sinal", (1, 2, 3), None),
        ("Sinal", (30, 5, 10), None),
        ("Sinal", (500, 501, 502), None),
        ("Sinal", ("pago", "a pagar", "a ver"), None),
        ("Frete", (600.0, 445.25, 225.0), None),
        ("% a faturar", (Percent(0.5), Percent(1.0), Percent(0.3)), "nada"),
        ("% a faturar", ("a ver", "metade", "tudo"), None),
        ("INSS %", (Percent(0.11), Percent(0.035), Percent(0.11)), "taxa_do_retido"),
        ("INSS %", ("a ver", "metade", "tudo"), None),
        ("Lucro %", (Percent(0.11), Percent(0.035), Percent(0.11)), None),
    ],
)
def test_a_part_of_the_amount_or_a_rate_is_told_apart(
    header: str, values: tuple[RawValue, ...], why: str | None
) -> None:
    there = work({"Valor": AMOUNTS, header: values}, {VALOR: "Valor"})
    decision = amount_parts.beside_the_amount(there.found[1], there)
    assert (decision.why if decision else None) == why


def test_a_rate_is_let_be_where_a_column_says_how_much_it_is() -> None:
    rates, reais = (Percent(0.11), Percent(0.035), Percent(0.11)), (132.0, 31.16, 49.5)
    columns: Columns = {"Valor": AMOUNTS, "INSS %": rates, "INSS": reais}
    there = work(columns, {VALOR: "Valor", "servico.valor_inss": "INSS"})
    assert amount_parts.beside_the_amount(there.found[1], there) is None


@pytest.mark.parametrize(
    ("value", "told"),
    [(12.5, True), (Percent(0.5), True), ("3%", True), ("a ver", False), (True, False)],
)
def test_an_amount_or_a_percentage(value: RawValue, *, told: bool) -> None:
    assert amount_parts.amount_or_percent(value) is told


@pytest.mark.parametrize(
    ("currencies", "own", "reais", "used"),
    [
        (("BRL", "USD"), (100.0, 200.0), (100.0, 1100.0), True),
        (("", "USD"), (100.0, 200.0), (101.0, 1100.0), True),
        (("BRL", "USD"), (100.0, 200.0), (101.0, 1100.0), False),
        (("BRL", "USD"), (100.0, 200.0), (100.0, 200.0), False),
        (("BRL", "USD"), (100.0, 200.0), (100.0, None), False),
        (("BRL", "USD"), (100.0, None), (100.0, 1100.0), False),
        (("BRL", "USD"), (100.0, "a ver"), (100.0, 1100.0), False),
    ],
)
def test_the_amount_in_reais_is_used_where_each_row_bears_it_out(
    currencies: tuple[str, ...],
    own: tuple[RawValue, ...],
    reais: tuple[RawValue, ...],
    *,
    used: bool,
) -> None:
    there = work({"Moeda": currencies, "Valor": own, "Valor em R$": reais})
    currency.told_by_currency(there)
    assert (there.taken == {VALOR: 2}) is used
    if used:
        assert (there.decisions[1].use, there.decisions[1].why) == (
            ColumnUse.PERGUNTA, "moeda_da_linha",
        )  # fmt: skip


def test_a_third_amount_or_a_chosen_one_leaves_the_currency_unheard() -> None:
    two: Columns = {"Moeda": ("BRL", "USD"), "Valor": (1.5, 200.0), "Valor em R$": (1.5, 1100.0)}
    there = work({**two, "Valor 2": (1.5, 9.5)})
    currency.told_by_currency(there)
    chosen = work({**two, "Valor NF": (1.5, 9.5)}, {VALOR: "Valor NF"})
    currency.told_by_currency(chosen)
    assert (there.taken, chosen.taken) == ({}, {VALOR: 3})


@pytest.mark.parametrize(
    ("header", "beside", "values", "asked"),
    [
        ("Valor total", "Parcela", ("1/5", "2/5", "3/5"), True),
        ("Valor total", "Parcela", ("1/1", "1/1", "1/1"), False),
        ("Valor total", "Parcela", ("1/2", "1/1", "1/1"), True),
        ("Valor da parcela", "Parcela", ("1/5", "2/5", "3/5"), False),
        ("Valor", "Parcela", ("1/5", "2/5", "3/5"), False),
        ("Valor", "Pagamento", ("3x 800,00", "2x de 400", "à vista"), True),
        ("Valor", "Pagamento", ("pix", "boleto", "à vista"), False),
        ("Valor da nota", "Pagamento", ("3x 800,00", "2x de 400", "à vista"), False),
    ],
)
def test_the_amount_of_a_whole_is_asked_about_where_rows_are_parts(
    header: str, beside: str, values: tuple[RawValue, ...], *, asked: bool
) -> None:
    there = work({header: AMOUNTS, beside: values}, {VALOR: header})
    doubts.doubt_the_whole(there)
    assert (VALOR in there.disputed) is asked
    assert (VALOR in there.taken) is not asked


@pytest.mark.parametrize(
    ("other", "values", "asked"),
    [
        ("Comissão", (12.5, 8.5, 4.5), True),
        ("Total", (1200.0, 900.0, 450.0), True),
        ("Total", (1200.0, 890.0, 450.0), False),
        ("Total", ("", "", ""), False),
        ("Frete", (1300.0, 990.0, 550.0), False),
    ],
)
def test_an_amount_is_asked_about_beside_what_may_be_it_instead(
    other: str, values: tuple[RawValue, ...], *, asked: bool
) -> None:
    there = work({"Valor": AMOUNTS, other: values}, {VALOR: "Valor"})
    there.ask([there.found[1]], VALOR, "varias")
    doubts.doubt_the_amount(there)
    assert there.disputed == ({VALOR: (0, 1)} if asked else {})


def test_a_row_that_only_the_other_amount_fills_makes_the_chosen_one_doubtful() -> None:
    there = work({"Valor": (1200.0, None, 450.0), "Frete": (5.5, 6.5, 7.5)}, {VALOR: "Valor"})
    doubts.doubt_the_amount(there)
    assert there.disputed == {}
    there.ask([there.found[1]], VALOR, "varias")
    doubts.doubt_the_amount(there)
    assert there.disputed == {VALOR: (0, 1)}


@pytest.mark.parametrize(
    ("net", "more", "asked"),
    [
        (AMOUNTS, {}, False),
        ((1100.0, 800.5, 400.0), {}, True),
        ((None, None, None), {}, False),
        ((1100.0, 800.5, 400.0), {"servico.valor_inss": "INSS"}, False),
        ((1100.0, 800.5, 400.0), {"servico.iss_retido": "INSS"}, False),
    ],
)
def test_a_net_amount_is_asked_about_where_nothing_is_withheld(
    net: tuple[RawValue, ...], more: dict[str, str], *, asked: bool
) -> None:
    columns: Columns = {"Valor": AMOUNTS, "Líquido": net, "INSS": (100.0, 90.0, 50.0)}
    there = work(columns, {VALOR: "Valor", LIQUIDO: "Líquido", **more})
    doubts.doubt_the_net(there)
    assert (LIQUIDO in there.taken) is not asked
