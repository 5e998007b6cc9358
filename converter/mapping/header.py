"""The header row of a sheet: where it is, and each of its cells with its address."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from converter.brazil.headers import fold
from converter.model.address import letters_of
from converter.model.cells import RawSheet, RawValue, SourceColumn

ROWS_SEARCHED = 60
"""Rows with any text looked at from the top; titles and logos take a few, never this many."""
ROWS_PAST_A_GOOD_ONE = 10
"""Once a row has most of a header, a better one stands close below or nowhere."""

_folded = lru_cache(maxsize=4096)(fold)


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One column of the table; `index` counts from A = 0.

    `qualified` is the folded text with the group written above it (`Tomador` over `CNPJ`), empty
    where no row of groups stands.
    """

    index: int
    column: SourceColumn
    folded: str
    qualified: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """A header row; `row` is what Excel shows."""

    row: int
    cells: tuple[HeaderCell, ...]

    @property
    def signature(self) -> str:
        """A fingerprint of the headers in their order, by which a choice is remembered."""
        text = "\x1f".join(cell.folded for cell in self.cells)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def find_header(sheet: RawSheet, known: Collection[str]) -> Header | None:
    """The header at the row with most `known` folded headers, the topmost of equals.

    None when no row has a single one.
    """
    best_row, best = 0, 0
    looked_at = 0
    for number, row in enumerate(sheet.rows, start=1):
        texts = {value for value in row if type(value) is str and value}
        if not texts:
            continue
        looked_at += 1
        if looked_at > ROWS_SEARCHED or (best > 4 and number > best_row + ROWS_PAST_A_GOOD_ONE):
            break
        found = sum(1 for text in texts if len(text) <= 200 and _folded(text) in known)
        if found > best:
            best_row, best = number, found
    return header_at(sheet, best_row) if best else None


def header_at(sheet: RawSheet, row: int) -> Header:
    """The header read from Excel row `row`, whatever stands there."""
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
    groups = _groups(sheet.rows[row - 2] if 2 <= row <= len(sheet.rows) + 1 else (), len(cells))
    found = []
    for index, value in enumerate(cells):
        text = _text(value)
        if not text:
            continue
        group = groups[index]
        found.append(
            HeaderCell(
                index,
                SourceColumn(letters_of(index + 1), text),
                _folded(text),
                _folded(f"{group} {text}") if group else "",
            )
        )
    return Header(row, tuple(found))


def _groups(row: Sequence[RawValue], width: int) -> list[str]:
    """The text that stands above each column; a merged cell reaches to the next text."""
    groups: list[str] = []
    last = ""
    for index in range(width):
        last = (_text(row[index]) if index < len(row) else "") or last
        groups.append(last)
    return groups


def _text(value: RawValue) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
