from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.brazil import dates
from converter.brazil.dates import Order

SP = ZoneInfo("America/Sao_Paulo")
MANAUS = ZoneInfo("America/Manaus")
NORONHA = ZoneInfo("America/Noronha")


def iso(cell, formato=None, zone=SP):
    parsed = dates.parse(cell, formato, zone)
    assert parsed.problem is None
    return parsed.value.isoformat()


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("16/02/2026", "2026-02-16T00:00:00-03:00"),
        ("6/2/2026", "2026-02-06T00:00:00-03:00"),
        ("16-02-2026", "2026-02-16T00:00:00-03:00"),
        ("16.02.2026", "2026-02-16T00:00:00-03:00"),
        ("16/02/2026 14:30", "2026-02-16T14:30:00-03:00"),
        ("16/02/2026  14:30:15", "2026-02-16T14:30:15-03:00"),
        ("16/02/2026 00:00:00", "2026-02-16T00:00:00-03:00"),
        ("2026-02-16", "2026-02-16T00:00:00-03:00"),
        ("2026-02-16T17:7:26", "2026-02-16T17:07:26-03:00"),
        ("2026-02-16 17:07:26.123", "2026-02-16T17:07:26-03:00"),
        ("2026-02-16T17:07:26-3:00", "2026-02-16T17:07:26-03:00"),
        ("2026-02-16T17:07:26-0300", "2026-02-16T17:07:26-03:00"),
        ("2026-02-16T17:07:26-03", "2026-02-16T17:07:26-03:00"),
        ("2026-02-16T17:07:26 -03:00", "2026-02-16T17:07:26-03:00"),
        ("2026-02-17T01:00:00+00:00", "2026-02-16T22:00:00-03:00"),
        ("2026-02-16T14:30:00Z", "2026-02-16T14:30:00-03:00"),
        ("2026-02-17T01:00:00.000Z", "2026-02-17T01:00:00-03:00"),
        ("2026-02-16T00:00:00-03:00", "2026-02-16T00:00:00-03:00"),
        ("2026-02-16T10:00+05:30", "2026-02-16T01:30:00-03:00"),
        (date(2026, 2, 16), "2026-02-16T00:00:00-03:00"),
        (datetime(2026, 2, 16), "2026-02-16T00:00:00-03:00"),
        (datetime(2026, 2, 16, 14, 30), "2026-02-16T14:30:00-03:00"),
        (datetime(2026, 2, 16, 14, 29, 59, 999_700), "2026-02-16T14:30:00-03:00"),
        (datetime(2026, 2, 16, 14, 30, tzinfo=UTC), "2026-02-16T11:30:00-03:00"),
        (
            datetime(2026, 2, 16, 14, 30, tzinfo=timezone(timedelta(hours=5, minutes=30))),
            "2026-02-16T06:00:00-03:00",
        ),
        ("16/02/2019", "2019-02-16T01:00:00-02:00"),
    ],
)
def test_a_moment_is_aware_and_local(cell, moment):
    assert iso(cell) == moment


def test_the_zone_is_the_prestadors():
    assert iso("16/02/2026 10:00", zone=MANAUS) == "2026-02-16T10:00:00-04:00"


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        (SP, "2026-02-16T00:00:00-03:00"),
        (MANAUS, "2026-02-16T00:00:00-04:00"),
        (NORONHA, "2026-02-16T01:00:00-02:00"),
    ],
)
def test_a_day_without_a_time_is_that_day_in_brasilia_too(zone, moment):
    assert iso("16/02/2026", zone=zone) == moment
    assert datetime.fromisoformat(moment).astimezone(SP).date() == date(2026, 2, 16)


def test_the_future_is_left_to_the_rules():
    assert iso("25/12/2026") == "2026-12-25T00:00:00-03:00"


@pytest.mark.parametrize(
    ("serial", "moment", "told"),
    [
        (46069, "2026-02-16T00:00:00-03:00", "16/02/2026"),
        (46069.0, "2026-02-16T00:00:00-03:00", "16/02/2026"),
        (46069.604166667, "2026-02-16T14:30:00-03:00", "16/02/2026 14:30:00"),
    ],
)
def test_a_plausible_serial_is_read_with_a_warning(serial, moment, told):
    parsed = dates.parse(serial, None, SP)
    assert parsed.value.isoformat() == moment
    assert parsed.warning == "data-serial"
    assert parsed.details == (("lido", told),)


