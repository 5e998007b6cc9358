"""Dates and times of issue, as spreadsheets and exports write them.

>>> parse("19/03/2026", None, ZoneInfo("America/Sao_Paulo")).value.isoformat()
'2026-03-19T00:00:00-03:00'
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from converter.brazil import data_files, date_words, raw
from converter.brazil.date_words import Written
from converter.model.parsed import Parsed


class Order(StrEnum):
    """What a column's dates begin with, by those that can be read one way only."""

    DIA_MES = "dd/mm/aaaa"
    MES_DIA = "mm/dd/aaaa"
    MISTA = "dd/mm/aaaa e mm/dd/aaaa"
    """Both kinds stand in the column: a date that could be either is undecided."""


_SHORT = ("dd/mm/aa", "mm/dd/aa")
_LONG_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class _Moment(NamedTuple):
    """A day, its time where one was written, its offset where one was written.

    Where `marked` the time had a `Z` behind, which is no offset: spreadsheets put it behind the
    clock they show.
    """

    day: date
    clock: time | None = None
    offset: timezone | None = None
    marked: bool = False


_EPOCH = date(1899, 12, 30)
_EARLIEST, _LATEST = 2000, 2099
_BRASILIA = timedelta(hours=-3)
_NOWHERE = timedelta()

_PAIR = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2[0-9]{2}")
"""Day and month, or month and day, in front of a year of two digits or four."""
_SERIAL = re.compile(r"[3-7][0-9]{4}(?:[.,][0-9]{1,15})?")
_COMPACT = re.compile(r"[0-9]{8}")
_MONTH_AND_YEAR = re.compile(
    r"(?:(?P<month>0?[1-9]|1[0-2])|(?P<name>[a-z]{3,10})\.?)"
    r"(?: ?[-/.,\\] ?| ?de | )(?P<year>20[0-9]{2}|[0-9]{2})"
)
_YEAR_AND_MONTH = re.compile(
    r"(?P<year>20[0-9]{2})(?: ?[-/.\\] ?| )?"
    r"(?:(?P<month>0[1-9]|1[0-2]|(?<=[-/.\\ ])[1-9])|(?P<name>[a-z]{3,10})\.?)"
)


def convention(values: Iterable[object]) -> Order:
    """Decide whether a column writes the day or the month first; Brazil's order when silent.

    Only a cell that can be a date one way and not the other says anything: `19/13/2026` is a slip.
    """
    day_first = month_first = False
    for value in values:
        if isinstance(value, str) and (found := _PAIR.match(value.strip())):
            first, then = int(found[1]), int(found[3])
            day_first = day_first or (first > 12 >= then)
            month_first = month_first or (first <= 12 < then <= 31)
    if month_first:
        return Order.MISTA if day_first else Order.MES_DIA
    return Order.DIA_MES


def short_years(values: Iterable[object]) -> tuple[Mapping[str, date], tuple[str, ...]]:
    """Give the texts of a column whose year has two digits, and the formats that read them all.

    The formats read every other date of the column too, the likeliest first; each text comes with
    its day under that one. Nothing where none fits.
    """
    texts = _texts(values)
    short = list(filter(_has_short_year, texts))
    if not short:
        return {}, ()
    readings = {form: _days(texts, form) for form in _SHORT}
    dates = {text for read in readings.values() for text in read}
    fit = tuple(form for form, read in readings.items() if dates <= read.keys())
    first = readings[fit[0]] if fit else {}
    return {text: first[text] for text in short if text in first}, fit


def _has_short_year(text: str) -> bool:
    return not _LONG_YEAR.search(text) and _read(text, None).problem == "data-ano-curto"


def _days(texts: Iterable[str], formato: str) -> dict[str, date]:
    """The day of each text that is a date under a format."""
    read = {text: _read(text, formato).value for text in texts}
    return {text: moment.day for text, moment in read.items() if moment}


def parse(value: object, formato: str | None, zone: ZoneInfo) -> Parsed[datetime]:
    """Give the moment of issue, aware, in the prestador's own time.

    A day without a time begins at midnight, and in zones ahead of Brasília an hour later, so that
    no conversion moves it to the day before. It never depends on the clock: the same sheet gives
    the same lote on any day. Whether it lies in the future is left to the rules across fields.

    Args:
        value: The cell.
        formato: What the mapping says (`dd/mm/aaaa`, `mm/dd/aaaa`, either with `aa`, `aaaammdd`,
            `ddmmaaaa`) or the column's `convention`; None is `dd/mm/aaaa`. ISO dates are read
            under any of them.
        zone: The prestador's zone, from `fuso.of`.
    """
    if type(value) is datetime and _is_whole(value):
        return Parsed(value.replace(tzinfo=zone))
    parsed = _read(value, formato)
    if parsed.value is None:
        return Parsed(None, *parsed[1:])
    moment = parsed.value
    issued = _issued(moment, zone)
    lido = ("lido", f"{issued:%d/%m/%Y %H:%M}")
    if moment.marked and moment.clock is not None:
        other = datetime.combine(moment.day, moment.clock, UTC).astimezone(zone)
        if other.date() != moment.day:
            return Parsed(issued, None, "data-z", (lido, ("outra", f"{other:%d/%m/%Y %H:%M}")))
    if moment.offset is not None and issued.date() != moment.day:
        return Parsed(issued, None, "data-fuso", (lido,))
    return Parsed(issued, None, parsed.warning, parsed.details)


