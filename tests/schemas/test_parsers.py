from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.brazil import money
from converter.model.cells import MappedField, RawValue
from converter.schemas.columns import distinct, pairs
from converter.schemas.field import Kind
from converter.schemas.parsers import choice, line, paragraphs, parser, without_value

OPTIONS = {"1": "Tributação no município", "3": "Isenção", "T": "Tributado em São Paulo"}


def amounts(values: list[RawValue]) -> list[Decimal | None]:
    source = MappedField("servico.valor_servicos", values)
    read = parser(source.path, Kind.MONEY, source, values)
    return [read(value).value for value in values]


@given(st.floats(allow_nan=True, allow_infinity=True) | st.integers().map(float))
def test_the_short_way_of_reading_a_number_agrees_with_the_long_one(value: float) -> None:
    assert amounts([value]) == [money.parse(value).value]


@given(st.integers(-(10**13), 10**13))
def test_cents_survive_a_float(cents: int) -> None:
    assert amounts([cents / 100]) == [Decimal(cents) / 100]


@pytest.mark.parametrize(
    ("written", "code"),
    [("dd/mm/aaaa", "31/10/2026"), ("1.234,56", "1.500"), ("1,234.56", "1,500")],
)
def test_the_format_of_the_mapping_is_a_format_here(written: str, code: str) -> None:
    source = MappedField("x.y", [code], format=written)
    kind = Kind.DATE if "aa" in written else Kind.MONEY
    answer = parser(source.path, kind, source, [code])(code)
    assert answer.problem is None
    assert answer.value == (Decimal(1500) if kind is Kind.MONEY else answer.value)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1", "1"),
        (1.0, "1"),
        ("01", "1"),
        ("1 - Tributação no município", "1"),
        ("ISENCAO", "3"),
        ("t", "T"),
        ("9", "9"),
        ("não sei", "NÃO SEI"),
    ],
)
def test_an_option(typed: RawValue, expected: str) -> None:
    assert choice(OPTIONS, numeric=False)(typed).value == expected


def test_a_meaning_that_two_cities_number_differently_is_not_read() -> None:
    read = choice({"3": "Isenção", "4": "Imune"}, {"3": "Imune", "5": "Exigível"}, numeric=True)
    assert read("Imune").value == "IMUNE"
    assert read("Isenção").value == 3
    assert read("exigível").value == 5
    assert read("03").value == 3


def test_blanks_and_line_breaks() -> None:
    assert line("  Rua\n das \t Acácias ").value == "Rua das Acácias"
    assert paragraphs("um\r\ndois\rtrês").value == "um\ndois\ntrês"
    assert paragraphs("Acácia").value == "Acácia"


def test_a_lone_surrogate_is_refused() -> None:
    assert line("Ana\ud800").problem == "texto-com-controle"


def test_true_and_one_are_kept_apart() -> None:
    values, codes = distinct([True, 1, 1.0, True, "1"])
    assert [values[code] for code in codes] == [True, 1, 1, True, "1"]
    assert [type(value) for value in values] == [bool, int, float, str]


def test_pairs_of_columns() -> None:
    import numpy as np

    left, right, codes = pairs(np.array([0, 1, 0, 1]), np.array([2, 0, 2, 1]))
    assert [(left[code], right[code]) for code in codes] == [(0, 2), (1, 0), (0, 2), (1, 1)]


def test_isento_is_no_inscricao_and_stays_a_word_elsewhere() -> None:
    for path, blank in (("tomador.inscricao_municipal", True), ("servico.discriminacao", False)):
        source = MappedField(path, ["Isento", "s/n", "123"])
        assert (set(without_value(Kind.CODE, source, source.values)) == {"Isento", "s/n"}) is blank