@pytest.mark.parametrize(
    ("cell", "dia"),
    [
        ("segunda-feira, 20/10/2026", "terça-feira"),
        ("domingo, 24/10/2026", "sábado"),
        ("domingo, 23/10/2026", "sexta-feira"),
    ],
)
def test_a_weekday_that_is_not_that_of_the_day_is_told_with_the_right_one(
    cell: str, dia: str
) -> None:
    assert dict(dates.parse_date(cell, Order.DIA_MES).details)["dia"] == dia


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        (150, "data-numero"),
        (20261316, "data-formato"),
        (-1, "data-numero"),
        (10**400, "data-numero"),
        (160220260, "data-numero"),
        (20260216.5, "data-numero"),
        (float("nan"), "data-numero"),
        ("16 de fevereiro", "data-formato"),
        ("fevereiro de 2026", "data-formato"),
        ("16 de fevreiro de 2026", "data-formato"),
        ("16/02/2026 14", "data-formato"),
        ("16/02/2026 13:00 PM", "data-hora"),
        ("terça-feira, 16/02/2026", "data-dia-da-semana"),
        ("16/fev/26", "data-ano-curto"),
        ("16/02-2026", "data-formato"),
        ("2" * 101, "data-formato"),
        ("31/02/2026", "data-inexistente"),
        ("02/25/2026", "data-inexistente"),
        ("2026-13-01", "data-inexistente"),
        ("00/00/0000", "data-inexistente"),
        ("16/02/2026 25:10", "data-hora"),
        ("2026-02-16T10:00:00+25:00", "data-hora"),
        ("16/02/26", "data-ano-curto"),
        ("16/02/0026", "data-ano"),
        ("1899-12-30 10:00", "data-ano"),
        (date(1900, 1, 1), "data-ano"),
        (datetime(9999, 12, 31, 23, 59, 59), "data-ano"),
        (time(10), "celula-tipo"),
        (timedelta(hours=1), "celula-tipo"),
        (True, "celula-tipo"),
        ("", "celula-vazia"),
        (None, "celula-vazia"),
    ],
)
def test_a_bad_date_says_why(cell, problem):
    assert dates.parse(cell, None, SP).problem == problem
    assert dates.parse_date(cell).problem == problem


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/2026", "16/02/2026"], Order.DIA_MES),
        (["03/04/2026"], Order.DIA_MES),
        (["03/04/2026", "02/16/2026 10:00"], Order.MES_DIA),
        (["12/31/2026"], Order.MES_DIA),
        (["16/02/2026", "02/16/2026"], Order.MISTA),
        (["13/12/2026", "12/13/2026"], Order.MISTA),
        (["13/12/2026", "12/31/2026"], Order.MISTA),
        (["03/04/2026", "19/13/2026", "31/19/2026"], Order.DIA_MES),
        (["2026-02-16", None, date(2026, 2, 16), "x"], Order.DIA_MES),
        ([], Order.DIA_MES),
    ],
)
def test_the_dates_that_read_one_way_decide_for_the_column(cells, order):
    assert dates.convention(cells) is order


@pytest.mark.parametrize(
    ("cell", "formato", "day"),
    [
        ("03/04/2026", None, date(2026, 4, 3)),
        ("03/04/2026", "dd/mm/aaaa", date(2026, 4, 3)),
        ("03/04/2026", "mm/dd/aaaa", date(2026, 3, 4)),
        ("16/02/26", "dd/mm/aa", date(2026, 2, 16)),
        ("02/16/26", "mm/dd/aa", date(2026, 2, 16)),
        ("20260216", "aaaammdd", date(2026, 2, 16)),
        (20260216.0, "aaaammdd", date(2026, 2, 16)),
        ("06022026", "ddmmaaaa", date(2026, 2, 6)),
        (6022026, "ddmmaaaa", date(2026, 2, 6)),
        (1022026, "ddmmaaaa", date(2026, 2, 1)),
        (31122026, "ddmmaaaa", date(2026, 12, 31)),
        ("2026-02-16", "dd/mm/aaaa", date(2026, 2, 16)),
        ("04/04/2026", Order.MISTA, date(2026, 4, 4)),
        ("16/02/2026", Order.MISTA, date(2026, 2, 16)),
    ],
)
def test_the_declared_form_is_the_one_read(cell, formato, day):
    assert dates.parse_date(cell, formato) == (day, None, None, ())


