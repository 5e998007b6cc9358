"""Codes that point, in a list of customers, at others than the row names."""

import pytest

from converter.model.cells import RawValue
from converter.model.columns import ColumnUse
from converter.registers.pointers import codes_of, points_elsewhere
from converter.stages.map import map_book
from tests.mapping.books import ONE, book, mappings, sheet

CUSTOMERS = sheet(
    ("Código", "Razão social", "CNPJ"),
    ("R-03", "Tintas Arara Azul Ltda", "52.601.815/0001-20"),
    ("R-07", "Ferragens Monte S.A.", "90.830.166/0001-28"),
    ("C01", "Casa Jacarandá Ltda", "13.186.091/0001-43"),
    name="Cadastro",
)
CODES = {"r03": "tintasararaazulltda", "r07": "ferragensmontesa", "c01": "casajacarandaltda"}


def test_a_list_says_whose_each_code_is() -> None:
    assert codes_of(CUSTOMERS).items() >= CODES.items()


def test_a_code_of_two_customers_and_a_sheet_without_names_say_nothing() -> None:
    twice = sheet(("Código", "Razão social"), ("A", "Um Ltda"), ("A", "Dois Ltda"), ("B", "Um"))
    assert codes_of(twice) == {"b": "um"}
    assert codes_of(sheet(("Código", "Preço"), ("A", 1.0))) == {}


@pytest.mark.parametrize(
    ("column", "names", "wanted"),
    [
        (["R-03", "R-07"], ["Casa Jacarandá Ltda", "Casa Jacarandá Ltda"], True),
        (["C01", "C01"], ["Casa Jacarandá Ltda", "CASA JACARANDA LTDA"], False),
        (["R-03", "C01"], ["", "Casa Jacarandá Ltda"], False),
        (["R-03", "X1", "X2"], ["Casa Jacarandá Ltda"] * 3, False),
        ([None, ""], ["Um", "Dois"], False),
    ],
    ids=["others", "the-same", "no-name", "few-known", "blank"],
)
def test_codes_point_elsewhere_where_they_are_of_another_than_the_row(
    column: list[RawValue], names: list[RawValue], wanted: bool
) -> None:
    assert points_elsewhere(column, names, CODES) is wanted


def test_a_column_that_points_at_another_customer_is_asked_about() -> None:
    notes = sheet(
        ("Data", "Cód. repres.", "Cód. cli.", "Cliente", "Descrição", "Valor"),
        ("19/03/2026", "R-03", "C01", "Casa Jacarandá Ltda", "Representação comercial", 1540.0),
        ("20/03/2026", "R-07", "C01", "Casa Jacarandá Ltda", "Representação em feira", 1240.5),
    )
    mapped = map_book(book(notes, CUSTOMERS), mappings(), choice=None, defaults=ONE)
    asked = {one.cabecalho for one in mapped.columns if one.situacao is ColumnUse.PERGUNTA}
    assert asked == {"Cód. repres."}
    assert {row for _, row in mapped.waiting} == {2, 3}
