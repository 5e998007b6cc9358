"""Which part of an amount is billed: columns that say it in percent, or as a part of one."""

import re
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from converter.brazil import numerals
from converter.mapping.header_words import is_share, may_be_share
from converter.mapping.rows import Column
from converter.model.cells import Percent, RawValue

Numbers = Sequence[Decimal | None]
"""What the cells of a column count, None where one counts nothing."""
_ONE, _HUNDRED = Decimal(1), Decimal(100)
_HOUR = timedelta(hours=1)
_COUNT = re.compile(r"\s*(\d{1,6}(?:,\d{1,2})?)\s*[^\W\d_]*\.?\s*")
"""A number with the name of what is counted: `10 h`."""


def says_a_share(header: str, column: Column) -> bool:
    """Whether a column says of each row which part of its amount is billed."""
    return is_share(header) or (may_be_share(header) and _are_shares(numbers_of(column)))


def _are_shares(numbers: Numbers) -> bool:
    """Whether numbers are parts of wholes: of one or a hundred, one of them whole or all adding up.

    `0,6`, `0,4`, `1` and `60`, `40` are; `2`, `5` and `3` are rates, counts or amounts.
    """
    there = [number for number in numbers if number is not None]
    top = max(there, default=_ONE)
    whole = _ONE if top <= 1 else _HUNDRED
    parts_of_it = min(there, default=whole) >= 0 and any(0 < one < whole for one in there)
    return parts_of_it and (top == whole or (top < whole and sum(there) % whole == 0))


def numbers_of(column: Column) -> Numbers:
    """What each cell of a column counts; `60%` is a part of one, an hour is one."""
    order = numerals.convention(column)
    keys = [(type(value), value) for value in column]
    read = {key: _number(key[1], order) for key in set(keys)}
    return [read[key] for key in keys]


def _number(value: RawValue, order: numerals.Convention) -> Decimal | None:
    if isinstance(value, Percent):
        return Decimal(repr(value.fraction))
    if isinstance(value, timedelta):
        return Decimal(repr(value / _HOUR))
    if isinstance(value, str) and (found := _COUNT.fullmatch(value)):
        return Decimal(found[1].replace(",", "."))
    if isinstance(value, str) and value.rstrip().endswith("%"):
        share = numerals.number(value.rstrip().removesuffix("%"), order).value
        return None if share is None else share / _HUNDRED
    return numerals.number(value, order).value
