"""The fields of a sheet's notes: what its columns say, and what stands in where they are blank."""

from collections.abc import Collection, Mapping, Sequence

from converter.mapping.match import Source
from converter.mapping.resolve import Resolved
from converter.mapping.row_questions import RowDecisions
from converter.mapping.rows import Column, blanks_of
from converter.mapping.spec import Constant
from converter.model.cells import MappedField


def fields_of(
    values: Mapping[str, Column],
    sources: Mapping[str, Source],
    resolved: Resolved,
    words: RowDecisions,
) -> dict[str, MappedField]:
    """The fields that the sheet has values of, by API path, with their blank cells filled.

    Args:
        values: What was read of the columns, by path.
        sources: The column of each path; a part of an address split off has none.
        resolved: What stands in for a blank cell.
        words: What was answered: how dates are read.
    """
    return {
        path: _field(path, filled(column, resolved.values.get(path)), sources.get(path), words)
        for path, column in values.items()
    }


def constants(
    resolved: Resolved, without: Collection[str], count: int
) -> Mapping[str, MappedField]:
    """The fields that no column carries, but for the paths `without`: one value for each note."""
    return {
        path: MappedField(path, [value] * count if isinstance(value, Constant) else value)
        for path, value in resolved.values.items()
        if path not in without
    }


def _field(path: str, values: Column, source: Source | None, words: RowDecisions) -> MappedField:
    if source is None:
        return MappedField(path, values)
    spec, column = source.spec, source.column
    read_as = spec.format or words.formats.get(column.letter)
    literal = frozenset(typed for typed, meant in spec.values.items() if typed == meant)
    return MappedField(path, values, column, read_as, literal)


def filled(values: Column, default: Constant | Sequence[Constant | None] | None) -> Column:
    """`values` with `default`, one for all or one per row, in each blank cell."""
    if default is None:
        return values
    blanks = blanks_of(values)
    if not blanks:
        return values
    if isinstance(default, Constant):
        return [default if value in blanks else value for value in values]
    return [
        instead if value in blanks else value
        for value, instead in zip(values, default, strict=True)
    ]