def _issued(moment: _Moment, zone: ZoneInfo) -> datetime:
    if moment.clock is not None:
        return datetime.combine(moment.day, moment.clock, moment.offset or zone).astimezone(zone)
    midnight = datetime.combine(moment.day, time.min, zone)
    ahead = (midnight.utcoffset() or _BRASILIA) > _BRASILIA
    return datetime.combine(moment.day, time(1), zone) if ahead else midnight


def any_mark(values: Iterable[object]) -> bool:
    """Tell whether a text of a column is a time with a `Z` behind, which `parse` does not heed."""
    for text in _texts(values):
        if text.rstrip()[-1:] in ("Z", "z"):
            found = _read(text, None).value
            if found is not None and found.marked:
                return True
    return False


def _texts(values: Iterable[object]) -> list[str]:
    """The distinct texts of a column; most columns of dates have none, and are asked once."""
    distinct = dict.fromkeys(values)
    if str not in set(map(type, distinct)):
        return []
    return [value for value in distinct if type(value) is str]


def parse_date(value: object, formato: str | None = None) -> Parsed[date]:
    """Give the day of a cell, its time left out. See `parse` for `formato`."""
    parsed = _read(value, formato)
    if parsed.value is None:
        return Parsed(None, parsed.problem, None, parsed.details)
    return Parsed(parsed.value.day, None, parsed.warning, parsed.details)


def parse_month(value: object, formato: str | None = None) -> Parsed[date]:
    """Give the first day of a month written alone, as `10/2026`, `out/26` or `202610`, or a day.

    For the field that asks for a month. See `parse` for `formato`.
    """
    if isinstance(value, str):
        text = date_words.folded(raw.clean(value))
        for form in (_MONTH_AND_YEAR, _YEAR_AND_MONTH):
            if found := form.fullmatch(text):
                name = found["name"]
                month = date_words.months().get(name) if name else found["month"]
                if month:
                    return Parsed(date(int(found["year"][-2:]) + 2000, int(month), 1))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        year, month_number = divmod(int(value), 100) if value == int(value) else (0, 0)
        if _EARLIEST <= year <= _LATEST and 1 <= month_number <= 12:
            return Parsed(date(year, month_number, 1))
    return parse_date(value, formato)


