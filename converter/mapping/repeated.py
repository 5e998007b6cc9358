"""Values that stand for more rows than their own: merged cells, the customer of the row above."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from converter.mapping.rows import Column
from converter.model.address import letters_of
from converter.model.cells import MappedField, Range, is_blank


def as_above(
    fields: Mapping[str, MappedField], numbers: Sequence[int], rows: Collection[int]
) -> dict[str, MappedField]:
    """The customer's fields with what stands in the row above, in the rows the person said."""
    made = {}
    for path, one in fields.items():
        if path.startswith("tomador."):
            values = list(one.values)
            for index, row in enumerate(numbers):
                if row in rows and index and is_blank(values[index]):
                    values[index] = values[index - 1]
            made[path] = replace(one, values=values)
    return made


def unmerge(columns: Sequence[Column], merged: Sequence[Range], first: int) -> tuple[str, ...]:
    """Give every row of a cell merged downwards its value; the ranges this was done in."""
    done = []
    for top, left, bottom, _ in merged:
        if top < first or bottom == top or left > len(columns):
            continue
        column = columns[left - 1]
        last = min(bottom - first, len(column) - 1)
        if not isinstance(column, list) or is_blank(column[top - first]):
            continue
        for index in range(top - first + 1, last + 1):
            column[index] = column[top - first]
        done.append(f"{letters_of(left)}{top}:{letters_of(left)}{bottom}")
    return tuple(done)
