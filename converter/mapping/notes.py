"""The notes of a sheet: the rows below its header that are notes, column by column."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from converter.brazil.headers import fold
from converter.mapping.headings import is_heading
from converter.mapping.instructions import instructions
from converter.mapping.match import Fit
from converter.mapping.rows import Column, Rows, below, sort_rows
from converter.mapping.sense import VALOR
from converter.mapping.surplus import held, surplus
from converter.model.address import letters_of
from converter.model.cells import Range, RawSheet, RawValue, is_blank
from converter.schemas.catalogue import Kind, kind_of

_ABOVE = 4
_AMOUNTS = (Kind.MONEY, Kind.RATE, Kind.DECIMAL)


@dataclass(frozen=True, slots=True)
class Notes:
    """`columns` start at A and have one value per note, `numbers` are the notes' Excel rows.

    `rows` says what became of every row below the header; `merged` are the ranges merged downwards
    (`B3:B5`) whose value each of their rows was given.
    """

    columns: Sequence[Column]
    numbers: Sequence[int]
    rows: Rows
    merged: tuple[str, ...]

    def repeated(
        self, rows: Collection[int], indexes: Collection[int]
    ) -> Mapping[int, Mapping[int, RawValue]]:
        """What the row above says in the blank cells of some columns: by Excel row, then column.

        Only of the Excel `rows`; the row above may itself be one that does not go.
        """
        columns = {index: self.columns[index] for index in indexes if index < len(self.columns)}
        found: dict[int, dict[int, RawValue]] = {}
        for at, row in enumerate(self.numbers):
            if row in rows and at:
                above = found.get(self.numbers[at - 1], {})
                blank = {i: each for i, each in columns.items() if is_blank(each[at])}
                found[row] = {i: above.get(i, each[at - 1]) for i, each in blank.items()}
        return found

    def filled(self, cells: Mapping[int, Mapping[int, RawValue]]) -> "Notes":
        """The notes with these values in their cells, by Excel row and column."""
        columns = list(self.columns)
        for index in {index for own in cells.values() for index in own}:
            each = zip(self.numbers, columns[index], strict=True)
            columns[index] = [cells.get(row, {}).get(index, value) for row, value in each]
        return replace(self, columns=columns)

    def without(self, dropped: Collection[int]) -> "Notes":
        """The notes but for those in the Excel rows `dropped`."""
        if not dropped:
            return self
        kept = [i for i, row in enumerate(self.numbers) if row not in dropped]
        return replace(
            self,
            columns=[[column[i] for i in kept] for column in self.columns],
            numbers=[self.numbers[i] for i in kept],
        )


def notes_below(sheet: RawSheet, fit: Fit) -> Notes:
    """The notes below the header of `fit`; a row with more cells than the header is a fault."""
    first = fit.header.row + 1
    used, amounts = _used(fit)
    columns = below(sheet, fit.header.row)
    merged = unmerge(columns, sheet.merged, first)
    rows = sort_rows(
        columns,
        used=used,
        identity=[index for index in used if index not in amounts],
        amounts=amounts,
        header=[
            [(cell.index, cell.folded) for cell in fit.header.cells if cell.folded],
            *_lines_above(sheet, fit.header.row),
        ],
        instructions=instructions(sheet.rows[fit.header.row :]),
        is_heading=is_heading,
    )
    numbers: Sequence[int] = range(first, first + len(rows.notes))
    if not isinstance(rows.notes, range):
        columns = [[column[i] for i in rows.notes] for column in columns]
        numbers = [first + i for i in rows.notes]
    too_wide = surplus(sheet, fit.header.row, columns, amounts)
    if too_wide:
        columns = held(columns, too_wide, used)
    return Notes(columns, numbers, rows, merged)


def _lines_above(sheet: RawSheet, header_row: int) -> Iterator[list[tuple[int, str]]]:
    """Column and folded text of each cell of the rows over the header that have two or more."""
    for row in sheet.rows[max(0, header_row - _ABOVE) : header_row]:
        texts = [(at, fold(cell)) for at, cell in enumerate(row) if isinstance(cell, str)]
        line = [(at, text) for at, text in texts if text]
        if len(line) > 1:
            yield line


def unmerge(columns: Sequence[Column], merged: Sequence[Range], first: int) -> tuple[str, ...]:
    """Give every row of a cell merged downwards its value; the ranges this was done in."""
    done = []
    for top, left, bottom, _ in merged:
        if top < first or bottom == top or left > len(columns):
            continue
        column = columns[left - 1]
        last = min(bottom - first, len(column) - 1)
        if not isinstance(column, list) or is_blank(column[top - first]):
            continue
        for index in range(top - first + 1, last + 1):
            column[index] = column[top - first]
        done.append(f"{letters_of(left)}{top}:{letters_of(left)}{bottom}")
    return tuple(done)


def _used(fit: Fit) -> tuple[Sequence[int], Sequence[int]]:
    """The columns that fill fields, the note's total first, and those of them with amounts.

    Where none does yet, every column tells the rows: what they are is about to be asked.
    """
    kinds: dict[int, Kind] = {}
    for path, cells in sorted(dict(fit.claims).items(), key=lambda claim: claim[0] != VALOR):
        for cell in cells:
            kinds.setdefault(cell.index, kind_of(path))
    every = [cell.index for cell in fit.header.cells]
    return list(kinds) or every, [index for index, kind in kinds.items() if kind in _AMOUNTS]
