"""Which column only adds up those beside it: what is withheld in all, the total of a row."""

from collections.abc import Sequence
from itertools import zip_longest

from converter.brazil import money
from converter.mapping.rows import Column
from converter.mapping.value_kinds import is_number
from converter.model.cells import RawValue, is_blank

Cents = Sequence[int | None]
"""The amounts of a column in cents of R$, None where it is blank."""
_FEWEST = 2
"""Columns that make a sum, and rows in which it must come out."""
_ROUNDING = 2
"""Cents that rounding may leave."""


def cents(column: Column) -> Cents | None:
    """The amounts of a column; None where a cell that is not blank is no amount."""
    order = money.convention(column)
    read = {value: _cents(value, order) for value in set(column) if not is_blank(value)}
    return None if None in read.values() else [read.get(value) for value in column]


def _cents(value: RawValue, order: money.Convention) -> int | None:
    if is_number(value):
        return round(100 * value)
    found = money.parse(value, order).value
    return None if found is None else round(100 * found)


def adds_up(total: Cents, parts: Sequence[Cents]) -> bool:
    """Whether each amount of `total` is the sum of the amounts beside it in `parts`."""
    if len(parts) < _FEWEST:
        return False
    rows = 0
    for whole, *amounts in zip_longest(total, *parts):
        if whole is None:
            continue
        if abs(sum(filter(None, amounts)) - whole) > _ROUNDING:
            return False
        rows += 1
    return rows >= _FEWEST and any(total)


def is_mixed(parts: Sequence[Cents]) -> bool:
    """Whether rows enough have an amount in every one of `parts`: else their sum is one of them."""
    return sum(map(all, zip_longest(*parts))) >= _FEWEST
