"""Hidden cells by which a workbook of ours, filled in and put back, remembers what it was made of.

Each is a JSON list of few short texts in a column whose header nobody types; it travels with its
row when the user sorts, deletes or copies, and survives being saved as CSV.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from converter.model.cells import RawValue

_SEARCHED_ROWS = 200


def written(values: Iterable[object]) -> str:
    """The text of a hidden cell."""
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))


def read(value: RawValue, longest: int) -> list[Any] | None:
    """What a hidden cell tells; None where it was cleared, altered, or is longer than ours are."""
    if not isinstance(value, str) or len(value) > longest:
        return None
    try:
        told = json.loads(value)
    except ValueError:
        return None
    return told if isinstance(told, list) else None


def header_of(rows: Sequence[Sequence[RawValue]], header: str) -> tuple[int, int] | None:
    """The zero-based row and column of a hidden column's header, None where it is not there."""
    for number, row in enumerate(rows[:_SEARCHED_ROWS]):
        for column, value in enumerate(row):
            if value == header:
                return number, column
    return None
