"""The hidden column by which a row to fix remembers the row it came from.

It travels with its row when the user sorts, deletes or copies, and survives being saved as CSV.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from converter.model.cells import RawBook, RawSheet, RawValue
from converter.model.origem import Origem

HEADER = "_planilote_origem"
_SEARCHED_ROWS = 200
# A file name, a hash, a sheet name and a number; anything longer was not written here.
_LONGEST = 2_000


def written(origem: Origem) -> str:
    """The text of the hidden cell."""
    return json.dumps(
        [origem.arquivo, origem.sha256, origem.planilha, origem.row],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def read(value: RawValue) -> Origem | None:
    """The origin a hidden cell tells of, None where it was cleared or altered."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    try:
        told = json.loads(value)
    except ValueError:
        return None
    if not isinstance(told, list) or [type(each) for each in told] != [str, str, str, int]:
        return None
    arquivo, sha256, planilha, row = told
    return Origem(arquivo, sha256, planilha, row) if row > 0 else None


def corrigir_origin(book: RawBook) -> tuple[RawBook, Mapping[tuple[str, int], Origem]]:
    """The book without its hidden columns, and the origin of each row by (sheet, Excel row).

    A book that is no `_corrigir` comes back as it is, with no origins.
    """
    origins: dict[tuple[str, int], Origem] = {}
    sheets: list[RawSheet] = []
    for sheet in book.sheets:
        found = origin_column(sheet.rows)
        if found is None:
            sheets.append(sheet)
            continue
        header, column = found
        for number, row in enumerate(sheet.rows[header + 1 :], header + 2):
            origem = read(row[column]) if column < len(row) else None
            if origem is not None:
                origins[sheet.name, number] = origem
        sheets.append(replace(sheet, rows=[_without(row, column) for row in sheet.rows]))
    return replace(book, sheets=tuple(sheets)), origins


def origin_column(rows: Sequence[Sequence[RawValue]]) -> tuple[int, int] | None:
    """The zero-based row and column of the hidden column's header."""
    for number, row in enumerate(rows[:_SEARCHED_ROWS]):
        for column, value in enumerate(row):
            if value == HEADER:
                return number, column
    return None


def _without(row: Sequence[RawValue], column: int) -> Sequence[RawValue]:
    """The row with the hidden cell blank: the columns after it keep their letters."""
    if column >= len(row):
        return row
    if column == len(row) - 1:
        return row[:column]
    return [*row[:column], None, *row[column + 1 :]]
