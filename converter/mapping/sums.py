"""Which column only adds up those beside it: what is withheld in all, the total of a row."""

from collections.abc import Sequence
from itertools import zip_longest

from converter.brazil import money
from converter.mapping.rows import Column
from converter.mapping.value_kinds import is_number
from converter.model.cells import Fault, RawValue, is_blank

Cents = Sequence[int | None]
"""The amounts of a column in cents of R$, nought where blank; None where an error stands."""
_FEWEST = 2
"""Columns that make a sum, and rows in which it must come out."""
_ROUNDING = 2
"""Cents that rounding may leave."""


def cents(column: Column) -> Cents | None:
    """The amounts of a column; None where one of its texts is no amount."""
    order = money.convention(column)
    read = {value: _cents(value, order) for value in set(column)}
    if any(found is None and not isinstance(value, Fault) for value, found in read.items()):
        return None
    return [read[value] for value in column]


def _cents(value: RawValue, order: money.Convention) -> int | None:
    if is_blank(value):
        return 0
    if is_number(value):
        return round(100 * value)
    found = money.parse(value, order).value
    return None if found is None else round(100 * found)


def adds_up(total: Cents, parts: Sequence[Cents]) -> bool:
    """Whether each amount of `total` is the sum of those beside it in `parts`, where any is."""
    if len(parts) < _FEWEST:
        return False
    rows = 0
    for whole, *amounts in zip_longest(total, *parts, fillvalue=0):
        if whole is None or None in amounts or not any(amounts):
            continue
        if abs(sum(filter(None, amounts)) - whole) > _ROUNDING:
            return False
        rows += bool(whole)
    return rows >= _FEWEST


def is_mixed(parts: Sequence[Cents]) -> bool:
    """Whether a row has an amount in every one of `parts`: else their sum is always one of them."""
    return any(map(all, zip_longest(*parts)))
