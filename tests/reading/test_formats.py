from datetime import date, datetime, time, timedelta

import pytest

from converter.model.cells import Formatted
from converter.reading.formats import (
    Form,
    Shown,
    clock,
    form_by_id,
    form_of,
    has_zone,
    is_code,
    moment,
    told_by,
    typed,
)

EITHER = "[<=99999999999]000\\.000\\.000\\-00;00\\.000\\.000\\/0000\\-00"


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
    assert typed(1e12, Form(Shown.DURATION), date1904=False) == "########"


@pytest.mark.parametrize(
    ("code", "places", "currency"),
    [
        ("General", None, ""),
        ("0.00", 2, ""),
        ("#,##0", 0, ""),
        ("0.00E+00", None, ""),
        ("# ?/?", None, ""),
        ('"R$ "#,##0.00;[Red]-"R$ "#,##0.00', 2, ""),
        ('_-[$R$-416] * #,##0.00_-;_-[$R$-416] * "-"??_-', 2, ""),
        ("[$-416]#,##0.0", 1, ""),
        ("[$US$-409] #,##0.00", 2, "US$"),
        ("[$€-2] #,##0.00", 2, "€"),
        ('#,##0.00 "€"', 2, "€"),
        ("$#,##0.00", 2, "$"),
        ('"R"\\$ 0.00', 2, ""),
        ("[$R$ -416]#,##0.00", 2, ""),
        ("[$₲-474] #,##0.00", 2, "₲"),
        ("[$kr-41D] 0.00", 2, "kr"),
    ],
)
def test_a_format_tells_decimals_and_a_foreign_currency(
    code: str, places: int | None, currency: str
) -> None:
    assert form_of(code) == Form(places=places, currency=currency)


@pytest.mark.parametrize(
    ("code", "places", "thousands"),
    [
        ("#,##0,", 0, 1),
        ("0.0,,", 1, 2),
        ("#,##0,.00", 2, 1),
        ('#,##0.00,," mi"', 2, 2),
        ("#,##0", 0, 0),
        ("#,##0,;[Red]-#,##0,", 0, 1),
    ],
)
def test_commas_that_part_nothing_divide_by_thousands(
    code: str, places: int, thousands: int
) -> None:
    assert form_of(code) == Form(places=places, thousands=thousands)


def test_a_currency_beside_a_general_number_is_told() -> None:
    assert form_of('"US$ "General').currency == "US$"


def test_the_currency_of_a_built_in_format_is_that_of_whoever_looks() -> None:
    assert form_by_id(44, {44: '_("$"* #,##0.00_)'}) == Form(places=2)
    assert form_by_id(164, {164: '_("$"* #,##0.00_)'}) == Form(places=2, currency="$")
    # SheetJS numbers its own formats from 60.
    assert form_by_id(63, {63: "[$US$-409] #,##0.00"}) == Form(places=2, currency="US$")


@pytest.mark.parametrize(
    ("code", "number", "shown"),
    [
        ("00000-000", 1310100.0, "01310-100"),
        ("00000\\-000", 1310100.0, "01310-100"),
        ("00000000000", 1966818092.0, "01966818092"),
        ('00"."000"."000"/"0000"-"00', 7504505000132.0, "07.504.505/0001-32"),
        (EITHER, 51966818092.0, "519.668.180-92"),
        (EITHER, 7504505000132.0, "07.504.505/0001-32"),
        ("(00) 00000-0000", 11987654321.0, "(11) 98765-4321"),
        ("[<=9999999]###\\-####;\\(##\\)\\ ####\\-####", 1132104567.0, "(11) 3210-4567"),
        ('0"."00', 107.0, "1.07"),
        ('"CRM "00000', 123.0, "00123"),
        ("0000", -12.0, -12.0),
        ("# ##0", 1500.0, 1500.0),
        ("#,##0", 1500.0, 1500.0),
        ("0;-0;;@", 5.0, 5.0),
        ("0.00", 5.5, 5.5),
    ],
)
def test_a_code_kept_as_a_number_is_what_its_mask_shows(
    code: str, number: float, shown: float | str
) -> None:
    assert typed(number, form_of(code), date1904=False) == shown


def test_a_mask_hides_no_fraction() -> None:
    assert typed(12.5, form_of("0000"), date1904=False) == Formatted(12.5, 0)


@pytest.mark.parametrize(
    ("number", "text", "code"),
    [
        (1310100.0, "01310-100", True),
        (1310100.0, "01310100", True),
        (7504505000132.0, "07.504.505/0001-32", True),
        (11987654321.0, "(11) 98765-4321", True),
        (1500.0, "1.500", False),
        (1500.0, "1.500,00", False),
        (-1500.0, "-1.500", False),
        (0.0, "0", False),
    ],
)
def test_the_text_of_a_cell_tells_a_code(number: float, text: str, code: bool) -> None:
    assert is_code(number, text) is code


@pytest.mark.parametrize(
    ("number", "text", "shown"),
    [
        (44.525, "44,53", Form(places=2)),
        (44.525, "R$ 44,53", Form(places=2)),
        (1234.56, "1.235", Form(places=0)),
        (44.525, "44,525", Form(places=3)),
        (0.5, "0,50", Form(places=2)),
        (1000.0, "US$ 1.000,00", Form(currency="US$")),
        (44.525, "###", Form()),
        (1234567.0, "1.235", Form(places=0, thousands=1)),
        (1234567.8, "R$ 1,23 mi", Form(places=2, thousands=2)),
        (1500.0, "1.500,00", Form()),
        (2_000_000.0, "2", Form(places=0, thousands=2)),
    ],
)
def test_the_text_of_a_cell_tells_its_format(number: float, text: str, shown: Form) -> None:
    assert told_by(number, text) == shown


@pytest.mark.parametrize(
    ("text", "expected", "zoned"),
    [
        ("2026-11-01", date(2026, 11, 1), False),
        ("2026-11-01T00:00:00", date(2026, 11, 1), False),
        ("2026-11-01T00:00:00.000Z", date(2026, 11, 1), False),
        ("2026-11-01T00:00:00-03:00", date(2026, 11, 1), False),
        ("2026-11-01T14:30:00Z", datetime(2026, 11, 1, 14, 30), True),
        ("2026-11-01T14:30:00.500-03:00", datetime(2026, 11, 1, 14, 30, 0, 500_000), True),
        ("2026-11-01T14:30:00", datetime(2026, 11, 1, 14, 30), False),
        ("14:30:00", time(14, 30), False),
    ],
)
def test_a_typed_moment_is_what_the_clock_showed(
    text: str, expected: date | time, zoned: bool
) -> None:
    assert clock(text) == expected
    assert has_zone(text) is zoned


@pytest.mark.parametrize("text", ["", "Z", "hoje", "2026-13-01", "2026-11-01T25:00:00"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        clock(text)
