"""The grid that the distinct values of a sheet make, once each is told where it stands."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, repeat
from operator import add, call, itemgetter

from converter.model.cells import RawValue
from converter.model.lazy import LazySequence


@dataclass(frozen=True, slots=True)
class CodedRows:
    """Rows of a sheet in their order, each with at least one cell.

    `codes` tell which of the distinct `values` each cell of the rows has, row after row; `columns`
    are those of each row's cells, from 1, in their order; `numbers` the rows' in Excel.
    """

    values: Sequence[RawValue]
    codes: Sequence[int]
    columns: Sequence[tuple[int, ...]]
    numbers: Sequence[int]


class GridRows(LazySequence[Sequence[RawValue]]):
    """The rows from row 1, without the blanks behind and below the last value of all.

    They are as wide as the widest, but where a far cell makes a sheet mostly empty. What travels
    from process to process are the parts; the rows are put in their places when one is asked for.
    """

    def __init__(self, parts: Iterable[CodedRows]) -> None:
        self.parts = tuple(parts)

    def __len__(self) -> int:
        return len(self._placed)

    def part(self, start: int, stop: int) -> Sequence[Sequence[RawValue]]:
        """Some of the rows."""
        return self._placed[start:stop]

    @cached_property
    def _placed(self) -> list[tuple[RawValue, ...]]:
        return placed(self.parts)


def placed(parts: Iterable[CodedRows]) -> list[tuple[RawValue, ...]]:
    """The rows of parts of one sheet, each in its place."""
    rows: list[tuple[RawValue, ...]] = []
    above = 0
    for part in parts:
        for number, found in zip(part.numbers, _spread(part), strict=True):
            row = _without_blanks(found) if found[-1] == "" else found
            if row:
                rows += [()] * (number - 1 - above)
                rows += (row,)
                above = number
    lengths = [*map(len, rows)]
    width = max(lengths, default=0)
    if sum(lengths) * 8 < len(rows) * width:
        return rows
    return [
        row if length == width else (*row, *[""] * (width - length))
        for row, length in zip(rows, lengths, strict=True)
    ]


def _spread(part: CodedRows) -> Iterable[tuple[RawValue, ...]]:
    """The rows of a part, each from column A to the last of its cells, without a loop of ours."""
    cells = map(part.values.__getitem__, part.codes)
    own = map(tuple, map(islice, repeat(cells), map(len, part.columns)))
    spread = {columns: _spreading(columns) for columns in {*part.columns}}
    # With a blank behind its cells, for the columns that have none.
    return map(call, map(spread.__getitem__, part.columns), map(add, own, repeat(("",))))


def _spreading(
    columns: Sequence[int],
) -> Callable[[tuple[RawValue, ...]], tuple[RawValue, ...]]:
    """What makes a row of the values of these columns and a blank."""
    if columns[-1] == 1:
        return itemgetter(slice(1))
    places = [-1] * columns[-1]
    for place, column in enumerate(columns):
        places[column - 1] = place
    return itemgetter(*places)


def _without_blanks(row: tuple[RawValue, ...]) -> tuple[RawValue, ...]:
    end = len(row)
    while end and row[end - 1] == "":
        end -= 1
    return row[:end]
