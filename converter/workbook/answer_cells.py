"""The cells of `Colunas` and `Perguntas` in which a person answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from converter.model.cells import RawBook, RawSheet, RawValue
from converter.workbook.hidden import header_of


def headed(book: RawBook, mark: str) -> Iterator[tuple[RawSheet, int, int]]:
    """The sheets with a hidden column of ours, and the zero-based row and column of its header."""
    for sheet in book.sheets:
        found = header_of(sheet.rows, mark)
        if found:
            yield (sheet, *found)


@dataclass(frozen=True, slots=True)
class Cell:
    """Where an answer was typed."""

    planilha: str
    row: int
    column: int
    header: str
    value: str


def titled(row: Sequence[RawValue], title: str, usual: int) -> int:
    """The zero-based column under a title, where it was put if the title was changed."""
    return next((index for index, value in enumerate(row) if value == title), usual)


def text_at(row: Sequence[RawValue], column: int) -> str:
    """What stands at a zero-based column, without its outer spaces."""
    value = row[column] if 0 <= column < len(row) else None
    return "" if value is None else str(value).strip()