def _read(value: object, formato: str | None) -> Parsed[_Moment]:
    if isinstance(value, str):
        text = raw.clean(value)
        return _of_text(text, formato) if text else raw.refuse("celula-vazia")
    if isinstance(value, datetime):
        return _of_datetime(value)
    if isinstance(value, date):
        return _plausible(_Moment(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return raw.unfit(value)
    return _of_serial(value, formato)


def _is_whole(value: datetime) -> bool:
    """Whether a date cell is a day and a time to the second: there is nothing to be said of it."""
    clock = value.hour or value.minute or value.second
    plain = bool(clock) and not value.microsecond and value.tzinfo is None
    return plain and _EARLIEST <= value.year <= _LATEST


def _of_datetime(value: datetime) -> Parsed[_Moment]:
    """Read a date cell; midnight is how Excel keeps a day without a time."""
    if not _EARLIEST <= value.year <= _LATEST:
        return raw.refuse("data-ano", ano=str(value.year))
    whole = (value + timedelta(milliseconds=500)).replace(microsecond=0)
    if whole.tzinfo and whole.time() != time.min:
        return Parsed(_Moment(whole.date(), whole.time(), timezone(whole.utcoffset() or _NOWHERE)))
    clock = whole.time()
    return Parsed(_Moment(whole.date(), None if clock == time.min else clock))


def _of_serial(serial: float, formato: str | None) -> Parsed[_Moment]:
    """Read the number Excel keeps behind a date that lost its format."""
    if 10**6 <= serial < 10**8 and serial == int(serial):
        return _of_text(str(int(serial)).zfill(8), formato)
    first = (date(_EARLIEST, 1, 1) - _EPOCH).days
    last = (date(_LATEST, 12, 31) - _EPOCH).days
    if not first <= serial < last + 1:
        return raw.refuse("data-numero")
    whole = int(serial)
    seconds = round((serial - whole) * 86400)
    moment = datetime.combine(_EPOCH, time.min) + timedelta(days=whole, seconds=seconds)
    lido = f"{moment:%d/%m/%Y %H:%M:%S}" if seconds else f"{moment:%d/%m/%Y}"
    clock = moment.time() if seconds else None
    return Parsed(_Moment(moment.date(), clock), None, "data-serial", (("lido", lido),))


def _of_text(text: str, formato: str | None) -> Parsed[_Moment]:
    if formato == "aaaammdd" and _COMPACT.fullmatch(text):
        return _built(Written(text[:4], text[4:6], text[6:]))
    if formato == "ddmmaaaa" and _COMPACT.fullmatch(text):
        return _built(Written(text[4:], text[2:4], text[:2]))
    if _SERIAL.fullmatch(text):
        return _of_serial(float(text.replace(",", ".")), formato)
    return _of_words(date_words.written(text), formato)


def _of_words(written: Written | None, formato: str | None) -> Parsed[_Moment]:
    if written is None:
        return raw.refuse("data-formato")
    if len(written.year) == 2:
        if formato not in _SHORT:
            return raw.refuse("data-ano-curto")
        written = written._replace(year=f"20{written.year}")
    return _built(written) if written.ordered else _of_slashed(written, formato)


def _of_slashed(written: Written, formato: str | None) -> Parsed[_Moment]:
    """Read day and month in the order of the column; `written` has them as they stand."""
    by_day = _built(written)
    by_month = _built(written._replace(day=written.month, month=written.day))
    if formato == Order.MISTA:
        if by_day.value and by_month.value and by_day != by_month:
            return raw.refuse(
                "data-ambigua",
                leitura_dia=in_words(by_day.value.day),
                leitura_mes=in_words(by_month.value.day),
            )
        return by_day if by_day.value else _month_first(by_month)
    if isinstance(formato, Order) and formato is Order.MES_DIA:
        return _month_first(by_month)
    return by_month if formato in ("mm/dd/aaaa", "mm/dd/aa") else by_day


def _month_first(parsed: Parsed[_Moment]) -> Parsed[_Moment]:
    if parsed.value is None:
        return parsed
    return parsed._replace(
        warning="data-mes-primeiro", details=(("lido", in_words(parsed.value.day)),)
    )


def _built(written: Written) -> Parsed[_Moment]:
    year, month, day = written.year, written.month, written.day
    try:
        whole_day = date(int(year), int(month), int(day))
    except ValueError:
        return raw.refuse("data-inexistente", dia=day, mes=month, ano=year)
    if written.weekday is not None and whole_day.weekday() != written.weekday:
        _, named, _ = data_files.rows("dias_da_semana")[whole_day.weekday()]
        return raw.refuse("data-dia-da-semana", lido=in_words(whole_day), dia=named)
    return _at(whole_day, written)


def _at(day: date, written: Written) -> Parsed[_Moment]:
    """Put the clock of a date to its day; midnight where none is written."""
    hour, minute, second = int(written.hour or 0), int(written.minute), int(written.second)
    ended = (hour, minute, second) == (24, 0, 0)
    if written.half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if written.half == "p" else 0)
    elif written.half:
        return raw.refuse("data-hora")
    try:
        clock = time.min if ended else time(hour, minute, second)
        offset = _offset(written.offset)
    except ValueError:
        return raw.refuse("data-hora")
    if ended:
        day += timedelta(days=1)
        lido = (("lido", f"0:00 de {in_words(day)}"),)
        return _plausible(_Moment(day))._replace(warning="data-24h", details=lido)
    # Midnight in whatever zone is how programs write a day that has no time.
    if clock == time.min:
        return _plausible(_Moment(day))
    return _plausible(_Moment(day, clock, offset, marked=written.offset == "Z"))


def _offset(text: str | None) -> timezone | None:
    if text is None or text == "Z":
        return None
    digits = text[1:].replace(":", "")
    hours, minutes = (digits, "0") if len(digits) < 3 else (digits[:-2], digits[-2:])
    distance = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-distance if text[0] == "-" else distance)


def _plausible(moment: _Moment) -> Parsed[_Moment]:
    if _EARLIEST <= moment.day.year <= _LATEST:
        return Parsed(moment)
    return raw.refuse("data-ano", ano=str(moment.day.year))


def in_words(day: date) -> str:
    """Write a day so that its month cannot be taken for its day: `2 de março de 2026`."""
    _, month, _ = data_files.rows("meses")[day.month - 1]
    return f"{day.day} de {month} de {day.year}"
