"""Where a number stops being one: too large, too long, more decimals than are kept."""

from decimal import Decimal

import pytest

from converter.brazil import numerals
from converter.brazil.numerals import Convention, fit, number, read, written
from converter.model.parsed import Parsed

BR = Convention.BR
LARGEST = 9_999_999_999_999


@pytest.mark.parametrize("sign", [1, -1])
def test_fifteen_digits_with_the_cents_are_the_most(sign: int) -> None:
    for cell in (sign * LARGEST, str(sign * LARGEST), float(sign * LARGEST)):
        assert number(cell, BR).value == sign * LARGEST
    for cell in (sign * (LARGEST + 1), str(sign * (LARGEST + 1)), float(sign * (LARGEST + 1))):
        assert number(cell, BR).problem == "numero-grande"


def test_a_text_of_more_digits_than_anyone_types_is_no_number() -> None:
    assert read("1" * 40) is not None
    assert read("1" * 41) is None
    assert read("-" + "1" * 39) is not None
    assert read("-" + "1" * 40) is None


@pytest.mark.parametrize(
    ("exact", "kept"),
    [
        ("1.5", "1.50"),
        ("1.005", None),
        ("1.0000005", "1.00"),
        ("1.000001", "1.00"),
        ("0.999999", "1.00"),
        ("1.0000011", None),
        ("-0.0000001", "0.00"),
    ],
)
def test_the_dust_of_binary_arithmetic_is_swept_and_decimals_are_not(
    exact: str, kept: str | None
) -> None:
    held = fit(Parsed(Decimal(exact)), 2)
    assert (held.value and str(held.value), held.problem) == (
        (Decimal(kept) and kept, None) if kept else (None, "numero-casas")
    )


def test_a_rate_keeps_the_decimals_it_has_and_two_at_least() -> None:
    assert [str(fit(Parsed(Decimal(rate)), 4).value) for rate in ("2", "2.5", "2.1234")] == [
        "2.00",
        "2.50",
        "2.1234",
    ]
    assert fit(Parsed(Decimal("2.12345")), 4).problem == "numero-casas"


def test_numbers_are_written_the_brazilian_way() -> None:
    assert written(Decimal("1234567.5"), 2) == "1.234.567,50"
    assert written(Decimal("0.125")) == "0,125"
    assert written(Decimal("1E+3")) == "1.000"
    assert written(Decimal(1).scaleb(-40)) == "0," + "0" * 39 + "1"
    assert written(Decimal(1).scaleb(-41)) == "1e-41"


def test_a_sign_said_twice_or_a_parenthesis_left_open_is_no_number() -> None:
    assert [numerals.read(text) for text in ("--5", "(5", "5)", "(-5)", "-5-")] == [None] * 5
    five = numerals.read("(5)")
    assert five is not None
    assert five == numerals.read("-5") == numerals.read("5-")
