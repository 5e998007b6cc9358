"""The hidden column by which a row to fix remembers the row it came from.

It travels with its row when the user sorts, deletes or copies, and survives being saved as CSV.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from converter.model.cells import RawBook, RawSheet, RawValue
from converter.model.origem import Origem

HEADER = "_planilote_origem"
ROW_NOTES = "O que corrigir nesta linha (planilote)"
"""Header of the column that says what is wrong with a row as a whole: none of its cells is."""
LISTS = "_listas"
"""Hidden sheet with the drop-down lists of the source; in our templates it has the same name."""
_SEARCHED_ROWS = 200
# A file name, a hash, a sheet name and a number; anything longer was not written here.
_LONGEST = 2_000


def written(origem: Origem) -> str:
    """The text of the hidden cell."""
    told = [origem.arquivo, origem.sha256, origem.planilha, origem.row, *origem.perguntas]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def read(value: RawValue) -> Origem | None:
    """The origin a hidden cell tells of, None where it was cleared or altered."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    try:
        told = json.loads(value)
    except ValueError:
        return None
    if not isinstance(told, list) or [type(each) for each in told[:4]] != [str, str, str, int]:
        return None
    arquivo, sha256, planilha, row, *perguntas = told
    if row <= 0 or not all(isinstance(each, str) for each in perguntas):
        return None
    return Origem(arquivo, sha256, planilha, row, tuple(perguntas))


def corrigir_origin(book: RawBook) -> tuple[RawBook, Mapping[tuple[str, int], Origem]]:
    """The book without the columns we added, and the origin of each row by (sheet, Excel row).

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
        ours = [column, *_columns_of(sheet.rows[header], ROW_NOTES)]
        rows = sheet.rows
        for each in sorted(ours, reverse=True):
            rows = [_without(row, each) for row in rows]
        sheets.append(replace(sheet, rows=rows))
    return (replace(book, sheets=tuple(sheets)), origins) if origins else (book, origins)


def _columns_of(row: Sequence[RawValue], header: str) -> list[int]:
    return [index for index, value in enumerate(row) if value == header]


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
