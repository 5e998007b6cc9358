"""The rows as read, cell by cell at their own address, for sources that are no xlsx package."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import zip_longest

from converter.model.cells import Fault, Percent, RawSheet, RawValue
from converter.model.lazy import LazySequence
from converter.workbook.new_sheet import MAX_ROWS, NewColumn, NewSheet, Valor

_EXCEL_SHOWS = 1e11
_TEXT: set[type] = {str, type(None)}
_BLOCK = 2_000


def as_read(sheet: RawSheet, name: str, start: int = 0) -> NewSheet:
    """The sheet's rows from the zero-based `start` on, as many as fit."""
    table = _Table(sheet.rows[start : start + MAX_ROWS])
    return NewSheet(
        name,
        colunas=tuple(
            _texts(values, breaks=breaks) if kinds <= _TEXT else read_column(values[:])
            for values, (kinds, breaks) in zip(table.columns(), table.looks(), strict=True)
        ),
        com_titulo=False,
        mostrar_grade=True,
    )


class _Table:
    """Rows seen as columns, a block at a time: a copy of all of them is a fifth of a large file."""

    def __init__(self, rows: Sequence[Sequence[RawValue]]) -> None:
        self.rows = rows
        self._width = max(map(len, rows), default=0)
        self._last: tuple[int, int, Sequence[Sequence[RawValue]]] = (0, 0, ())

    def columns(self) -> list["_Across"]:
        """All columns, made anew where they are asked for."""
        return [_Across(self, index) for index in range(self._width)]

    def block(self, start: int, stop: int) -> Sequence[Sequence[RawValue]]:
        """The columns of some rows; all are asked for the same rows one after the other."""
        if self._last[:2] != (start, stop):
            # A row as wide as the table sees to it that no column is missing.
            across = list(zip_longest(*self.rows[start:stop], [None] * self._width))
            self._last = (start, stop, [column[:-1] for column in across])
        return self._last[2]

    def looks(self) -> list[tuple[set[type], bool]]:
        """Of each column the types of its values, and whether a text of it has line breaks."""
        kinds: list[set[type]] = [set() for _ in range(self._width)]
        breaks = [False] * self._width
        for start in range(0, len(self.rows), _BLOCK):
            for index, values in enumerate(self.block(start, start + _BLOCK)):
                kinds[index].update(map(type, values))
                if kinds[index] <= _TEXT and not breaks[index]:
                    breaks[index] = "\n" in "".join(filter(None, values))  # type: ignore[arg-type]  # just checked
        return list(zip(kinds, breaks, strict=True))


class _Across(LazySequence[RawValue]):
    """A column of a table."""

    def __init__(self, table: _Table, index: int) -> None:
        self._table = table
        self._index = index

    def __len__(self) -> int:
        return len(self._table.rows)

    def part(self, start: int, stop: int) -> Sequence[RawValue]:
        """The values of some rows."""
        return self._table.block(start, stop)[self._index]


def read_column(values: Sequence[RawValue]) -> NewColumn:
    """A column of raw values, each shown whole; blanks look like their neighbours."""
    if set(map(type, values)) <= _TEXT:
        return _texts(values, breaks=any(value and "\n" in value for value in values))  # type: ignore[operator]  # just checked
    shown: list[Valor] = []
    styles: list[str | None] = []
    for value in values:
        cell, style_name = _shown(value)
        shown.append(cell)
        styles.append(style_name)
    return NewColumn("", shown, _usual(shown, styles), _width(values), estilos=styles)


def _texts(values: Sequence[RawValue], *, breaks: bool) -> NewColumn:
    """A column of texts and blanks."""
    style = "lidoquebra" if breaks else "lidotexto"
    return NewColumn("", values, style, _width(values))  # type: ignore[arg-type]  # texts are both


def _width(values: Sequence[RawValue]) -> int:
    sample = values[:200]
    return 3 + min(max((len(str(value)) for value in sample if value is not None), default=8), 48)


def _usual(shown: Sequence[Valor], styles: Sequence[str | None]) -> str:
    """The style of the column's plain numbers and blanks: what most of its cells are."""
    named = Counter(style for style in styles if style).most_common(1)
    if named and named[0][1] * 2 > len(styles):
        return named[0][0]
    broken = [value for value in shown if isinstance(value, float) and not value.is_integer()]
    cents = all(round(value, 2) == value for value in broken)
    return "lidovalor" if broken and cents else "lido"


def _shown(value: RawValue) -> tuple[Valor, str | None]:
    """A value as Excel will hold it, and the style that shows it whole."""
    match value:
        case str():
            shown: tuple[Valor, str | None] = value, "lidotexto"
        case Fault():
            shown = value.text, "lidotexto"
        case Percent():
            shown = value.fraction, "lidopercentual"
        case datetime():
            shown = value.replace(tzinfo=None), "lidomomento"
        case date():
            shown = value, "lidodata"
        case time():
            seconds = value.hour * 3600 + value.minute * 60 + value.second
            shown = seconds / 86_400, "lidohora"
        case timedelta():
            shown = value / timedelta(days=1), "lidohora"
        case float() if value.is_integer():
            shown = int(value), "lidoinexato" if abs(value) >= _EXCEL_SHOWS else None
        case _:
            shown = value, None
    return shown
