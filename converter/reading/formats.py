"""Number formats: which of them show a percentage, a date, or a length of time."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum, auto

from converter.model.cells import Percent, RawValue


class Shown(Enum):
    """What a number format makes of a number."""

    NUMBER = auto()
    PERCENT = auto()
    DATE = auto()
    DURATION = auto()


def shown(code: str) -> Shown:
    """What a format code shows, by its first section; quoted and escaped letters do not count."""
    bare, bracketed = _bare(code.split(";", 1)[0])
    if "%" in bare:
        return Shown.PERCENT
    if any(word in {"h", "hh", "m", "mm", "s", "ss"} for word in bracketed):
        return Shown.DURATION
    if bare == "general":
        return Shown.NUMBER
    return Shown.DATE if any(letter in bare for letter in "dmyhs") else Shown.NUMBER


def shown_by_id(identifier: int, formats: Mapping[int, str]) -> Shown:
    """What a format id shows: one of the file's own, or built in (ECMA-376 part 1, 18.8.30)."""
    code = formats.get(identifier)
    if code is not None:
        return shown(code)
    if identifier in {9, 10}:
        return Shown.PERCENT
    if identifier == 46:
        return Shown.DURATION
    if 14 <= identifier <= 22 or identifier in {45, 47}:
        return Shown.DATE
    return Shown.NUMBER


def moment(serial: float, date1904: bool) -> date | datetime | time | float:
    """The day or moment of a serial number; a whole one is a day, one below 1 a time of day.

    Days before March 1900 stay numbers: Excel's calendar is wrong there (it has a 29 February).
    """
    if 0 <= serial < 1:
        seconds = round(serial * 86_400, 3)
        return serial if seconds >= 86_400 else (datetime.min + timedelta(seconds=seconds)).time()
    epoch = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30)
    if not (0 if date1904 else 60) < serial < 2_958_466:
        return serial
    found = epoch + timedelta(days=int(serial), seconds=round((serial % 1) * 86_400, 3))
    return found.date() if found.time() == time() else found


def typed(number: float, form: Shown, date1904: bool) -> RawValue:
    """A number as what its format shows."""
    if form is Shown.NUMBER:
        return number
    if form is Shown.PERCENT:
        return Percent(number)
    if form is Shown.DURATION:
        return timedelta(days=number) if abs(number) < 1e8 else number
    return moment(number, date1904)


def _bare(section: str) -> tuple[str, list[str]]:
    """The section without its literals, and the words it had in brackets."""
    bare = []
    bracketed = []
    position = 0
    while position < len(section):
        letter = section[position]
        close = {'"': '"', "[": "]"}.get(letter)
        if letter in "\\_*":
            position += 1
        elif close is not None:
            end = section.find(close, position + 1)
            end = len(section) if end < 0 else end
            if letter == "[":
                bracketed.append(section[position + 1 : end].casefold())
            position = end
        else:
            bare.append(letter.casefold())
        position += 1
    return "".join(bare).strip(), bracketed
