from decimal import Decimal

import pytest

from converter.brazil import percent
from converter.brazil.numerals import Convention
from converter.model.cells import Percent

BR, EN, PLAIN, MIXED = Convention


@pytest.mark.parametrize(
    ("cell", "convention", "value"),
    [
        ("3", PLAIN, "3.00"),
        ("3%", PLAIN, "3.00"),
        ("2,92 %", PLAIN, "2.92"),
        ("2.92", EN, "2.92"),
        ("2,9255", BR, "2.9255"),
        ("2.500", PLAIN, "2.50"),
        ("2,500", MIXED, "2.50"),
        ("2.500", EN, "2.50"),
        ("2,500", BR, "2.50"),
        (3, PLAIN, "3.00"),
        (2.92, PLAIN, "2.92"),
        (0.03, PLAIN, "0.03"),
        (0, PLAIN, "0.00"),
        (100, PLAIN, "100.00"),
        (Percent(0.03), PLAIN, "3.00"),
        (Percent(0.0292), PLAIN, "2.92"),
        (Percent(0.029255), PLAIN, "2.9255"),
    ],
)
def test_a_percentage_is_a_number_of_hundredths(cell, convention, value):
    assert str(percent.parse(cell, convention).value) == value


@pytest.mark.parametrize(
    ("cell", "convention", "problem"),
    [
        ("2.500", BR, "percentual-faixa"),
        ("-3", PLAIN, "percentual-faixa"),
        (101, PLAIN, "percentual-faixa"),
        (Percent(3.0), PLAIN, "percentual-faixa"),
        ("500.500", PLAIN, "numero-ambiguo"),
        ("2,92555", BR, "numero-casas"),
        ("três", BR, "numero-formato"),
        ("%", BR, "celula-vazia"),
        ("3%%", BR, "numero-formato"),
        (None, BR, "celula-vazia"),
        (Percent(float("nan")), BR, "numero-formato"),
    ],
)
def test_a_bad_percentage_says_why(cell, convention, problem):
    assert percent.parse(cell, convention).problem == problem


@pytest.mark.parametrize(
    ("cell", "value", "warning"),
    [
        (2, "2.00", None),
        ("5", "5.00", None),
        ("2,79", "2.79", None),
        (0, "0.00", None),
        (1.5, "1.50", None),
        (0.5, "0.50", None),
        ("3%", "3.00", None),
        ("0,03%", "0.03", None),
        (Percent(0.03), "3.00", None),
        (0.02, "2.00", "aliquota-fracao"),
        (0.05, "5.00", "aliquota-fracao"),
        ("0,0279", "2.79", "aliquota-fracao"),
        (0.027925, "2.7925", "aliquota-fracao"),
    ],
)
def test_an_iss_rate_between_the_limits_of_law_may_be_a_fraction(cell, value, warning):
    parsed = percent.aliquota(cell, BR)
    assert (str(parsed.value), parsed.warning) == (value, warning)


def test_the_warning_tells_what_was_read():
    assert percent.aliquota(0.0279).details == (("lido", "2,79"),)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        (0.015, "aliquota-ambigua"),
        ("0,001", "aliquota-ambigua"),
        (0.02792555, "numero-casas"),
        (-2, "percentual-faixa"),
        (101, "percentual-faixa"),
        ("x", "numero-formato"),
    ],
)
def test_a_rate_that_could_be_either_is_refused(cell, problem):
    assert percent.aliquota(cell, BR).problem == problem


@pytest.mark.parametrize(
    ("cell", "formato", "value"),
    [
        (0.015, "fracao", Decimal("1.50")),
        ("0,03", "fracao", Decimal("3.00")),
        ("3%", "fracao", Decimal("3.00")),
        (0.03, "percentual", Decimal("0.03")),
        (3, "percentual", Decimal("3.00")),
    ],
)
def test_a_mapping_that_says_so_leaves_nothing_to_infer(cell, formato, value):
    assert percent.aliquota(cell, BR, formato) == (value, None, None, ())


def test_three_is_no_fraction():
    assert percent.aliquota(3, BR, "fracao").problem == "percentual-faixa"
