"""A field as a column of codes into its distinct values: what is done is done once per value."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import count
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from converter.model.cells import MappedField, RawValue
from converter.model.notas import Typed
from converter.model.parsed import Parsed
from converter.schemas.field import Kind

Key = TypeVar("Key", bound=Hashable)

Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]
Ints = NDArray[np.int64]

SCALES = {Kind.MONEY: 2, Kind.RATE: 6, Kind.DECIMAL: 6, Kind.INTEGER: 0}
"""Decimal places kept when a number becomes an integer for exact arithmetic in columns."""

_NUMBERS = (Decimal, int)

BEYOND = 2**62
"""Stands for a number too large for the column; no limit of the catalogue is above it."""


@dataclass(frozen=True, slots=True)
class Distinct:
    """The raw values of a column, each once, and for every row which one it holds."""

    values: Sequence[RawValue]
    codes: Rows


def distinct(values: Sequence[RawValue]) -> Distinct:
    """Take a column apart. `True` and `1` are equal to Python and are kept apart here.

    Once through the values and no more: a large column is in no cache, and each time it is walked
    costs as much as all the rest.
    """
    found, codes = _numbered(values)
    if (0 in found or 1 in found) and _mixed(set(map(type, values))):
        pairs, codes = _numbered(list(zip(map(type, values), values, strict=True)))
        return Distinct([value for _, value in pairs], codes)
    return Distinct(list(found), codes)


def _mixed(types: Collection[type]) -> bool:
    return bool in types and (int in types or float in types)


def _numbered(keys: Sequence[Key]) -> tuple[Mapping[Key, int], Rows]:
    """Each distinct key with its number in order of appearance, and the number of every key."""
    numbers: defaultdict[Key, int] = defaultdict(count().__next__)
    codes = np.fromiter(map(numbers.__getitem__, keys), np.intp, len(keys))
    return numbers, codes


BLANK: Parsed[Any] = Parsed(None)
"""The answer for a cell that shows nothing; no parser gives this very one."""


@dataclass(frozen=True)
class Column:
    """Typed values of one API path.

    `filled` marks the rows whose cell shows something, typed or not. `sources` are the columns
    of the sheet it came from, the most direct first.
    """

    path: str
    kind: Kind
    sources: tuple[MappedField, ...]
    typed: Sequence[Typed]
    codes: Rows
    filled: Mask

    @cached_property
    def values(self) -> NDArray[np.object_]:
        """One typed value per row, None where there is none."""
        return objects(self.typed)[self.codes]

    @cached_property
    def present(self) -> Mask:
        """The rows that have a typed value."""
        return self.test(lambda value: value is not None)

    @cached_property
    def scaled(self) -> Ints:
        """Numbers as integers of the kind's scale (cents, millionths); zero where absent."""
        places = SCALES[self.kind]
        numbers = (scale(value, places) for value in self.typed)
        return np.fromiter(numbers, np.int64, len(self.typed))[self.codes]

    def test(self, question: Callable[[Any], bool]) -> Mask:
        """Ask something of each distinct value; one answer per row."""
        answers = np.fromiter(map(question, self.typed), np.bool_, len(self.typed))
        return answers[self.codes]

    def missing(self) -> Mask:
        """The rows whose cell shows nothing and which got no value from elsewhere."""
        return ~self.filled & ~self.present


def scale(value: object, places: int) -> int:
    """Give a number as an integer of that many decimal places, `BEYOND` where it is too large.

    Parsers keep at most that many decimals, so that nothing is cut off.
    """
    if not isinstance(value, _NUMBERS):
        return 0
    scaled = int(Decimal(value).scaleb(places))
    return scaled if -BEYOND < scaled < BEYOND else BEYOND if scaled > 0 else -BEYOND


def objects(values: Iterable[object]) -> NDArray[np.object_]:
    """Give values as an array of Python objects, sequences among them left whole."""
    listed = list(values)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array


def pairs(first: Rows, second: Rows) -> tuple[Rows, Rows, Rows]:
    """Give the distinct pairs of two code columns: their first, their second, and the codes."""
    width = int(second.max(initial=0)) + 1
    unique, codes = np.unique(first * width + second, return_inverse=True)
    return unique // width, unique % width, codes
