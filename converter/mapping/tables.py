"""Tables that are not one row a note: two side by side, or one column a month."""

import re
from collections.abc import Sequence

from converter.brazil.headers import fold
from converter.mapping.header import HeaderCell
from converter.model.cells import RawSheet, is_blank

_MONTHS = (
    "janeiro", "fevereiro", "marco", "abril", "maio", "junho", "julho", "agosto", "setembro",
    "outubro", "novembro", "dezembro",
)  # fmt: skip
_NAMES = "|".join((*_MONTHS, *(name[:3] for name in _MONTHS)))
_MONTH = re.compile(rf"({_NAMES})(20)?(\d\d)?|(0?[1-9]|1[0-2])20\d\d|20\d\d(0[1-9]|1[0-2])\d*")
_FEWEST = 3
_SHARED = 0.8
_ROWS = 40


def months(cells: Sequence[HeaderCell]) -> tuple[int, ...]:
    """The columns headed by a month, where there are at least two: one amount a month."""
    found = tuple(cell.index for cell in cells if _MONTH.fullmatch(cell.folded))
    return found if len(found) > 1 else ()


def second_table(cells: Sequence[HeaderCell], sheet: RawSheet, row: int) -> tuple[int, ...]:
    """The columns of a table beside the first: the same headers again, beyond an empty column."""
    last = max((cell.index for cell in cells), default=0)
    taken = {cell.index for cell in cells}
    below = sheet.rows[row : row + _ROWS]
    for gap in range(1, last):
        if gap in taken or any(gap < len(line) and not is_blank(line[gap]) for line in below):
            continue
        left = {fold(cell.column.header) for cell in cells if cell.index < gap}
        right = [cell for cell in cells if cell.index > gap]
        shared = sum(fold(cell.column.header) in left for cell in right)
        if shared >= max(_FEWEST, _SHARED * len(right)) and len(left) >= _FEWEST:
            return tuple(cell.index for cell in right)
    return ()
