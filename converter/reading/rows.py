"""Rows put together cell by cell, for the formats read from markup."""

from collections.abc import Sequence

from converter.model.cells import Range, RawSheet, RawValue
from converter.reading.formats import clock, has_zone
from converter.reading.limits import EXCEL_COLUMNS, EXCEL_ROWS, Limits
from converter.reading.refusal import too_extensive

_FILLED = 8
_WIDE = 100


class Room:
    """What may still be held of one book, all its sheets together.

    Few bytes can ask for many cells: blank ones before a far one, and repeated ones. Either has a
    share of its own.
    """

    def __init__(self, limits: Limits) -> None:
        self._cells = limits.cells
        self._sparse = limits.sparse_cells
        self._repeated = limits.repeated_cells

    def take(self, cells: Sequence[RawValue], times: int, blank: int) -> bool:
        """Whether there was room for a row, so many times, below so many blank ones."""
        self._cells -= len(cells) * times
        self._repeated -= len(cells) * (times - 1)
        self._sparse -= blank
        if (len(cells) - cells.count(None)) * _FILLED < len(cells):
            self._sparse -= len(cells) * times
        return min(self._cells, self._sparse, self._repeated) >= 0

    def skip(self, blank: int) -> bool:
        """Whether there was room for so many blank cells."""
        self._sparse -= blank
        return self._sparse >= 0

    def repeat(self, times: int) -> bool:
        """Whether there was room for a cell said once and repeated across."""
        self._repeated -= max(times - _WIDE, 0)
        return self._repeated >= 0


class RowBuilder:
    """Rows from row 1, with the blank ones a file only counts, within what may be held."""

    def __init__(self, planilha: str, room: Room) -> None:
        self._planilha = planilha
        self._room = room
        self._blank = 0
        self._merged: list[Range] = []
        self._hidden: list[tuple[int, int, bool]] = []
        self._zoned: set[int] = set()
        self.rows: list[Sequence[RawValue]] = []

    @property
    def next_row(self) -> int:
        """The Excel row the next call adds."""
        return len(self.rows) + self._blank + 1

    def skip(self, count: int) -> None:
        """Blank rows; they only exist if something follows them."""
        self._blank += count

    def add(self, cells: list[RawValue], times: int = 1) -> None:
        """A row, as many times as the file repeats it. Blank cells at its end are dropped.

        Raises:
            FileRefused: `planilha-extensa`.
        """
        while cells and (cells[-1] is None or cells[-1] == ""):
            cells.pop()
        if not cells:
            self.skip(times)
            return
        last = self.next_row + times - 1
        beyond = last > EXCEL_ROWS or len(cells) > EXCEL_COLUMNS
        if beyond or not self._room.take(cells, times, self._blank):
            raise too_extensive(self._planilha, last, len(cells))
        self.rows.extend([()] * self._blank)
        self._blank = 0
        self.rows.extend([cells] * times)

    def merge(self, column: int, across: int, down: int) -> None:
        """The cell of that column in the next row covers so many columns and rows, itself too."""
        if across > 1 or down > 1:
            top = self.next_row
            self._merged.append((top, column, top + down - 1, column + across - 1))

    def hide(self, times: int = 1, *, filtered: bool = False) -> None:
        """The next row, and as many as the file repeats it, are not shown."""
        self._hidden.append((self.next_row, self.next_row + times, filtered))

    def moment(self, column: int, text: str) -> RawValue:
        """A cell of that column typed as a date, by the clock; its zone mark is only remembered.

        Raises:
            ValueError: It is no date.
        """
        if has_zone(text):
            self._zoned.add(column)
        return clock(text)

    def sheet(self, *, visible: bool = True) -> RawSheet:
        """What was put together. What lies below the last row with content is no part of it."""
        last = len(self.rows)
        hidden, filtered = (
            frozenset(
                row
                for first, end, by_filter in self._hidden
                if by_filter or not only_filtered
                for row in range(first, min(end, last + 1))
            )
            for only_filtered in (False, True)
        )
        merged = tuple(one for one in self._merged if one[0] <= last)
        zoned = frozenset(self._zoned)
        return RawSheet(self._planilha, self.rows, visible, merged, hidden, filtered, zoned)