@pytest.mark.parametrize(
    ("cell", "formato"),
    [("03/04/2026", Order.MES_DIA), ("02/16/2026", Order.MES_DIA), ("02/16/2026", Order.MISTA)],
)
def test_a_month_read_first_because_of_the_column_is_told(cell, formato):
    parsed = dates.parse_date(cell, formato)
    assert parsed.warning == "data-mes-primeiro"
    assert parsed.details[0][1].startswith(("4 de março", "16 de fevereiro"))


def test_a_date_the_column_does_not_decide_shows_both_readings():
    parsed = dates.parse_date("03/04/2026", Order.MISTA)
    assert parsed.problem == "data-ambigua"
    assert dict(parsed.details) == {
        "leitura_dia": "3 de abril de 2026",
        "leitura_mes": "4 de março de 2026",
    }


def test_a_date_that_is_wrong_either_way_is_wrong():
    assert dates.parse_date("31/31/2026", Order.MISTA).problem == "data-inexistente"
    assert dates.parse_date("31/31/2026", Order.MES_DIA).problem == "data-inexistente"


@given(
    st.datetimes(datetime(2000, 1, 2), datetime(2099, 12, 30)),
    st.integers(-12, 12),
    st.sampled_from(["%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M:%S"]),
)
def test_a_written_moment_reads_back_as_the_same_instant(moment, hours, form):
    aware = moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=hours)))
    read = dates.parse(aware.strftime(form + "%z"), None, SP)
    assert read.value == aware or (aware.time() == time() and read.value.date() == aware.date())


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("16/02/2026 às 14:22", "2026-02-16T14:22:00-03:00"),
        ("16/02/2026 as 14h22min31s", "2026-02-16T14:22:31-03:00"),
        ("16/02/2026 - 14h", "2026-02-16T14:00:00-03:00"),
        ("16/02/2026, 14:22:31", "2026-02-16T14:22:31-03:00"),
        ("[16/02/2026 14:22 hs]", "2026-02-16T14:22:00-03:00"),
        ("16/02/2026 2:22\u202fPM", "2026-02-16T14:22:00-03:00"),
        ("16/02/2026 12:05 a. m.", "2026-02-16T00:05:00-03:00"),
        ("14:22 16/02/2026", "2026-02-16T14:22:00-03:00"),
        ("16-fev-2026", "2026-02-16T00:00:00-03:00"),
        ("16/fev./2026", "2026-02-16T00:00:00-03:00"),
        ("16FEB2026", "2026-02-16T00:00:00-03:00"),
        ("16 de fev. de 2026", "2026-02-16T00:00:00-03:00"),
        ("seg., 16 de fev. de 2026", "2026-02-16T00:00:00-03:00"),
        ("segunda-feira, 16 de fevereiro de 2026 14:22", "2026-02-16T14:22:00-03:00"),
        ("1º de março de 2026", "2026-03-01T00:00:00-03:00"),
        ("February 16th, 2026", "2026-02-16T00:00:00-03:00"),
        ("Mon, 16 Feb 2026 14:22:31 GMT", "2026-02-16T11:22:31-03:00"),
        ("Mon Feb 16 14:22:31 BRT 2026", "2026-02-16T14:22:31-03:00"),
        (
            "Mon Feb 16 2026 00:00:00 GMT-0300 (Horário Padrão de Brasília)",
            "2026-02-16T00:00:00-03:00",
        ),
        ("2026/02/16", "2026-02-16T00:00:00-03:00"),
        ("16\\02\\2026", "2026-02-16T00:00:00-03:00"),
        ("16 / 02 / 2026", "2026-02-16T00:00:00-03:00"),
        ("20260216", "2026-02-16T00:00:00-03:00"),
        ("16022026", "2026-02-16T00:00:00-03:00"),
        (20260216.0, "2026-02-16T00:00:00-03:00"),
        (6022026.0, "2026-02-06T00:00:00-03:00"),
        ("20260216142231", "2026-02-16T14:22:31-03:00"),
        ("20260216T142231Z", "2026-02-16T14:22:31-03:00"),
        ("/Date(1771251751000)/", "2026-02-16T11:22:31-03:00"),
        ("2026-02-16T14:22:31-03:00[America/Sao_Paulo]", "2026-02-16T14:22:31-03:00"),
    ],
)
def test_what_people_and_programs_write_is_read(cell, moment):
    assert iso(cell) == moment


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-01T00:00:00Z",
        "2026-11-01T00:00:00.000Z",
        "2026-11-01 00:00:00+00:00",
        "2026-11-01T00:00:00-03:00",
        datetime(2026, 11, 1, tzinfo=UTC),
    ],
)
def test_a_date_without_a_time_keeps_its_day_whatever_the_zone(cell):
    assert iso(cell) == "2026-11-01T00:00:00-03:00"
    assert iso(cell, zone=MANAUS) == "2026-11-01T00:00:00-04:00"


