"""Rows sorted into classes of which the same can be said, by columns and not row by row."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from converter.schemas.columns import Ints, Mask, Rows, Series, apart, numbered

Floats = NDArray[np.float64]

_MOST = 10.0**12
"""R$: below it the cents of a float are exact."""

Keys = Callable[[Sequence[Any]], Sequence[Hashable]]


def row_classes(
    frame: pd.DataFrame,
    keys: Mapping[tuple[str, ...], Keys],
    *,
    value: str,
    beside: Collection[str],
    following: Collection[str],
) -> Ints:
    """The class of each row, as a number.

    Args:
        frame: The columns that tell rows apart, by path.
        keys: Functions that give a key for each distinct value of a path, or for each distinct
            tuple of values where there are more paths. A column without one tells by its values.
        value: The path of an amount of money.
        beside: Amounts that are compared with it: where all are in cents and their sum does not
            exceed it, they tell only by whether they are there.
        following: Amounts that tell only by whether they are there.
    """
    plain = _in_order(frame, value, [path for path in beside if path in frame])
    amounts = dict.fromkeys((value, *beside), plain)
    amounts |= dict.fromkeys(following, np.ones(len(frame), dtype=np.bool_))
    found: Ints = np.zeros(len(frame), dtype=np.int64)
    joint = {path: paths for paths in keys for path in paths}
    for paths in dict.fromkeys(joint.get(path, (path,)) for path in frame.columns):
        distinct, codes = _distinct(frame, [path for path in paths if path in frame])
        numbers = codes + 2
        if paths in keys and set(paths) <= set(frame.columns):
            numbers = _codes(keys[paths](distinct), codes)
        elif paths[0] in amounts:
            there = np.array([*map(bool, distinct), False])[codes]
            numbers = np.where(amounts[paths[0]], there, numbers + 2)
        found = _paired(found, numbers)
    return found


def _distinct(frame: pd.DataFrame, paths: Sequence[str]) -> tuple[list[Any], Ints]:
    """The distinct values of a column, or tuples of values of more, and their codes; -1 is none."""
    columns = [apart(frame[path]) for path in paths]
    if len(columns) == 1:
        distinct, codes = columns[0]
        return distinct, codes.astype(np.int64)
    found: Ints = np.zeros(len(frame), dtype=np.int64)
    for _, codes in columns:
        found = _paired(found, codes.astype(np.int64) + 1)
    _, first = np.unique(found, return_index=True)
    values = [
        [None if code < 0 else distinct[code] for code in codes[first].tolist()]
        for distinct, codes in columns
    ]
    return list(zip(*values, strict=True)), found


def _codes(keys: Sequence[Hashable], codes: Rows) -> Ints:
    """What stands for each row's key, from 1; 0 where it has none."""
    _, numbers = numbered(keys)
    return np.array([*numbers.tolist(), -1], dtype=np.int64)[codes] + 1


def _paired(first: Ints, second: Ints) -> Ints:
    """The distinct pairs, numbered by first appearance."""
    width = int(second.max(initial=0)) + 1
    numbers, _ = pd.factorize(first * width + second)
    return numbers.astype(np.int64)


def _in_order(frame: pd.DataFrame, value: str, beside: Sequence[str]) -> Mask:
    """Where all amounts are money in cents and those beside the value do not exceed it."""
    if value not in frame:
        return np.zeros(len(frame), dtype=np.bool_)
    whole, right = _cents(frame[value])
    right &= whole > 0
    taken = np.zeros(len(frame))
    for path in beside:
        cents, fine = _cents(frame[path])
        taken += cents
        right &= fine
    return right & (taken <= whole)


def _cents(column: Series) -> tuple[Floats, Mask]:
    """Cents, 0 for none, and where they are exact and not negative."""
    distinct, codes = apart(column)
    amounts = np.array([*map(float, distinct), 0.0])[codes]
    cents = np.rint(amounts * 100)
    fine = (amounts >= 0) & (amounts < _MOST)
    return cents, fine & (np.abs(np.where(fine, amounts * 100 - cents, 0)) < 0.05)


def said(frame: pd.DataFrame, path: str) -> frozenset[Any]:
    """The values some row has."""
    return frozenset(apart(frame[path])[0]) if path in frame else frozenset()
