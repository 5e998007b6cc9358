"""Number formats: which of them show a percentage, a date, a length of time, a currency, cents."""

import operator
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, auto
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from converter.model.cells import Formatted, Percent, RawValue


class Shown(Enum):
    """What a number format makes of a number."""

    NUMBER = auto()
    PERCENT = auto()
    DATE = auto()
    DURATION = auto()


class Form(NamedTuple):
    """What a number format shows: the kind, and of a plain number its decimals and currency.

    `places` is None where a format does not fix them; `currency` is a foreign one, as shown;
    `thousands` is how many times the number is divided by a thousand before it is shown; `mask` is
    the code of a format that shows the digits of a code, as `00000-000`.
    """

    kind: Shown = Shown.NUMBER
    places: int | None = None
    currency: str = ""
    thousands: int = 0
    mask: str = ""


_BUILT_IN_PLACES = {1: 0, 2: 2, 3: 0, 4: 2, 37: 0, 38: 0, 39: 2, 40: 2, 41: 0, 42: 0, 43: 2, 44: 2}
_MANY = 1e12
_MANY_DIGITS = 1e15
_BEYOND = 2_958_466
"""Days that Excel's calendar has; of more it shows no date and no time."""
_TOO_WIDE = "########"
_MOST_PLACES = 8
_MOST_THOUSANDS = 2
_LOCAL = frozenset((*range(5, 9), *range(23, 27), *range(37, 45)))
"""The formats of Excel itself whose currency is that of whoever looks at them."""

_ISO = re.compile(
    r"(?:(\d{4}-\d{2}-\d{2})(?:[T ]|$))?(?:T?(\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d{1,9}))?)?"
    r" ?(?:Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_ZONED = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ](?!00:00(?::00(?:[.,]0+)?)?[Z+-])\d{2}:\d{2}[\d:.,]*"
    r" ?(?:Z|[+-]\d{2}:?\d{2})",
    re.ASCII,
)
_PLACES = re.compile(
    r"[^#0?]*[#0?](?:[#0?,]*[#0?])?(?P<before>,*)(?:\.(?P<places>[#0?]*))?(?P<behind>,*)[^#0?,./e]*"
)
_REAIS = re.compile(r"R\$|\bBRL\b", re.IGNORECASE)
_FOREIGN = re.compile(
    r"US\$|U\$S|U\$|[A-Z]{0,2}\$|[£¥\u20a0-\u20bf]|\b(?:USD|EUR|GBP|JPY|CHF|ARS|CLP|PYG|UYU|CAD|AUD|CNY|MXN)\b"
)