def test_a_z_near_midnight_moves_nothing_and_the_other_reading_is_told():
    parsed = dates.parse("2026-11-01T01:30:00Z", None, SP)
    assert (parsed.value.isoformat(), parsed.warning) == ("2026-11-01T01:30:00-03:00", "data-z")
    assert dict(parsed.details)["outra"] == "31/10/2026 22:30"
    assert dates.parse("2026-11-01T14:30:00Z", None, SP).warning is None
    assert dates.parse("2026-11-01T01:30:00", None, SP).warning is None


@pytest.mark.parametrize(
    ("values", "short", "formats"),
    [
        (["16/02/26", "05/02/26"], {"16/02/26": 16, "05/02/26": 5}, ("dd/mm/aa",)),
        (["02/16/26", "05/02/26"], {"02/16/26": 16, "05/02/26": 2}, ("mm/dd/aa",)),
        (["05/02/26"], {"05/02/26": 5}, ("dd/mm/aa", "mm/dd/aa")),
        (["05/02/26", "16/02/2026"], {"05/02/26": 5}, ("dd/mm/aa",)),
        (["16/fev/26 14h30", date(2026, 2, 1), "ontem", None, 46000.0, "31/02/26"],
         {"16/fev/26 14h30": 16}, ("dd/mm/aa", "mm/dd/aa")),
        (["16/02/26", "02/16/26"], {}, ()),
        (["16/02/2026", "2026-02-16", "20260216"], {}, ()),
    ],
)  # fmt: skip
def test_years_of_two_digits_are_found_with_the_orders_that_read_the_whole_column(
    values, short, formats
):
    found, fit = dates.short_years(values)
    assert ({text: day.day for text, day in found.items()}, fit) == (short, formats)


def test_the_end_of_a_day_is_the_next_ones_midnight_and_told():
    parsed = dates.parse("31/10/2026 24:00", None, SP)
    assert parsed.value.isoformat() == "2026-11-01T00:00:00-03:00"
    assert parsed.warning == "data-24h"


@pytest.mark.parametrize("cell", ["46069", "46069,0", "46069.0"])
def test_a_serial_number_that_became_text_is_read_with_a_warning(cell):
    parsed = dates.parse_date(cell)
    assert (parsed.value, parsed.warning) == (date(2026, 2, 16), "data-serial")


@pytest.mark.parametrize(
    "cell",
    [
        "10/2026", "1/10/2026", "2026-10", "out/26", "out/2026", "outubro/2026", "outubro de 2026",
        "OUTUBRO 2026", "202610", 202610.0, "10-2026", "10.2026", "10/26", "Out-26", "2026/10",
        "10 / 2026", "2026 10", "october 2026",
    ],
)  # fmt: skip
def test_a_month_is_its_first_day(cell):
    assert dates.parse_month(cell).value == date(2026, 10, 1)


@pytest.mark.parametrize("cell", ["13/2026", "outubro", "2610", "26/10", True])
def test_what_is_no_month_is_no_month(cell):
    assert dates.parse_month(cell).value is None
