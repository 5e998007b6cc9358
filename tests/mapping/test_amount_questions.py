"""Amounts that may not be what a note is of are asked about, and hold their rows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from converter.mapping import amount_questions
from converter.model.cells import Percent, RawValue
from converter.model.columns import Answers
from tests.mapping import pieces
from tests.mapping.books import sheet
from tests.mapping.test_readings import AMOUNTS, WHOLE, answer, read, table

BARE = {header: values for header, values in WHOLE.items() if header != "Valor"}
Values = Sequence[RawValue]


def asked(columns: dict[str, Values]) -> dict[str, tuple[int, ...]]:
    """The rows each question is about, by its code."""
    return {one.codigo: one.linhas for one in read(table(columns)).questions}


@pytest.mark.parametrize(
    ("price", "count"),
    [
        ("Vlr unit.", "Qtd"), ("Valor unitário", "Quantidade"), ("Preço", "Qtde"),
        ("Valor diária", "Diárias"), ("Valor hora", "Horas"), ("Valor m²", "Área (m²)"),
        ("Valor da sessão", "Nº de sessões"), ("Valor por aluno", "Alunos"),
        ("Mensalidade", "Meses"), ("Preço unitário (R$)", "Qtd."), ("Valor/hora", "Horas"),
        ("Valor consulta", "Consultas"), ("Valor do exame", "Qtd"),
    ],
)  # fmt: skip
def test_the_price_of_one_is_not_the_amount_of_several(price: str, count: str) -> None:
    assert asked({**BARE, price: AMOUNTS, count: (3, 1, 2)}) == {"valor-unitario": (2, 4)}
    assert not asked({**BARE, price: AMOUNTS, count: (1, 1, 1)})


@pytest.mark.parametrize("count", ["10 h", timedelta(hours=10), "10"])
def test_a_quantity_counts_however_it_is_written(count: RawValue) -> None:
    assert asked({**BARE, "Valor hora": AMOUNTS, "Horas": (count, 1, 1)})["valor-unitario"] == (2,)


@pytest.mark.parametrize(
    ("amount", "beside"),
    [
        ("Valor", "Qtd"),
        ("Valor total", "Quantidade"),
        ("Preço", "Idade"),
        ("Valor", "Horas"),
        ("Valor da mensalidade", "Nº da parcela"),
        ("Valor consulta", "Nº consulta"),
    ],
)
def test_an_amount_that_says_of_no_unit_is_whole(amount: str, beside: str) -> None:
    assert not asked({**BARE, amount: AMOUNTS, beside: (3, 1, 2)})


@pytest.mark.parametrize(("count", "price"), [("Qtd", "Unitário"), ("Horas", "R$/h")])
def test_a_product_that_is_not_the_amount_is_asked_about(count: str, price: str) -> None:
    columns = {**WHOLE, count: (3, 1, 4), price: (400.0, 890.5, 125.0)}
    assert asked(columns) == {"conta-nao-fecha": (4,)}
    assert not asked({**columns, price: (400.0, 890.5, 112.5)})


def test_what_a_discount_takes_off_a_product_is_no_mistake() -> None:
    columns = {**WHOLE, "Qtd": (3, 1, 4), "Unitário": (400.0, 890.5, 125.0)}
    told = asked({**columns, "Desconto": ("", "", 50.0)})
    assert "conta-nao-fecha" not in told


@pytest.mark.parametrize(
    "header",
    ["Valor (R$ mil)", "Valor (k)", "Valor (em R$ 1.000)", "Valor em milhares", "Valor (centavos)",
     "Valor anual", "Valor (R$ milhões)"],
)  # fmt: skip
def test_amounts_in_another_measure_never_go(header: str) -> None:
    one = table({**BARE, header: AMOUNTS})
    (question,) = read(one).questions
    assert (question.codigo, question.linhas) == ("valor-em-escala", (2, 3, 4))
    assert not read(one, Answers(perguntas=(answer(question, 1),))).questions


def test_a_title_tells_the_measure_of_the_amounts_below() -> None:
    rows = table(WHOLE).rows
    for title in ("Novembro (valores em milhares de reais)", "Faturamento em R$ mil"):
        (question,) = read(sheet((title,), (), *rows)).questions
        assert (question.codigo, question.linhas) == ("valor-em-escala", (4, 5, 6))
    assert not read(sheet(("Faturamento mil e uma noites, em reais",), (), *rows)).questions


def test_one_amount_merged_over_several_notes_is_asked_about() -> None:
    one = table({**WHOLE, "Valor": (1500.0, "", 450.0)})
    (question,) = read(replace(one, merged=((2, 5, 3, 5),))).questions
    assert (question.codigo, question.linhas) == ("valor-mesclado", (2, 3))
    # Across two columns of one row it is that row's.
    assert not read(replace(table(WHOLE), merged=((2, 5, 2, 6),))).questions


@pytest.mark.parametrize(
    ("tax", "rates"),
    [
        ("INSS", (11, 11, 0)), ("INSS", (3.5, 3.5, 3.5)), ("PIS", (0.65, 0.65, 0.65)),
        ("COFINS", (3, 3, 3)), ("CSLL", (1, 1, 1)), ("IR", (1.5, 1, 1.5)),
        ("Valor do ISS retido", (5, 5, 5)),
    ],
)  # fmt: skip
def test_the_rate_of_a_tax_is_not_what_was_withheld(tax: str, rates: Values) -> None:
    rows = tuple(row for row, rate in zip((2, 3, 4), rates, strict=True) if rate)
    assert asked({**WHOLE, tax: rates})["retencao-em-percentual"] == rows


def test_reais_that_happen_to_be_a_rate_are_reais() -> None:
    assert not asked({**WHOLE, "Valor": (100.0, 100.0, 100.0), "INSS": (11, 11, 11)})
    assert not asked({**WHOLE, "INSS": (132.0, 97.96, 11)})


@pytest.mark.parametrize(
    ("header", "rate"),
    [("PCC (%)", 4.65), ("INSS (%)", 11), ("IRRF %", 1.5), ("Dedução mat. (%)", 40),
     ("INSS", "11%"), ("IRRF", 0.015)],
)  # fmt: skip
def test_a_rate_is_offered_as_nothing_that_the_note_says_in_reais(
    header: str, rate: RawValue
) -> None:
    (question,) = read(table({**WHOLE, header: (rate, rate, rate)})).questions
    assert question.codigo == "coluna-duvidosa"
    assert question.opcoes == ("não é da nota",)


@pytest.mark.parametrize("header", ["Part.", "Part. (%)", "%", "Cota", "Participação", "Rateio"])
@pytest.mark.parametrize("shares", [(0.6, 1, 0.4), (60, 100, 40), ("60%", "100%", "40%")])
def test_a_part_of_the_amount_is_asked_about_though_no_header_says_percent(
    header: str, shares: Values
) -> None:
    assert asked({**WHOLE, header: shares}) == {"valor-em-parte": (2, 4)}


@pytest.mark.parametrize(
    ("header", "values"),
    [("Cota", (101, 102, 103)), ("%", (2, 5, 3)), ("Part.", (1, 1, 1)), ("Parcela", (1, 2, 3))],
)
def test_what_is_no_part_of_a_whole_is_not_asked_about(header: str, values: Values) -> None:
    assert "valor-em-parte" not in asked({**WHOLE, header: values})


@pytest.mark.parametrize("header", ["% rateio", "% a faturar", "Medição (%)", "% participação"])
@pytest.mark.parametrize("shares", [(50, 100, 30), (Percent(0.5), Percent(1.0), Percent(0.3))])
def test_a_part_of_the_amount_may_be_all_that_is_billed(header: str, shares: Values) -> None:
    assert asked({**WHOLE, header: shares}) == {"valor-em-parte": (2, 4)}
    assert not asked({**WHOLE, header: (100, 100, 100)})


@pytest.mark.parametrize(
    "header",
    ["Sinal", "Restante", "Entrada", "Adiantamento", "Saldo", "1ª parcela", "Valor 2",
     "Valor aprovado", "Aprovado"],
)  # fmt: skip
def test_another_amount_of_the_row_may_be_what_is_billed(header: str) -> None:
    told = asked({**WHOLE, header: (500.0, "", 200.0)})
    assert told == {"coluna-duvidosa": (2, 4)}


def test_a_second_service_is_not_lost() -> None:
    told = asked({**WHOLE, "Serviço": WHOLE["Descrição"], "Serviço 2": ("Apostila", "", "Prova")})
    assert told["coluna-duvidosa"] == (2, 4)


def test_a_second_rate_is_asked_about() -> None:
    columns = {**WHOLE, "Alíquota ISS (%)": (5, 5, 5), "Alíq. reduzida": (2, "", "")}
    assert asked(columns) == {"coluna-duvidosa": (2,)}


VALOR, INSS = "servico.valor_servicos", "servico.valor_inss"


def rows_of(
    ask: str, columns: pieces.Columns, used: dict[str, str] | None = None
) -> list[tuple[int, ...]]:
    """The rows of what one function asks; `Valor` is the amount where none is named."""
    there = pieces.notes(columns, used or {VALOR: "Valor"})
    return [one.rows for one in getattr(amount_questions, ask)(there)]


@pytest.mark.parametrize(
    ("count", "rows"),
    [((3, 1, 2), (2, 4)), ((1, 1, 1), None), ((0, 1, ""), (2,)), (("", "", ""), None),
     (("10 h", 1, "0,5"), (2, 4)), (("a ver", "a ver", 2), None)],
)  # fmt: skip
def test_a_price_is_asked_about_in_the_rows_that_count_another_number_than_one(
    count: Values, rows: tuple[int, ...] | None
) -> None:
    asked = rows_of("unit_prices", {"Valor hora": AMOUNTS, "Horas": count}, {VALOR: "Valor hora"})
    assert asked == ([rows] if rows else [])


@pytest.mark.parametrize(
    ("amounts", "rows"),
    [
        ((20.0, 30.0, 41.0), (4,)),
        ((20.0, 30.0, 40.02), None),
        ((20.0, 30.0, 40.03), (4,)),
        ((20.0, 31.0, 41.0), None),
        ((20.0, 31.0, None), (3,)),
    ],
)
def test_a_product_that_does_not_come_out_is_asked_about_where_most_do(
    amounts: Values, rows: tuple[int, ...] | None
) -> None:
    columns: pieces.Columns = {
        "Valor": amounts, "Preço unitário": (10.0, 10.0, 10.0), "Qtd": (2, 3, 4),
    }  # fmt: skip
    assert rows_of("products", columns) == ([rows] if rows else [])
    apart = {**columns, "Frete": (1.0, 1.0, 1.0)}
    assert rows_of("products", {**apart, "Valor": (20.0, 30.0, 41.0)}) == []


@pytest.mark.parametrize(
    ("header", "asked"),
    [("Valor (R$ mil)", True), ("Valor anual", True), ("Valor Milena", False), ("Valor", False)],
)
def test_an_amount_in_thousands_is_asked_about_where_it_is(header: str, *, asked: bool) -> None:
    columns: pieces.Columns = {header: (1.5, None, 2.5)}
    assert rows_of("scales", columns, {VALOR: header}) == ([(2, 4)] if asked else [])


@pytest.mark.parametrize(
    ("numbers", "asked"),
    [
        ((11, 11, None), True),
        ((0.11, 0.11, 0), True),
        ((11, 12.5, None), False),
        ((11, 11, 99), False),
        ((None, None, 0), False),
    ],
)
def test_a_rate_in_every_row_is_no_amount_withheld(numbers: Values, *, asked: bool) -> None:
    used = {VALOR: "Valor", INSS: "INSS"}
    columns: pieces.Columns = {"Valor": AMOUNTS, "INSS": numbers}
    assert rows_of("rates_as_amounts", columns, used) == ([(2, 3)] if asked else [])
    of_a_hundred = {**columns, "Valor": (100.0, 100.0, 100.0)}
    assert rows_of("rates_as_amounts", of_a_hundred, used) == (
        [(2, 3)] if asked and numbers[0] != 11 else []
    )


@pytest.mark.parametrize(
    ("shares", "rows"),
    [
        ((Percent(0.5), Percent(1.0), ""), (2,)),
        ((50, 100, 100), (2,)),
        (("50%", "100%", "30%"), (2, 4)),
        ((Percent(1.0), Percent(1.0), ""), None),
    ],
)
def test_a_part_that_is_billed_is_asked_about_unless_it_is_all(
    shares: Values, rows: tuple[int, ...] | None
) -> None:
    columns: pieces.Columns = {"Valor": (50.0, 80.0, 30.0), "% a faturar": shares}
    assert rows_of("parts", columns) == ([rows] if rows else [])


def test_a_part_of_another_column_is_billed_already() -> None:
    columns: pieces.Columns = {"Valor": (50.0, 80.0), "% a faturar": (50, 100)}
    assert rows_of("parts", {**columns, "Contrato": (100.0, 80.0)}) == []
    assert rows_of("parts", {**columns, "Contrato": (100.0, 81.0)}) == [(2,)]


@pytest.mark.parametrize(
    ("merged", "rows"),
    [
        ((2, 1, 3, 1), (2, 3)),
        ((2, 1, 2, 1), None),
        ((2, 2, 3, 2), None),
        ((3, 1, 4, 1), None),
        ((1, 1, 3, 1), (2, 3)),
    ],
)
def test_an_amount_merged_over_several_notes_is_asked_about(
    merged: tuple[int, int, int, int], rows: tuple[int, ...] | None
) -> None:
    one = pieces.notes({"Valor": (50.0, None, 30.0), "Cliente": ("Ana", "Rui", "Bia")},
                       {VALOR: "Valor"})  # fmt: skip
    one = replace(one, sheet=replace(one.sheet, merged=(merged,)))
    assert [asked.rows for asked in amount_questions.merged_amounts(one)] == (
        [rows] if rows else []
    )


@pytest.mark.parametrize(
    ("text", "told"), [("R$ mil", True), ("Em mil.", True), ("Milena", False), ("", False)]
)
def test_a_phrase_stands_as_whole_words(text: str, *, told: bool) -> None:
    assert amount_questions.says(text, ["mil"]) is told