_UNIT = re.compile(r"\b(?:[Mm]il|MIL|[Mm]i|MI|[Mm]ilh(?:ão|ões)|[Bb]i|[kKM]|MM)\b")
"""Words beside a number that make it another amount than its digits say."""
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|[_*].|([#0])|([-()+ ])|(.)', re.DOTALL)
_PIECE = re.compile(r'[_*].?|\\(.?)|"([^"]*)"?|\[(\$[^\]-]*)?([^\]]*)\]?|(.)', re.DOTALL)
_CODE = re.compile(r"\(?\d[\d.]*[-/)]|0\d")
_CONDITION = re.compile(r"\[(<=?|>=?)(\d{1,14})\]")
_TESTS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


_INSIDE = re.compile(r"\((?=[#0]+\).*[#0])[#0].*[#0]|[#0](?:.*[#0])?", re.DOTALL)
_UNSIGNED = dict.fromkeys(map(ord, "#0 "))


class _Mask(NamedTuple):
    """Digits and the signs between them, and the numbers they are for."""

    digits: str
    test: str = ">="
    limit: float = 0


@lru_cache(maxsize=10_000)
def form_of(code: str) -> Form:
    """What a format code shows, by its first section; quoted and escaped letters do not count."""
    section = _parts(code.split(";", 1)[0])
    if "%" in section.bare:
        return Form(Shown.PERCENT)
    if any(word in {"h", "hh", "m", "mm", "s", "ss"} for word in section.bracketed):
        return Form(Shown.DURATION)
    if section.bare != "general" and any(letter in section.bare for letter in "dmyhs"):
        return Form(Shown.DATE)
    if _masks(code) and not any(section.symbols):
        return Form(places=0, mask=code)
    found = _PLACES.fullmatch(section.bare)
    thousands = len(found["before"] + found["behind"]) if found else 0
    currency = _currency(section, thousands)
    return Form(
        places=len(found["places"] or "") if found else None, currency=currency, thousands=thousands
    )


def _currency(section: "_Section", thousands: int) -> str:
    """The foreign currency of a section, or the word that makes it thousands or millions."""
    said = _REAIS.sub("", section.said)
    foreign = _FOREIGN.search(said) or (None if thousands else _UNIT.search(said))
    return foreign[0] if foreign else _REAIS.sub("", "".join(section.symbols)).strip()


_NAMES = {
    "percent": Form(Shown.PERCENT),
    "fixed": Form(places=2),
    "standard": Form(places=2),
    "currency": Form(places=2),
    "euro currency": Form(places=2, currency="€"),
    **dict.fromkeys(("general number", "scientific", "yes/no", "true/false", "on/off"), Form()),
    **dict.fromkeys(
        (
            "general date",
            "long date",
            "medium date",
            "short date",
            "long time",
            "medium time",
            "short time",
        ),
        Form(Shown.DATE),
    ),
}
"""The formats XML 2003 and pages call by name; `Currency` is that of whoever looks at it."""


def named(code: str) -> Form:
    """What a format shows that is said by its name or by its code."""
    return _NAMES.get(code.casefold()) or form_of(code)


def form_by_id(identifier: int, formats: Mapping[int, str]) -> Form:
    """What a format id shows: one of the file's own, or built in (ECMA-376 part 1, 18.8.30)."""
    code = formats.get(identifier)
    if code is not None:
        form = form_of(code)
        return form._replace(currency="") if identifier in _LOCAL else form
    if identifier in {9, 10}:
        return Form(Shown.PERCENT)
    if identifier == 46:
        return Form(Shown.DURATION)
    if 14 <= identifier <= 22 or identifier in {45, 47}:
        return Form(Shown.DATE)
    return Form(places=_BUILT_IN_PLACES.get(identifier))


def moment(serial: float, date1904: bool) -> date | datetime | time | float:
    """The day or moment of a serial number; a whole one is a day, one below 1 a time of day.

    Days before March 1900 stay numbers: Excel's calendar is wrong there (it has a 29 February).
    """
    if 0 <= serial < 1:
        seconds = round(serial * 86_400, 3)
        return serial if seconds >= 86_400 else (datetime.min + timedelta(seconds=seconds)).time()
    epoch = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 30)
    if not (0 if date1904 else 60) < serial < _BEYOND:
        return serial
    found = epoch + timedelta(days=int(serial), seconds=round((serial % 1) * 86_400, 3))
    return found.date() if found.time() == time() else found


def clock(text: str) -> date | datetime | time:
    """The day or moment a cell typed as a date writes in ISO 8601, by the clock its writer saw.

    Spreadsheets know no zones: what a program adds behind (`Z`, an offset) moves nothing. A
    moment at midnight is a day.

    Raises:
        ValueError: It is no date.
    """
    found = _ISO.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is no date")
    day, hours, fraction = found.groups()
    if day is None:
        return time.fromisoformat(hours or "")
    if hours is None:
        return date.fromisoformat(day)
    moment = datetime.fromisoformat(f"{day}T{hours}")
    if fraction:
        moment += timedelta(seconds=round(float(f"0.{fraction}"), 3))
    return moment.date() if moment.time() == time() else moment


def has_zone(text: str) -> bool:
    """Whether a moment has a time and a zone behind it, which `clock` does not heed."""
    return _ZONED.fullmatch(text.strip()) is not None


def told_by(number: float, text: str) -> Form:
    """The format of a number, told by the text its cell shows, as far as that is telling."""
    foreign = _FOREIGN.search(_REAIS.sub("", text))
    currency = foreign[0] if foreign else ""
    digits = _digits(text)
    if not digits or not abs(number) < _MANY or _is_whole(number, digits):
        return Form(currency=currency)
    exact = Decimal(f"{number:.15g}")
    for thousands, places in product(range(_MOST_THOUSANDS + 1), range(_MOST_PLACES)):
        unit = Decimal(1).scaleb(-places)
        if _digits(f"{exact.scaleb(-3 * thousands).quantize(unit, ROUND_HALF_UP):f}") == digits:
            return Form(places=places, currency=currency, thousands=thousands)
    return Form(currency=currency)


def _is_whole(number: float, digits: str) -> bool:
    """Whether these digits are a whole number's own, maybe with zeros behind."""
    own = f"{abs(number):.0f}"
    return number.is_integer() and digits.startswith(own) and not digits[len(own) :].strip("0")


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text)).lstrip("0")


