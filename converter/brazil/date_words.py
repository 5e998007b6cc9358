"""Dates as people, phones, browsers and other systems write them, taken apart.

Read here is whatever has one reading: months by name, weekdays before, a clock with `às`, `h` or
AM and PM, names of zones. What depends on the column (which of two numbers is the day) is left
open: see `dates`.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple

from converter.brazil import data_files, headers


class Written(NamedTuple):
    """The parts of a date as written, in digits.

    Where `ordered` is False the text does not say which of `day` and `month` is which, and they
    are simply the first and the second. `offset` is as in ISO 8601, `Z` among them. `weekday` is
    Monday's 0 to Sunday's 6.
    """

    year: str
    month: str
    day: str
    ordered: bool = True
    hour: str | None = None
    minute: str = "0"
    second: str = "0"
    half: str | None = None
    offset: str | None = None
    weekday: int | None = None


@cache
def months() -> Mapping[str, str]:
    """Give the number of a month by its folded name or its usual abbreviations."""
    return {name: number for number, _, names in data_files.rows("meses") for name in names.split()}


@cache
def _weekdays() -> Mapping[str, int]:
    days = data_files.rows("dias_da_semana")
    return {name: int(number) for number, _, names in days for name in names.split()}


_ZONES = {"z": "Z", "utc": "+0", "gmt": "+0", "brt": "-03:00", "brst": "-02:00", "amt": "-04:00"}

_CLOCK = (
    r"(?P<hour>\d{1,2})"
    r"(?: ?(?::|h|hs|hrs|horas?) ?(?P<minute>\d{1,2})"
    r"(?: ?(?::|min|m|') ?(?P<second>\d{1,2})(?:[.,]\d{1,9})?)?"
    r" ?(?:segundos|seg|s|minutos|min|m(?!\.?m)|horas|hrs|hs|h)?"
    r"| ?(?:horas?|hrs|hs|h)(?![a-z])|(?= ?[ap] ?\.? ?m\b))"
    r"(?: ?(?P<half>[ap]) ?\.? ?m\b\.?)?"
    r"(?: ?(?P<zone>z|utc|gmt|brt|brst|amt)(?![a-z]))?"
    r"(?: ?(?P<offset>[+-]\d{1,2}(?::?\d{2})?))?"
)
_THEN = r"(?: ?, ?(?:as |a |at )?| - |t ?| (?:as|a|at)? ?)"
_NAME = r"(?P<name>[a-z]{3,10})\.?"
_JOINED = r"(?: ?[-/.,] ?| ?de | ?of | ?del | )?"
_MARK = r"(?: ?[-/.] ?| )"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_DAYS = (
    r"(?P<year>\d{4}) ?(?P<mark>[-/.\\]) ?(?P<month>\d{1,2}) ?(?P=mark) ?(?P<day>\d{1,2})",
    r"(?P<first>\d{1,2}) ?(?P<mark>[-/.\\ ]) ?(?P<then>\d{1,2}) ?(?P=mark) ?" + _YEAR,
    rf"(?:dia )?(?P<day>\d{{1,2}})(?:o|a|st|nd|rd|th)?{_JOINED}{_NAME}{_JOINED}{_YEAR}",
    rf"{_NAME}{_MARK}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:, ?|{_MARK})(?P<year>\d{{4}})",
    rf"(?P<year>\d{{4}}){_MARK}{_NAME}{_MARK}(?P<day>\d{{1,2}})",
    r"(?P<year>20\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])",
    r"(?P<first>\d{2})(?P<then>\d{2})(?P<year>20\d{2})",
)
_CLOCK_PARTS = ("hour", "minute", "second", "half", "offset")
_UNIX = (
    rf"(?:{_NAME} (?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}}) (?P<name2>[a-z]{{3,10}}))"
    rf" {_CLOCK} (?P<year>\d{{4}})"
)
"""`Mon Oct 19 14:22:31 BRT 2026`: Java, and the `date` of Unix."""
_STAMP = (
    r"(?P<year>20\d{2})(?P<month>\d{2})(?P<day>\d{2})[t ]?(?P<hour>\d{2})(?P<minute>\d{2})"
    r"(?P<second>\d{2})?(?:\.\d{1,9})?(?P<zone>z)?(?P<offset>[+-]\d{2}:?\d{2})?"
)
_INSTANT = re.compile(r"\\?/date\((-?\d{1,14})(?:[+-]\d{4})?\)\\?/", re.ASCII)
"""`/Date(1792419751000)/`: milliseconds, from SAP and .NET."""
_ASIDE = re.compile(r" ?\([^()]*\)$| ?\[[a-z_/]+\]$")
_LEADING = re.compile(r"([a-z]{3,9}(?:[- ]feira)?)\.?,? +(?=[a-z0-9])")
_DIGIT = re.compile(r"\d")
_SLASHES = dict.fromkeys((0x2044, 0x2215), "/")
_LONGEST = 100
_NUMERIC = re.compile(r"\d ?[-/.\\ ] ?\d{1,2} ?[-/.\\ ] ?\d|\d{8}", re.ASCII)


@cache
def _named() -> re.Pattern[str]:
    return re.compile("|".join(months()))


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """All forms, the most usual first; many files have no date as text, and need none."""
    after = (rf"{day}(?:{_THEN}{_CLOCK})?" for day in _DAYS)
    before = (rf"{_CLOCK}(?: - |, ?| (?:de|do dia)? ?){day}" for day in _DAYS)
    return tuple(re.compile(form, re.ASCII) for form in (*after, *before, _UNIX, _STAMP))


def written(text: str) -> Written | None:
    """Take a date apart, None where it cannot be read or could be several."""
    if len(text) > _LONGEST or not _DIGIT.search(text):
        return None
    plain = folded(text)
    while aside := _ASIDE.search(plain):
        plain = plain[: aside.start()].rstrip()
    plain = plain.strip(" .,;[]").translate(_SLASHES)
    instant = _INSTANT.fullmatch(plain)
    if instant:
        return _instant(int(instant[1]))
    if not _NUMERIC.search(plain) and not _named().search(plain):
        return None
    weekday = None
    leading = _LEADING.match(plain)
    if leading and (name := re.sub("[- ]", "", leading[1])) in _weekdays():
        weekday = _weekdays()[name]
        plain = plain[leading.end() :]
    for form in _forms():
        found = form.fullmatch(plain)
        if found and (parts := _parts(found.groupdict(), weekday)):
            return parts
    return None


def folded(text: str) -> str:
    """Give a text in lower case, without accents, its blanks as single spaces."""
    return " ".join(headers.unaccented(text).split())


def _parts(found: dict[str, str | None], weekday: int | None) -> Written | None:
    given = {part: text for part, text in found.items() if text}
    name = given.get("name", given.get("name2", ""))
    month = months().get(name) if name else given.get("month", given.get("then"))
    if month is None:
        return None
    clock = {part: given[part] for part in _CLOCK_PARTS if part in given}
    if "zone" in given:
        clock.setdefault("offset", _ZONES[given["zone"]])
    day = next(given[part] for part in ("day", "day2", "first") if part in given)
    ordered = "first" not in given
    return Written(given["year"], month, day, ordered, weekday=weekday, **clock)


def _instant(milliseconds: int) -> Written | None:
    try:
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None
    day = (str(moment.year).zfill(4), str(moment.month), str(moment.day))
    clock = (str(moment.hour), str(moment.minute), str(moment.second))
    return Written(*day, True, *clock, None, "+0")
