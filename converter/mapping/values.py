"""The values of one field: joined, cut and translated, column by column."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from converter.brazil.headers import unaccented
from converter.mapping.match import Source
from converter.mapping.rows import Column
from converter.mapping.spec import ColumnSpec, Constant
from converter.model.cells import Fault, RawValue, is_blank


def read(source: Source, columns: Sequence[Column]) -> Column:
    """The values `source` takes out of `columns`, one per row, in order."""
    spec = source.spec
    if spec.join:
        parts = [columns[cell.index] for cell in source.cells]
        values: Column = [_joined(row, spec.separator) for row in zip(*parts, strict=True)]
    else:
        values = columns[source.cells[0].index]
    if spec.split is not None:
        pieces = {value: _piece(value, spec) for value in set(values) if type(value) is str}
        values = [pieces[value] if type(value) is str else value for value in values]
    if spec.values:
        values = _translated(values, spec.values)
    return values


def text_of(value: RawValue) -> str:
    """A value as Excel would show it in a cell without a format."""
    if type(value) is str:
        return value.strip()
    if isinstance(value, bool):
        return "Sim" if value else "Não"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y %H:%M" if isinstance(value, datetime) else "%d/%m/%Y")
    return "" if value is None else str(value).strip()


def _joined(row: Sequence[RawValue], separator: str) -> RawValue:
    fault = next((value for value in row if isinstance(value, Fault)), None)
    if fault is not None:
        return fault
    return separator.join(text for text in map(text_of, row) if text) or None


def _piece(value: str, spec: ColumnSpec) -> str | None:
    pieces = [piece.strip() for piece in value.split(spec.split)]
    position = spec.part - 1 if spec.part > 0 else spec.part
    try:
        return pieces[position] or None
    except IndexError:
        return None


def _translated(values: Column, table: Mapping[str, Constant]) -> Column:
    """What the table has no entry for stays as typed, for the validators to judge."""
    meant = {_spelling(typed): value for typed, value in table.items()}
    pairs = [*zip(map(type, values), values, strict=True)]
    keys = ((kind, value) for kind, value in {*pairs} if not is_blank(value))
    known = {
        key: meant[spelling] for key in keys if (spelling := _spelling(text_of(key[1]))) in meant
    }
    return [known[pair] if pair in known else pair[1] for pair in pairs] if known else values


def _spelling(text: str) -> str:
    """Case, accents and extra spaces do not matter; punctuation does, since 1,5 is not 15."""
    return " ".join(unaccented(text).split())
