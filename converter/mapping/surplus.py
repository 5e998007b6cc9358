"""Rows of a text file that have more cells than its header: where one cell too many was made.

A decimal comma or a semicolon in a text parts a cell in two where nobody quoted it. Nothing is cut
off and nothing is guessed: such a row is held, with both readings in the cell they are about.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from converter.brazil import numerals
from converter.mapping.rows import Column
from converter.model.cells import Fault, FaultKind, RawSheet, RawValue, is_blank

_CENTS = 2


@dataclass(frozen=True, slots=True)
class Surplus:
    """What is too much in one row: the column where it began, and the two ways to read it.

    `row` and `column` count from 0.
    """

    row: int
    column: int
    apart: str
    joined: str


def fitting(sheet: RawSheet, header_row: int) -> RawSheet:
    """The sheet with the rows blank that have too many cells: theirs stand under other headers."""
    width = len(sheet.rows[header_row - 1])
    if not sheet.separator or all(len(row) <= width for row in sheet.rows[header_row:]):
        return sheet
    body = (() if _too_many(row, width) else row for row in sheet.rows[header_row:])
    return replace(sheet, rows=[*sheet.rows[:header_row], *body])


def _too_many(row: Sequence[RawValue], width: int) -> bool:
    return any(not is_blank(value) for value in row[width:])


def surplus(
    sheet: RawSheet, header_row: int, columns: Sequence[Column], amounts: Sequence[int]
) -> list[Surplus]:
    """The rows with more cells than the header row has, in order; none but in text files.

    Args:
        sheet: As read; its `separator` is empty where it is no text file.
        header_row: As Excel shows it.
        columns: Those of the notes below the header, surplus ones too.
        amounts: The columns that hold amounts.
    """
    width = len(sheet.rows[header_row - 1])
    if not sheet.separator or len(columns) <= width:
        return []
    rows = {
        row for column in columns[width:] for row, value in enumerate(column) if not is_blank(value)
    }
    return [
        _told(row, [column[row] for column in columns], width, sheet.separator, amounts)
        for row in sorted(rows)
    ]


def held(columns: Sequence[Column], found: Sequence[Surplus], used: Sequence[int]) -> list[Column]:
    """The columns with each row's two readings as a fault, where they are about or in `used[0]`."""
    changed: list[list[RawValue]] = [list(column) for column in columns]
    for one in found:
        at = one.column if one.column in used else used[0]
        text = str(changed[at][one.row] or "")
        changed[at][one.row] = Fault(FaultKind.SURPLUS, text, (one.apart, one.joined))
    return list(changed)


def _told(
    row: int, cells: Sequence[RawValue], width: int, separator: str, amounts: Sequence[int]
) -> Surplus:
    texts = ["" if value is None else str(value) for value in cells]
    while len(texts) > width and not texts[-1].strip():
        texts.pop()
    more = len(texts) - width
    joins = [separator.join(texts[at : at + more + 1]) for at in range(width)]
    at = max(range(width), key=lambda at: _likelihood(texts, joins, at, more, amounts))
    apart = f"“{texts[at]}”, com “{separator.join(texts[width:])}” de sobra no fim"
    return Surplus(row, at, apart, f"“{joins[at]}”")


def _likelihood(
    texts: Sequence[str], joins: Sequence[str], at: int, more: int, amounts: Sequence[int]
) -> tuple[int, bool, bool, int]:
    """How well a row reads with the cells from there joined: its amounts, then the joint itself."""
    fitted = [*texts[:at], joins[at], *texts[at + more + 1 :]]
    shown = [fitted[column].strip() for column in amounts]
    read = sum(1 for text in shown if not text or numerals.read(text))
    spaced = texts[at + 1].startswith(" ") and not texts[at].startswith(" ")
    return read, at in amounts and _is_decimal(joins[at]), spaced, at


def _is_decimal(text: str) -> bool:
    whole, mark, cents = text.strip().rpartition(",")
    return (
        bool(mark)
        and len(cents) <= _CENTS
        and cents.isdecimal()
        and numerals.read(whole) is not None
    )
