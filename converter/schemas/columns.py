"""A column of a sheet as a pandas Categorical: what is done is done once for each category."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Any, TypeAlias, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from converter.model.cells import RawValue
from converter.schemas.field import Kind

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")

Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]
Ints = NDArray[np.int64]
Objects = NDArray[np.object_]
Series: TypeAlias = "pd.Series[Any]"
Column: TypeAlias = pd.Categorical | Objects
"""One exact Python value per row: text, Decimal, bool, int or date; none where it is missing."""

SCALES = {Kind.MONEY: 2, Kind.RATE: 6, Kind.DECIMAL: 6, Kind.INTEGER: 0}
"""Decimal places kept when a number becomes an integer for exact arithmetic in columns."""

_NUMBERS = (Decimal, int)

BEYOND = 2**62
"""Stands for a number too large for the column; no limit of the catalogue is above it."""


def column(typed: Sequence[Hashable], codes: Rows) -> Column:
    """Lay out a column from values, which may be equal or None, and each row's place (-1 is none).

    Categories must differ: where values are equal to Python and yet written in two ways, as one
    instant in two time zones, the column stays one object per row.
    """
    found = dict.fromkeys(typed)
    found.pop(None, None)
    if _written_in_more_ways(typed, len(found)):
        return objects([*typed, None])[codes]
    if len(found) < len(typed):
        number = {value: place for place, value in enumerate(found)}
        codes = np.array([*(number.get(value, -1) for value in typed), -1], dtype=np.intp)[codes]
    categories = pd.Index(objects(found), dtype=object, tupleize_cols=False)
    return pd.Categorical.from_codes(codes, categories=categories)


def _written_in_more_ways(typed: Sequence[Hashable], distinct: int) -> bool:
    """Tell whether two values are equal and yet not written alike, of another type or zone."""
    types = set(map(type, typed)) - {type(None)}
    if datetime in types:
        moments = [value for value in typed if isinstance(value, datetime)]
        zones = {(moment.tzinfo, moment.fold) for moment in moments}
        return len(zones) > 1 and len({(one, one.utcoffset()) for one in moments}) > distinct
    ways = ((type(value), value) for value in typed if value is not None)
    return len(types) > 1 and len(set(ways)) > distinct


def apart(values: "Column | Series") -> tuple[list[Any], Rows]:
    """Take a column apart: its distinct values, and for every row which it holds, -1 for none."""
    array = values.array if isinstance(values, pd.Series) else values
    if isinstance(array, pd.Categorical):
        return array.categories.to_numpy().tolist(), array.codes
    listed = np.asarray(array, dtype=object)
    there = ~pd.isna(listed)
    return listed[there].tolist(), np.where(there, np.cumsum(there) - 1, -1)


def per_row(values: "Column | Series", function: Callable[[Any], Any] | None = None) -> Objects:
    """Give what each row holds, or what the function makes of it; None where it holds nothing."""
    distinct, codes = apart(values)
    return objects([*(map(function, distinct) if function else distinct), None])[codes]


def each(values: "Column | Series", function: Callable[[Any], Made]) -> list[Made]:
    """What the function makes of every row's value, None where it has none."""
    distinct, codes = apart(values)
    return spread([*map(function, distinct), function(None)], codes)


def spread(made: Sequence[Made], codes: Rows) -> list[Made]:
    """For each code what was made of the value it stands for; -1 is the last."""
    found: list[Made] = objects(made)[codes].tolist()
    return found


def distinct(values: Sequence[RawValue]) -> tuple[list[RawValue], Rows]:
    """Take raw cells apart. `True` and `1` are equal to Python and are kept apart here.

    Once through the values and no more: a large column is in no cache, and each time it is walked
    costs as much as all the rest.
    """
    found, codes = numbered(values)
    if (0 in found or 1 in found) and _mixed(set(map(type, values))):
        pairs, codes = numbered(list(zip(map(type, values), values, strict=True)))
        return [value for _, value in pairs], codes
    return list(found), codes


def _mixed(types: Collection[type]) -> bool:
    return bool in types and (int in types or float in types)


def numbered(keys: Sequence[Key]) -> tuple[Mapping[Key, int], Rows]:
    """Each distinct key with its number in order of appearance, and the number of every key."""
    numbers: defaultdict[Key, int] = defaultdict(count().__next__)
    codes = np.fromiter(map(numbers.__getitem__, keys), np.intp, len(keys))
    return numbers, codes


def pairs(first: Rows, second: Rows) -> tuple[Rows, Rows, Rows]:
    """Give the distinct pairs of two columns of codes from 0: their first, second, and codes."""
    width = int(second.max(initial=0)) + 1
    unique, codes = np.unique(first * width + second, return_inverse=True)
    return unique // width, unique % width, codes


def scale(value: object, places: int) -> int:
    """Give a number as an integer of that many decimal places, `BEYOND` where it is too large.

    Parsers keep at most that many decimals, so that nothing is cut off.
    """
    if not isinstance(value, _NUMBERS):
        return 0
    scaled = int(Decimal(value).scaleb(places))
    return scaled if -BEYOND < scaled < BEYOND else BEYOND if scaled > 0 else -BEYOND


def objects(values: Iterable[object]) -> Objects:
    """Give values as an array of Python objects, sequences among them left whole."""
    listed = list(values)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array
