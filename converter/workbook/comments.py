"""Comments on cells: their part, and the VML shapes without which Excel repairs the book."""

from collections.abc import Mapping

from converter.model.address import letters_of
from converter.workbook.cells import escape, fit
from converter.workbook.dialect import Dialect
from converter.workbook.parts import DECLARATION, part

# Shapes are costly to open; the cells past this many keep their colour and lose their note.
MAX_COMMENTS = 5_000
_LINE = 48
"""Characters of a line in the box of a note."""


def comments(notes: Mapping[tuple[int, int], str], dialect: Dialect) -> bytes:
    """The comments part; keys are zero-based (row, column), in the order of the rows."""
    items = "".join(
        part("comment", cell=f"{letters_of(column + 1)}{row + 1}", text=escape(fit(text)))
        for (row, column), text in notes.items()
    )
    return (DECLARATION + part("comments", ns=dialect, items=items)).encode()


def shapes(notes: Mapping[tuple[int, int], str]) -> bytes:
    """The legacy drawing: one hidden yellow box per note, wide enough for its text."""
    boxes = "".join(
        _box(number, row, column, text)
        for number, ((row, column), text) in enumerate(notes.items(), 1)
    )
    return part("shapes", boxes=boxes).encode()


def _box(number: int, row: int, column: int, text: str) -> str:
    lines = sum(1 + len(line) // _LINE for line in text.split("\n"))
    top = max(row - 1, 0)
    return part(
        "box",
        identity=1024 + number,
        number=number,
        row=row,
        column=column,
        left=column + 1,
        top=top,
        right=column + 4,
        bottom=top + max(4, lines + 1),
    )
