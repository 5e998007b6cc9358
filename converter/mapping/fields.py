"""The fields of a sheet's notes: what its columns say, and what stands in where they are blank."""

from collections.abc import Collection, Mapping, Sequence
from itertools import repeat
from types import MappingProxyType

from converter.mapping.match import Source
from converter.mapping.resolve import Resolved
from converter.mapping.row_questions import RowDecisions
from converter.mapping.rows import Column, blanks_of
from converter.mapping.spec import Constant
from converter.model.cells import MappedField

_NAMES = {"servico.codigo_municipio": "servico.nome_municipio"}
"""The name that says what a code does, by the path of the code."""
_NO_COLUMNS: Mapping[str, Column] = MappingProxyType({})
_Default = Constant | Sequence[Constant | None] | None


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
        path: _field(
            path, filled(column, _default(path, resolved, values)), sources.get(path), words
        )
        for path, column in values.items()
    }


def constants(
    resolved: Resolved,
    without: Collection[str],
    count: int,
    values: Mapping[str, Column] = _NO_COLUMNS,
) -> Mapping[str, MappedField]:
    """The fields that no column carries, but for the paths `without`: one value for each note.

    `values` are those of the columns: where one names a city, its code is not the default's.
    """
    found: dict[str, MappedField] = {}
    for path in resolved.values:
        value = None if path in without else _default(path, resolved, values)
        if value is not None:
            each = [value] * count if isinstance(value, Constant) else value
            found[path] = MappedField(path, each)
    return found


def _default(path: str, resolved: Resolved, values: Mapping[str, Column]) -> _Default:
    """What stands in for blanks of a path; nothing where a row's own column names its city."""
    default, name = resolved.values.get(path), values.get(_NAMES.get(path, ""))
    if default is None or name is None:
        return default
    each = repeat(default) if isinstance(default, Constant) else default
    blanks = blanks_of(name)
    return [value if said in blanks else None for said, value in zip(name, each, strict=False)]


def _field(path: str, values: Column, source: Source | None, words: RowDecisions) -> MappedField:
    if source is None:
        return MappedField(path, values)
    spec, column = source.spec, source.column
    read_as = spec.format or words.formats.get(column.letter)
    literal = frozenset(typed for typed, meant in spec.values.items() if typed == meant)
    return MappedField(path, values, column, read_as, literal)


def filled(values: Column, default: _Default) -> Column:
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
