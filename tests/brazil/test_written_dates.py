"""Dates as people write them taken apart; and what a tax classification takes off the rates."""

import pytest

from converter.brazil import classtrib
from converter.brazil.date_words import folded, written


@pytest.mark.parametrize(
    ("text", "ordered"),
    [
        ("19 de março de 2026", True),
        ("qui, 19/03/2026", False),
        ("March 19, 2026", True),
        ("2026-03-19T10:20:30Z", True),
    ],
)
def test_a_date_is_taken_apart(text: str, ordered: bool) -> None:
    found = written(text)
    assert found is not None
    assert (found.year, {int(found.month), int(found.day)}) == ("2026", {3, 19})
    assert found.ordered is ordered


@pytest.mark.parametrize("text", ["ontem", "19 de xyz de 2026", "rua 12", "1" * 200, ""])
def test_what_has_no_reading_is_nothing(text: str) -> None:
    assert written(text) is None


def test_the_clock_the_weekday_and_the_zone_come_along() -> None:
    found = written("quinta-feira, 19/03/2026 às 14h05")
    assert found is not None
    assert (found.weekday, found.hour, found.minute) == (3, "14", "05")
    zoned = written("2026-03-19T10:20:30-03:00")
    assert zoned is not None
    assert zoned.offset == "-03:00"


def test_texts_are_folded_to_plain_words() -> None:
    assert folded("  MARÇO\u00a0de  2026 ") == "marco de 2026"


@pytest.mark.parametrize(
    ("codigo", "taken", "untaxed"),
    [("000001", (0, 0), False), ("200029", (60, 60), False), ("200025", (60, 100), False),
     ("999999", None, False)],
)  # fmt: skip
def test_a_classification_takes_its_percents_off(
    codigo: str, taken: tuple[int, int] | None, untaxed: bool
) -> None:
    assert classtrib.reduction(codigo) == taken
    assert classtrib.untaxed(codigo) is untaxed


def test_an_immune_classification_has_no_rate() -> None:
    assert classtrib.untaxed("410004")
