"""The hidden column by which a row to fix remembers the row it came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from converter.model.address import letters_of
from converter.model.cells import RawBook, RawSheet, RawValue
from converter.model.columns import HIDDEN_ROWS, question_key
from converter.model.origem import Origem
from converter.workbook import hidden

HEADER = "_planilote_origem"
ROW_NOTES = "O que corrigir nesta linha (planilote)"
"""Header of the column that says what is wrong with a row as a whole: none of its cells is."""
LISTS = "_listas"
"""Hidden sheet with the drop-down lists of the source; in our templates it has the same name."""
_HIDDEN = question_key(HIDDEN_ROWS, None)
# A file name, a hash, a sheet name and a number; anything longer was not written here.
_LONGEST = 2_000


def written(origem: Origem) -> str:
    """The text of the hidden cell."""
    own = (origem.arquivo, origem.sha256, origem.planilha, origem.row)
    return hidden.written((*own, *origem.perguntas))


def read(value: RawValue) -> Origem | None:
    """The origin a hidden cell tells of, None where it was cleared or altered."""
    told = hidden.read(value, _LONGEST)
    if told is None or [type(each) for each in told[:4]] != [str, str, str, int]:
        return None
    arquivo, sha256, planilha, row, *perguntas = told
    if row <= 0 or not all(isinstance(each, str) for each in perguntas):
        return None
    return Origem(arquivo, sha256, planilha, row, tuple(perguntas))


@dataclass(frozen=True, slots=True)
class Mended:
    """A sheet of rows to mend.

    `header` has its header's cells by letter, `rows` where each came from, by its row here: the
    SHA-256 and the sheet are its `source`, of which each question was asked by itself.
    """

    name: str
    header: Mapping[str, str]
    rows: Mapping[int, Origem]

    @property
    def sources(self) -> frozenset[tuple[str, str]]:
        """Where its rows came from."""
        return frozenset(origem.source for origem in self.rows.values())

    @property
    def waits(self) -> tuple[tuple[tuple[str, str], str], ...]:
        """Every question one of its rows waits for, once, with the source it was asked of."""
        asked = ((each.source, key) for each in self.rows.values() for key in each.perguntas)
        return tuple(dict.fromkeys(asked))

    def asked(self, source: tuple[str, str], question: str) -> tuple[int, ...]:
        """The rows here that wait for a question asked of a source."""
        return tuple(
            number
            for number, origem in self.rows.items()
            if origem.source == source and question in origem.perguntas
        )

    def asked_there(self, source: tuple[str, str], question: str) -> tuple[int, ...]:
        """The rows of a source that wait for a question."""
        return tuple(sorted({self.rows[row].row for row in self.asked(source, question)}))


def mended(sheet: RawSheet) -> Mended | None:
    """What a sheet tells of where its rows came from, None where it has no hidden column."""
    found = hidden.header_of(sheet.rows, HEADER)
    if found is None:
        return None
    header, column = found
    origins = _origins(sheet.rows, header, column)
    return Mended(
        sheet.name,
        {
            letters_of(index + 1): "" if value is None else str(value).strip()
            for index, value in enumerate(sheet.rows[header])
            if index != column
        },
        origins,
    )


def corrigir_origin(book: RawBook) -> tuple[RawBook, Mapping[tuple[str, int], Origem]]:
    """The book without the columns we added, and the origin of each row by (sheet, Excel row).

    A book that is no `_corrigir` comes back as it is, with no origins.
    """
    origins: dict[tuple[str, int], Origem] = {}
    sheets: list[RawSheet] = []
    for sheet in book.sheets:
        found = hidden.header_of(sheet.rows, HEADER)
        if found is None:
            sheets.append(sheet)
            continue
        header, column = found
        own = _origins(sheet.rows, header, column)
        origins |= {(sheet.name, number): origem for number, origem in own.items()}
        rows = sheet.rows
        ours = [index for index, value in enumerate(rows[header]) if value == ROW_NOTES]
        for each in sorted([column, *ours], reverse=True):
            rows = [_without(row, each) for row in rows]
        unseen = {number for number, origem in own.items() if _HIDDEN in origem.perguntas}
        # The colours are ours.
        seen = replace(sheet.appearance, paint={})
        hidden_rows = sheet.hidden_rows | unseen
        sheets.append(replace(sheet, rows=rows, hidden_rows=hidden_rows, appearance=seen))
    return (replace(book, sheets=tuple(sheets)), origins) if origins else (book, origins)


def _origins(rows: Sequence[Sequence[RawValue]], header: int, column: int) -> dict[int, Origem]:
    """The origin of each row below the header, by its Excel row."""
    return {
        number: origem
        for number, row in enumerate(rows[header + 1 :], header + 2)
        if column < len(row) and (origem := read(row[column])) is not None
    }


def _without(row: Sequence[RawValue], column: int) -> Sequence[RawValue]:
    """The row with the hidden cell blank: the columns after it keep their letters."""
    if column >= len(row):
        return row
    if column == len(row) - 1:
        return row[:column]
    return [*row[:column], None, *row[column + 1 :]]
