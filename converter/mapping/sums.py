"""Which column only adds up those beside it: what is withheld in all, the total of a row."""

from collections.abc import Sequence
from functools import cached_property
from itertools import zip_longest

from converter.brazil import money
from converter.mapping.rows import Column
from converter.mapping.value_kinds import is_number
from converter.model.cells import Fault, RawValue, is_blank

Cents = Sequence[int | None]
"""Amounts in cents of R$, nought where blank; None where an error stands."""
_FEWEST = 2
"""Columns that make a sum, and rows in which it must come out."""
_ROUNDING = 2
"""Cents that rounding may leave."""
_GLANCE = 24
"""Rows read first: what does not add up in them is not looked at further."""


class Amounts:
    """The amounts of a column, read as far as they are asked for."""

    def __init__(self, column: Column) -> None:
        self._column = column

    @cached_property
    def first(self) -> Cents | None:
        """Those of the first rows; None where one of the texts is no amount."""
        return _cents(self._column[:_GLANCE])

    @cached_property
    def all(self) -> Cents | None:
        """Those of every row, likewise."""
        return _cents(self._column)


def adds_up(total: Amounts, parts: Sequence[Amounts]) -> bool:
    """Whether each amount of `total` is the sum of those beside it in `parts`, where any is."""
    if len(parts) < _FEWEST or _sums([total.first, *[part.first for part in parts]]) is None:
        return False
    return (_sums([total.all, *[part.all for part in parts]]) or 0) >= _FEWEST


def is_mixed(parts: Sequence[Amounts]) -> bool:
    """Whether a row has an amount in every one of `parts`: else their sum is always one of them."""
    return any(map(all, zip_longest(*[part.all or () for part in parts])))


def _sums(columns: Sequence[Cents | None]) -> int | None:
    """In how many rows the first of the columns is the sum of the others; None where it is not."""
    read = [column for column in columns if column is not None]
    if len(read) < len(columns):
        return None
    rows = 0
    for whole, *amounts in zip_longest(*read, fillvalue=0):
        if whole is None or None in amounts or not any(amounts):
            continue
        if abs(sum(filter(None, amounts)) - whole) > _ROUNDING:
            return None
        rows += bool(whole)
    return rows


def _cents(column: Column) -> Cents | None:
    order = money.convention(column)
    read = {value: _amount(value, order) for value in set(column)}
    if any(found is None and not isinstance(value, Fault) for value, found in read.items()):
        return None
    return [read[value] for value in column]


def _amount(value: RawValue, order: money.Convention) -> int | None:
    if is_blank(value):
        return 0
    if is_number(value):
        return round(100 * value)
    found = money.parse(value, order).value
    return None if found is None else round(100 * found)
