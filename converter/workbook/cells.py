"""Values as cell XML, a column at a time. Text stays text, whatever it begins with."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from converter.workbook.new_sheet import Valor

MAX_TEXT = 32_767
CUT_MARK = "… [texto cortado: o Excel aceita 32.767 caracteres por célula]"
MAX_EXACT_INTEGER = 10**15
LONGEST_NUMBER = 15

# What XML cannot hold, plus the carriage return it would turn into a line feed, and any text
# that already looks like the escape (ECMA-376 part 1, 22.9.2.19 ST_Xstring).
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SUSPECT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_SEPARATOR = "\x00"
_CONTROLS = bytes({*range(0x20)} - {0x09, 0x0A})

_EPOCH = date(1899, 12, 30).toordinal()
_DAYS_BETWEEN_EPOCHS = 1462
_NUMBERS: tuple[set[type], ...] = ({int}, {float}, {Decimal})
# Excel believes 1900 was a leap year, so serials below 61 are one day off (29/02/1900).
_FIRST_HONEST_DAY = date(1900, 3, 1)


def escape(text: str) -> str:
    """`text` as Excel wants it between tags: control characters as `_xHHHH_`, markup named."""
    if _SUSPECT.search(text) or "_x" in text:
        text = _UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
        text = _SURROGATE.sub("\ufffd", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_all(texts: Sequence[str]) -> list[str]:
    """`escape` of each, at the price of one for all of them where none is out of the ordinary."""
    joined = _SEPARATOR.join(texts)
    if "_x" in joined or not _is_ordinary(joined, separators=len(texts) - 1):
        return list(map(escape, texts))
    named = joined.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return named.split(_SEPARATOR) if texts else []


def _is_ordinary(text: str, *, separators: int) -> bool:
    """Whether XML can hold all of it but so many separators; to search for what it cannot is slow.

    A regular expression looks at each character, `translate` at ten bytes in the same time.
    """
    try:
        encoded = text.encode()
    except UnicodeEncodeError:
        return False
    found = len(encoded) - len(encoded.translate(None, _CONTROLS))
    return found == separators and "\ufffe" not in text and "\uffff" not in text


def attribute(text: str) -> str:
    """`text` for an attribute between double quotes, line breaks kept."""
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def attributes(texts: Sequence[str]) -> list[str]:
    """`attribute` of each, at the price of one for all where none is out of the ordinary."""
    joined = "".join(texts)
    if any(sign in joined for sign in '"\n\t'):
        return list(map(attribute, texts))
    return escape_all(texts)


def fit(text: str, limit: int = MAX_TEXT) -> str:
    """`text`, cut with a mark where it has more UTF-16 units than a cell can hold."""
    if len(text) <= limit // 2:
        return text
    encoded = text.encode("utf-16-le", "replace")
    if len(encoded) <= 2 * limit:
        return text
    kept = encoded[: 2 * (limit - len(CUT_MARK))].decode("utf-16-le", "ignore")
    return kept + CUT_MARK


def serial(day: date, *, from_1904: bool) -> float | int | None:
    """The number Excel stores for a date or a naive local time, None where it has none."""
    whole = day.toordinal() - _EPOCH
    if from_1904:
        whole -= _DAYS_BETWEEN_EPOCHS
        if whole < 0:
            return None
    elif day.year < 1900:
        return None
    elif (day.date() if isinstance(day, datetime) else day) < _FIRST_HONEST_DAY:
        whole -= 1
    if not isinstance(day, datetime):
        return whole
    seconds = day.hour * 3600 + day.minute * 60 + day.second + day.microsecond / 1e6
    return whole + seconds / 86_400


def render(value: Valor, style: int, *, from_1904: bool) -> str:
    """A value as what follows `<c r="A1"` in a sheet."""
    if value is None or value == "":
        return f' s="{style}"/>'
    if isinstance(value, str):
        return _text(value, style)
    if isinstance(value, bool):
        return f' s="{style}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, date):
        number = serial(value, from_1904=from_1904)
        if number is None:
            return _text(value.isoformat(), style)
        return f' s="{style}"><v>{number!r}</v></c>'
    return _number(value, style)


class Looks(NamedTuple):
    """The styles of a book by name, and whether day zero of its dates is 1 January 1904."""

    styles: Mapping[str, int]
    from_1904: bool

    def cell(self, value: Valor, name: str) -> str:
        """One value in the style of that name."""
        return render(value, self.styles[name], from_1904=self.from_1904)

    def column(self, name: str) -> "StyledCells":
        """The renderer of a column's values in the style of that name."""
        return StyledCells(self.styles[name], from_1904=self.from_1904)


class StyledCells(dict[Valor, str]):
    """Rendered cells of one style by value: a column has few distinct ones.

    `cells[value]` renders one; forgetting all of them now and then is cheap and bounds memory.
    """

    LIMIT = 20_000

    def __init__(self, style: int, *, from_1904: bool) -> None:
        super().__init__()
        self._style = style
        self._render = partial(render, style=style, from_1904=from_1904)

    def __missing__(self, value: Valor) -> str:
        rendered = self[value] = self._render(value)
        return rendered

    def many(self, values: Sequence[Valor]) -> Iterable[str]:
        """The cells of successive values."""
        kinds = set(map(type, values)) - {type(None)}
        if kinds in _NUMBERS:
            return self._numbers(values)
        if bool in kinds and len(kinds) > 1:
            # True == 1 == Decimal(1), so the memory would mix them up.
            return [self._render(value) for value in values]
        if len(self) >= self.LIMIT:
            self.clear()
        self._learn([each for each in set(values).difference(self) if each and type(each) is str])
        return map(self.__getitem__, values)

    def _learn(self, texts: Sequence[str]) -> None:
        """Render texts all at once; one that is to keep its outer spaces, by itself."""
        short = len(max(texts, key=len, default="")) <= MAX_TEXT // 2
        before, after = _text("|", self._style).split("|")
        shown = escape_all(texts if short else list(map(fit, texts)))
        self.update(zip(texts, [f"{before}{text}{after}" for text in shown], strict=True))
        self.update((text, _text(text, self._style)) for text in texts if text != text.strip())

    def _numbers(self, values: Sequence[Valor]) -> list[str]:
        """Numbers of one kind: a memory would not repay the looking up."""
        shown = ["" if value is None else str(value) for value in values]
        # NaN, Infinity and their kin, and integers a double would round, are no numbers to Excel.
        if "n" in "".join(shown).casefold() or max(map(len, shown)) > LONGEST_NUMBER:
            return [self._render(value) for value in values]
        before, after, blank = f' s="{self._style}"><v>', "</v></c>", f' s="{self._style}"/>'
        return [f"{before}{number}{after}" if number else blank for number in shown]


def _text(text: str, style: int) -> str:
    safe = escape(fit(text))
    # Excel trims text that does not ask to be left alone.
    keep = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f' s="{style}" t="inlineStr"><is><t{keep}>{safe}</t></is></c>'


def _number(value: int | float | Decimal, style: int) -> str:
    if isinstance(value, int):
        if abs(value) >= MAX_EXACT_INTEGER:
            return _text(str(value), style)
        return f' s="{style}"><v>{value}</v></c>'
    if not math.isfinite(value):
        return _text(str(value), style)
    # A float is written as it is held, an amount as it stands.
    shown = repr(value) if isinstance(value, float) else str(value)
    return f' s="{style}"><v>{shown}</v></c>'
