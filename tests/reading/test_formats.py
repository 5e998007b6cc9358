from datetime import date, datetime, time, timedelta

import pytest

from converter.reading.formats import Form, Shown, form_by_id, form_of, moment, typed


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("General", Shown.NUMBER),
        ("0.00", Shown.NUMBER),
        ('"R$ "#,##0.00;[Red]-"R$ "#,##0.00', Shown.NUMBER),
        ("0%", Shown.PERCENT),
        ("0.00%;[Red]-0.00%", Shown.PERCENT),
        ('0.00"%"', Shown.NUMBER),
        ("0.00\\%", Shown.NUMBER),
        ("dd/mm/yyyy", Shown.DATE),
        ("[$-416]d \\d\\e mmmm \\d\\e yyyy;@", Shown.DATE),
        ("hh:mm:ss", Shown.DATE),
        ("[h]:mm", Shown.DURATION),
        ('0 "dias"', Shown.NUMBER),
        ("_-* #,##0.00_-", Shown.NUMBER),
        ("@", Shown.NUMBER),
        ("", Shown.NUMBER),
        ('"sem fim', Shown.NUMBER),
        ("[sem fim", Shown.NUMBER),
        ("\\", Shown.NUMBER),
    ],
)
def test_what_a_format_shows(code: str, expected: Shown) -> None:
    assert form_of(code).kind is expected


def test_built_in_formats() -> None:
    kinds = {
        identifier: form_by_id(identifier, {}).kind for identifier in (0, 4, 9, 10, 14, 22, 46)
    }
    assert kinds == {
        0: Shown.NUMBER,
        4: Shown.NUMBER,
        9: Shown.PERCENT,
        10: Shown.PERCENT,
        14: Shown.DATE,
        22: Shown.DATE,
        46: Shown.DURATION,
    }
    assert form_by_id(14, {14: "0"}).kind is Shown.NUMBER


@pytest.mark.parametrize(
    ("serial", "date1904", "expected"),
    [
        (46300, False, date(2026, 10, 5)),
        (44838, True, date(2026, 10, 5)),
        (46300.5, False, datetime(2026, 10, 5, 12)),
        (46300.395833333336, False, datetime(2026, 10, 5, 9, 30)),
        (46300.99999999999, False, date(2026, 10, 6)),
        (61, False, date(1900, 3, 1)),
        (60, False, 60),
        (0.5, False, time(12)),
        (0, False, time()),
        (0.9999999999, False, 0.9999999999),
        (-1, False, -1),
        (1e300, False, 1e300),
    ],
)
def test_serial_numbers(serial: float, date1904: bool, expected: object) -> None:
    found = moment(serial, date1904)
    assert found == expected
    assert type(found) is type(expected)


def test_lengths_of_time() -> None:
    assert typed(1.5, Form(Shown.DURATION), date1904=False) == timedelta(hours=36)
    assert typed(1e12, Form(Shown.DURATION), date1904=False) == 1e12
