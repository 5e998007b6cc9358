"""Which column only adds up others: the total of what is withheld, beside what is withheld."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from converter.brazil import money
from converter.mapping.rows import Column
from converter.model.cells import RawValue, is_blank

_FEWEST = 2
"""Columns that make a sum, and rows in which it must come out."""
_CENT = Decimal("0.02")
"""What rounding may leave."""


def adds_up(total: Column, parts: Collection[Column]) -> bool:
    """Whether each amount of `total` is the sum of the amounts beside it in `parts`."""
    rows = [at for at, value in enumerate(total) if not is_blank(value)]
    if len(parts) < _FEWEST or len(rows) < _FEWEST:
        return False
    sums = [_amounts([part[at] for part in parts]) for at in rows]
    said = _amounts([total[at] for at in rows])
    if said is None or not any(said):
        return False
    return all(
        one is not None and abs(sum(one) - whole) <= _CENT
        for one, whole in zip(sums, said, strict=True)
    )


def _amounts(values: Sequence[RawValue]) -> list[Decimal] | None:
    """What the cells say, nought where they are blank; None where one is no amount."""
    order = money.convention(values)
    read = [Decimal(0) if is_blank(one) else money.parse(one, order).value for one in values]
    return None if None in read else [one for one in read if one is not None]
