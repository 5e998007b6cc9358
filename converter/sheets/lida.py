"""The rows as read, cell by cell at their own address, for sources that are no xlsx package."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import overload

from converter.model.cells import Fault, Percent, RawSheet, RawValue
from converter.workbook.folha import MAX_ROWS, Coluna, Folha, Valor

_EXCEL_SHOWS = 1e11


def as_read(sheet: RawSheet, name: str, start: int = 0) -> Folha:
    """The sheet's rows from the zero-based `start` on, as many as fit."""
    rows = sheet.rows[start : start + MAX_ROWS]
    width = max(map(len, rows), default=0)
    columns = [read_column(_Across(rows, index)) for index in range(width)]
    return Folha(
        name,
        colunas=tuple(columns),
        com_titulo=False,
        congelar=False,
        filtro=False,
        mostrar_grade=True,
    )


class _Across(Sequence[RawValue]):
    """A column of rows, made anew where it is asked for: all of them at once are a second copy."""

    def __init__(self, rows: Sequence[Sequence[RawValue]], index: int) -> None:
        self._rows = rows
        self._index = index

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[RawValue]:
        return iter(self[:])

    @overload
    def __getitem__(self, place: int) -> RawValue: ...
    @overload
    def __getitem__(self, place: slice) -> list[RawValue]: ...
    def __getitem__(self, place: int | slice) -> RawValue | list[RawValue]:
        index = self._index
        if isinstance(place, int):
            row = self._rows[place]
            return row[index] if index < len(row) else None
        return [row[index] if index < len(row) else None for row in self._rows[place]]


def read_column(values: Sequence[RawValue]) -> Coluna:
    """A column of raw values, each shown whole; blanks look like their neighbours."""
    kinds = set(map(type, values))
    sample = values[:200]
    width = min(max((len(str(value)) for value in sample if value is not None), default=8), 48)
    if kinds <= {str, type(None)}:
        style = "lidoquebra" if any(value and "\n" in value for value in values) else "lidotexto"  # type: ignore[operator]  # just checked
        return Coluna("", values, style, width + 3)  # type: ignore[arg-type]  # just checked
    shown: list[Valor] = []
    styles: list[str | None] = []
    for value in values:
        cell, style_name = _shown(value)
        shown.append(cell)
        styles.append(style_name)
    return Coluna("", shown, _usual(shown, styles), width + 3, estilos=styles)


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
