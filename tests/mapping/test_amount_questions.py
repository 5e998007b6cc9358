"""Amounts that may not be what a note is of are asked about, and hold their rows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from converter.model.cells import Percent, RawValue
from converter.model.columns import Answers
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
