"""A field as a column of codes into its distinct values: what is done is done once per value."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from converter.model.cells import MappedField, RawValue
from converter.model.notas import Typed
from converter.model.parsed import Parsed
from converter.schemas.field import Kind

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
    """Take a column apart. `True` and `1` are equal to Python and are kept apart here."""
    types = set(map(type, values))
    if bool in types and types & {int, float}:
        keys: Sequence[Hashable] = list(zip(map(type, values), values, strict=True))
        found: Mapping[Any, Any] = dict(zip(keys, values, strict=True))
    else:
        keys = values
        found = dict.fromkeys(values)
    places = dict(zip(found, range(len(found)), strict=True))
    codes = np.fromiter(map(places.__getitem__, keys), np.intp, len(values))
    return Distinct(list(found if keys is values else found.values()), codes)


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
