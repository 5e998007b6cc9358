"""Dates at the edge of what is read: first and last days, half days, half seconds, offsets."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from converter.brazil import dates
from converter.brazil.dates import Order

SP, NORONHA = ZoneInfo("America/Sao_Paulo"), ZoneInfo("America/Noronha")


@pytest.mark.parametrize("cell", [36526, "36526", date(2000, 1, 1), datetime(2000, 1, 1)])
def test_the_first_day_that_is_read(cell: object) -> None:
    assert dates.parse_date(cell).value == date(2000, 1, 1)


@pytest.mark.parametrize(
    "cell", [73050, 73050.999, "31/12/2099", date(2099, 12, 31), datetime(2099, 12, 31, 23)]
)
def test_the_last_day_that_is_read(cell: object) -> None:
    assert dates.parse_date(cell).value == date(2099, 12, 31)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        (36525, "data-numero"),
        (73051, "data-numero"),
        ("31/12/1999", "data-ano"),
        ("01/01/2100", "data-ano"),
        (datetime(1999, 12, 31), "data-ano"),
        (datetime(2100, 1, 1), "data-ano"),
    ],
)
def test_a_day_before_or_after_is_refused(cell: object, problem: str) -> None:
    assert dates.parse_date(cell).problem == problem


@pytest.mark.parametrize(
    ("clock", "hour"),
    [("12:30 AM", 0), ("1:30 AM", 1), ("11:30 AM", 11), ("12:30 PM", 12), ("1:30 PM", 13),
     ("11:30 PM", 23)],
)  # fmt: skip
def test_the_halves_of_a_day_have_twelve_hours_each(clock: str, hour: int) -> None:
    found = dates.parse(f"16/02/2026 {clock}", None, SP).value
    assert found is not None
    assert (found.hour, found.minute) == (hour, 30)


@pytest.mark.parametrize("clock", ["0:30 AM", "0:30 PM", "13:30 PM", "24:30", "12:60", "23:59:60"])
def test_an_hour_that_no_clock_shows_is_refused(clock: str) -> None:
    assert dates.parse(f"16/02/2026 {clock}", None, SP).problem == "data-hora"


@pytest.mark.parametrize(("microsecond", "second"), [(499_999, 59), (500_000, 0)])
def test_half_a_second_of_a_date_cell_is_the_next_one(microsecond: int, second: int) -> None:
    found = dates.parse(datetime(2026, 2, 16, 14, 29, 59, microsecond), None, SP).value
    assert found is not None
    assert found.second == second


def test_midnight_in_a_date_cell_is_a_day_without_a_time() -> None:
    found = dates.parse(datetime(2026, 2, 16), None, NORONHA).value
    assert found is not None
    assert found.isoformat() == "2026-02-16T01:00:00-02:00"


def test_an_offset_that_moves_the_day_is_told_and_one_that_does_not_is_not() -> None:
    moved = dates.parse("2026-02-17T01:00:00+00:00", None, SP)
    assert (moved.warning, moved.details) == ("data-fuso", (("lido", "16/02/2026 22:00"),))
    assert dates.parse("2026-02-17T14:00:00+00:00", None, SP).warning is None
    assert dates.parse("17/02/2026 01:00", None, SP).warning is None


@pytest.mark.parametrize(
    ("cell", "month"),
    [(200001, date(2000, 1, 1)), (209912, date(2099, 12, 1)), (202601.0, date(2026, 1, 1)),
     (date(2026, 10, 5), date(2026, 10, 5)), (199912, None), (210001, None), (202600, None),
     (202613, None), (202610.5, None), (None, None)],
)  # fmt: skip
def test_a_number_is_a_month_of_these_hundred_years(cell: object, month: date | None) -> None:
    assert dates.parse_month(cell).value == month


def test_a_date_in_words_of_numbers_heeds_the_order_of_its_column() -> None:
    spaced = "03 / 04 / 2026"
    assert dates.parse_date(spaced, "mm/dd/aaaa").value == date(2026, 3, 4)
    assert dates.parse_date(spaced, "dd/mm/aaaa").value == date(2026, 4, 3)
    assert dates.parse_date(spaced, Order.MISTA).problem == "data-ambigua"


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["12/05/2026", "05/13/2026"], Order.MES_DIA),
        (["13/05/2026", "05/12/2026"], Order.DIA_MES),
        (["05/32/2026"], Order.DIA_MES),
        (["05/31/2026"], Order.MES_DIA),
    ],
)
def test_only_a_date_that_reads_one_way_tells_the_order(values: list[str], order: Order) -> None:
    assert dates.convention(values) is order


def test_digits_run_together_are_taken_apart_as_the_mapping_says() -> None:
    assert dates.parse_date("20261016", "aaaammdd").value == date(2026, 10, 16)
    assert dates.parse_date("16102026", "ddmmaaaa").value == date(2026, 10, 16)
    # Never the other way round, though only that way they are a day of our time.
    assert dates.parse_date("12102026", "aaaammdd").problem == "data-inexistente"
    assert dates.parse_date("20260216", "ddmmaaaa").problem == "data-inexistente"


def test_only_texts_with_a_short_year_are_asked_about() -> None:
    assert dates.short_years(["16/02/26", "46069"])[0] == {"16/02/26": date(2026, 2, 16)}


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        (["ontem", None, "2026-02-16T14:30:00Z"], True),
        (["2026-02-16 14:30z "], True),
        (["2026-02-16T00:00:00Z"], False),
        (["2026-02-16T14:30:00", "xZ", "Z", datetime(2026, 2, 16)], False),
        (["2026-02-16T14:30:00-03:00"], False),
        ([], False),
    ],
)
def test_a_time_with_a_z_behind_is_found_in_its_column(values: list[object], marked: bool) -> None:
    assert dates.any_mark(values) is marked
