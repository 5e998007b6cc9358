"""Amounts beside the amount of the note: other currencies, what is charged besides, reasons."""

from collections.abc import Sequence

import pytest

from converter.mapping.sense import DESCRICAO, VALOR
from converter.model.cells import RawValue
from converter.model.columns import ColumnUse
from tests.mapping.test_what_a_header_says import Table, decided

AMOUNTS = (150.0, 90.5)


def test_what_a_guest_took_besides_is_asked_about_in_whole_amounts_too() -> None:
    said = decided({"Valor": AMOUNTS, "Frigobar": (35, 12)}).decisions[1]
    assert said.use is ColumnUse.PERGUNTA


@pytest.mark.parametrize(
    ("own", "in_reais"),
    [("Amount / Valor", "Amount in BRL / Valor em R$"), ("Valor original", "Valor em reais")],
)
def test_of_two_currencies_the_amount_in_reais_is_the_notes(own: str, in_reais: str) -> None:
    rows: Table = {own: (1200.0, 90.5), "Moeda": ("USD", "BRL"), in_reais: (6000.0, 90.5)}
    found = decided(rows).decisions
    assert (found[2].path, found[0].use) == (VALOR, ColumnUse.PERGUNTA)
    # A row in reais whose amounts differ: which of them is the note's is asked.
    found = decided({**rows, in_reais: (6000.0, 80.5)}).decisions
    assert found[0].use is not ColumnUse.IGNORADA
    assert found[2].why != "em_reais"


def test_a_reason_written_in_few_rows_is_asked_about_and_no_part_of_the_text() -> None:
    kinds = ("Consulta", "Retorno", "Exame")
    few = {"Serviço": kinds, "Motivo": ("", "Cliente pediu para adiar", "")}
    found = decided(few).decisions
    assert (found[0].path, found[1].use) == (DESCRICAO, ColumnUse.PERGUNTA)
    full = {**few, "Motivo": ("Dor de cabeça forte", "Ver o exame de sangue", "Febre há três dias")}
    assert {one.path for one in decided(full).decisions.values()} == {DESCRICAO}


@pytest.mark.parametrize("header", ["Consumo", "Lavanderia", "Estacionamento", "Diversos"])
def test_what_is_charged_beside_a_service_is_asked_about_in_whole_reais(header: str) -> None:
    found = decided({"Valor": (150.0, 90.5, 80.0), header: (35, 0, 12)}).decisions[1]
    assert (found.use, found.suggestions[0]) == (ColumnUse.PERGUNTA, VALOR)


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Consumo (m³)", (35, 0, 12)),
        ("Consumo", (2, 0, 1)),
        ("Pessoas", (35, 0, 12)),
        ("Idade", (35, 20, 12)),
        ("Código", (35, 20, 12)),
    ],
)
def test_how_many_is_not_asked_about(header: str, values: Sequence[RawValue]) -> None:
    found = decided({"Valor": (150.0, 90.5, 80.0), header: values}).decisions[1]
    assert found.use is ColumnUse.IGNORADA


@pytest.mark.parametrize("header", ["Medido no mês", "Executado no mês", "Faturado no mês"])
def test_the_amount_of_the_month_beside_that_of_the_contract_is_asked_about(header: str) -> None:
    rows: Table = {"Vl. contratado": (24000, 12000), header: (8000, 4500)}
    found = decided(rows).decisions
    assert ColumnUse.PERGUNTA in {one.use for one in found.values()}
    assert VALOR in found[1].suggestions or found[1].path == VALOR
