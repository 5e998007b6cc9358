"""A text file of commas whose amounts were written with a decimal comma and without quotes.

Then every row has as many cells too many as it has amounts, and each amount stands in two.
"""

import re
from collections.abc import Sequence
from itertools import combinations

from converter.model.cells import RawValue, is_blank

Row = tuple[RawValue, ...]
_WHOLE = re.compile(r"-?(?:R\$ ?)?[0-9]{1,12}(?:\.[0-9]{3}){0,4}|[0-9]{1,12}%?")
_CENTS = re.compile(r"[0-9]{1,2}%?")
_MOST = 4
_LEAST_ROWS = 2
"""Rows below which it may as well be a slip; such rows are held one by one."""


def decimal_commas(rows: list[Row], separator: str) -> tuple[list[Row], tuple[int, ...]]:
    """The rows with their amounts joined again, and the columns, from 0, of these amounts.

    Only where every row has the same cells too many and one way alone to join them, so that the
    person can be asked once. Any other file comes back as it was.
    """
    head = _header_of(rows) if separator == "," else None
    if head is None:
        return rows, ()
    body = [row for row in rows[head + 1 :] if _filled(row) > 1]
    columns = _columns_parted(body, len(rows[head]))
    if not columns:
        return rows, ()
    joined = [_joined(row, columns) if len(row) == len(body[0]) else row for row in rows]
    return joined, columns


def _columns_parted(body: Sequence[Row], width: int) -> tuple[int, ...]:
    """The columns whose amounts are parted in every row, none where they could be others too."""
    more = len(body[0]) - width if body else 0
    if len(body) < _LEAST_ROWS or not 0 < more <= _MOST:
        return ()
    cells = range(width)
    fits = [
        {at for at in cells if all(_parted(row, at + before) for row in body)}
        for before in range(more)
    ]
    found = [
        columns
        for columns in combinations(sorted(set().union(*fits)), more)
        if all(at in fit for at, fit in zip(columns, fits, strict=True))
    ]
    return found[0] if len(found) == 1 else ()


def _header_of(rows: Sequence[Row]) -> int | None:
    """The last row with fewer cells than all that have something below it."""
    width = 0
    for place in range(len(rows) - 1, -1, -1):
        row = rows[place]
        if _filled(row) < 2:
            continue
        width = width or len(row)
        if len(row) != width:
            return place if len(row) < width else None
    return None


def _filled(row: Row) -> int:
    return len(row) - sum(map(is_blank, row))


def _parted(row: Row, at: int) -> bool:
    """Whether the cell there and the next are an amount parted at its comma."""
    whole, cents = row[at], row[at + 1] if at + 1 < len(row) else None
    return (
        isinstance(whole, str)
        and isinstance(cents, str)
        and _WHOLE.fullmatch(whole.lstrip()) is not None
        and _CENTS.fullmatch(cents.rstrip()) is not None
    )


def _joined(row: Row, columns: Sequence[int]) -> Row:
    cells: list[RawValue] = []
    at = 0
    for column in range(len(row) - len(columns)):
        if column in columns:
            cells.append(f"{row[at]},{row[at + 1]}")
            at += 1
        else:
            cells.append(row[at])
        at += 1
    return tuple(cells)