def typed(number: float, form: Form, date1904: bool) -> RawValue:
    """A number as what its format shows."""
    if form.kind is Shown.NUMBER:
        return plain(number, form)
    if form.kind is Shown.PERCENT:
        return Percent(number)
    if not -_BEYOND < number < _BEYOND:
        return _TOO_WIDE
    if form.kind is Shown.DURATION:
        return timedelta(days=number)
    return moment(number, date1904)


def plain(number: float, form: Form) -> float | str:
    """A number, with its format where that shows something else than it; a code as it is shown."""
    if form.mask and (shown := _masked(number, form.mask)):
        return shown
    rounds = form.places is not None and round(number, form.places) != number
    if form.currency or form.thousands or rounds:
        return Formatted(number, form.places, form.currency, form.thousands)
    return number


@lru_cache(maxsize=1_000)
def _masks(code: str) -> tuple[_Mask, ...]:
    """The masks of a format code, none where it shows quantities.

    A CEP, a CNPJ or a telephone kept as a number: zeros in front, signs between the digits.
    """
    sections = code.split(";")
    conditions = [_CONDITION.search(section) for section in sections]
    if conditions[0] is None:
        digits = _digits_of(sections[0])
        return (_Mask(digits),) if digits else ()
    found = []
    for section, condition in zip(sections[:2], conditions, strict=False):
        digits = _digits_of(section)
        if not digits:
            return ()
        found.append(_Mask(digits, condition[1], int(condition[2])) if condition else _Mask(digits))
    return tuple(found)


def _digits_of(section: str) -> str:
    """The digits of a mask with the signs between them; empty where it is no mask."""
    signs = ""
    for quoted, escaped, digit, sign, other in _TOKEN.findall(section):
        said = quoted or escaped or sign
        if other or not {*said}.isdisjoint("0123456789#"):
            return ""
        signs += digit or said
    found = _INSIDE.search(signs)
    inside = found[0] if found else ""
    between = inside.translate(_UNSIGNED)
    return inside if between or (len(inside) > 1 and not inside.strip("0")) else ""


def _masked(number: float, code: str) -> str:
    """The digits of a number as its mask shows them, nothing where it has fractions or a sign."""
    for mask in _masks(code):
        whole = 0 <= number < _MANY_DIGITS and number.is_integer()
        if whole and _TESTS[mask.test](number, mask.limit):
            left = [*f"{number:.0f}"]
            shown = [
                (left.pop() if left else sign.strip("#")) if sign in "#0" else sign
                for sign in reversed(mask.digits)
            ]
            return "".join((*left, *reversed(shown)))
    return ""


def is_code(number: float, text: str) -> bool:
    """Whether the text a cell shows is the digits of its number as a code is written."""
    own = number.is_integer() and _digits(text) == f"{number:.0f}"
    return own and _CODE.match(text) is not None


class _Section(NamedTuple):
    bare: str
    bracketed: list[str]
    said: str
    symbols: list[str]


def _parts(section: str) -> _Section:
    """A section without its literals, the words it had in brackets, and all that may be money.

    `symbols` are those of currencies, which stand in brackets before their country: `[$kr-41D]`.
    """
    pieces = _PIECE.findall(section)
    symbols = [symbol[1:] for _, _, symbol, _, _ in pieces]
    words = zip(pieces, symbols, strict=True)
    return _Section(
        bare="".join(plain.casefold() for *_, plain in pieces).strip(),
        bracketed=[f"{symbol}{inside}".casefold() for _, _, symbol, inside, _ in pieces],
        said="".join(
            escaped + quoted + symbol + plain for (escaped, quoted, *_, plain), symbol in words
        ),
        symbols=symbols,
    )
