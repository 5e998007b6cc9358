"""The header row of a sheet: where it is, and each of its cells with its address."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from converter.brazil.headers import fold
from converter.model.address import letters_of
from converter.model.cells import RawSheet, RawValue, SourceColumn, is_blank

ROWS_SEARCHED = 60
"""Rows with any text looked at from the top; titles and logos take a few, never this many."""
ROWS_PAST_A_GOOD_ONE = 10
"""Once a row has most of a header, a better one stands close below or nowhere."""

_GOOD, _ROWS_OF_A_HEADER = 4, 3
"""Headers known from which a row is a good one, and how close below it a better one may stand."""
_LONGEST = 200
"""Characters of the longest text that could be a header."""
_LONGEST_ABOVE = 40
_ROWS_BELOW = 20

_folded = lru_cache(maxsize=4096)(fold)


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One column of the table; `index` counts from A = 0.

    `qualified` is the folded text with the `group` written above it (`Tomador` over `CNPJ`), both
    empty where no row of groups stands. A column with values under a blank header has no text.
    """

    index: int
    column: SourceColumn
    folded: str
    qualified: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """A header row; `row` is what Excel shows."""

    row: int
    cells: tuple[HeaderCell, ...]

    @property
    def signature(self) -> str:
        """A fingerprint of the headers in their order, by which a choice is remembered."""
        text = "\x1f".join(cell.folded for cell in self.cells if cell.folded)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def find_header(
    sheet: RawSheet, known: Collection[str], means: Callable[[str], bool] = lambda _: False
) -> Header | None:
    """The header at the row with most headers known, the topmost of equals.

    A header is known where its folded text is one of `known`, or where it `means` something. None
    when no row has a single one.
    """
    best_row, best = 0, 0
    for number, texts in islice(_rows_with_text(sheet), ROWS_SEARCHED):
        if best > _GOOD and number > best_row + ROWS_PAST_A_GOOD_ONE:
            break
        near = best <= _GOOD or number <= best_row + _ROWS_OF_A_HEADER
        found = sum(_folded(text) in known or (near and means(text)) for text in texts)
        if found > best:
            best_row, best = number, found
    if best and _is_of_groups(sheet, best_row):
        best_row += 1
    return header_at(sheet, best_row) if best else None


def _is_of_groups(sheet: RawSheet, row: int) -> bool:
    """Whether cells of Excel row `row` are merged over headers: all that the next row has.

    `Out/26` over `Horas` and `Valor`, beside a `Cliente` that is merged with the cell below.
    """
    spans = _across(sheet, row)
    below = sheet.rows[row] if row < len(sheet.rows) else ()
    filled = [index for index, value in enumerate(below) if not is_blank(value)]
    under = [index for index in filled if any(left <= index <= spans[left] for left in spans)]
    texts = all(type(below[index]) is str for index in filled)
    return len(filled) > 1 and texts and under == filled


def _rows_with_text(sheet: RawSheet) -> Iterator[tuple[int, list[str]]]:
    """Excel row and the different texts of each row that has one, but for those of a paragraph."""
    for number, row in enumerate(sheet.rows, start=1):
        texts = {value for value in row if type(value) is str and value}
        if texts:
            yield number, [text for text in texts if len(text) <= _LONGEST]


def header_at(sheet: RawSheet, row: int) -> Header:
    """The header read from Excel row `row`, whatever stands there."""
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
    above = sheet.rows[row - 2] if 2 <= row <= len(sheet.rows) + 1 else ()
    width = max(len(cells), len(above), *_widths(sheet, row))
    groups = _groups(above, width, _across(sheet, row - 1))
    found = []
    for index in range(width):
        text = _text(cells[index]) if index < len(cells) else ""
        group = groups[index]
        if not text and _reaches_down(sheet, row, index):
            text, group = _text(above[index]), ""
        if not text and not _has_values(sheet, row, index, len(cells)):
            continue
        found.append(
            HeaderCell(
                index,
                SourceColumn(letters_of(index + 1), text),
                _folded(text),
                _folded(f"{group} {text}") if group else "",
                group,
            )
        )
    return Header(row, tuple(found))


def _has_values(sheet: RawSheet, row: int, index: int, width: int) -> bool:
    """Whether a column without a header stands in the table: half its first rows have a value.

    What a text file has beyond its header is a cell too many of a row, not a column.
    """
    if sheet.separator and index >= width:
        return False
    below = [
        cells for cells in sheet.rows[row : row + _ROWS_BELOW] if not all(map(is_blank, cells))
    ]
    filled = sum(index < len(cells) and not is_blank(cells[index]) for cells in below)
    return bool(below) and 2 * filled >= len(below)


def _widths(sheet: RawSheet, row: int) -> list[int]:
    """How wide the first rows under the header are, in a sheet whose cells have addresses."""
    return [0] if sheet.separator else [0, *map(len, sheet.rows[row : row + _ROWS_BELOW])]


def _groups(row: Sequence[RawValue], width: int, across: Mapping[int, int]) -> list[str]:
    """The text that stands above each column; a merged cell reaches as far as it goes.

    Where a row of groups merges nothing, each reaches to the next text.
    """
    groups: list[str] = []
    last, end = "", width
    for index in range(width):
        text = _text(row[index]) if index < len(row) else ""
        if text:
            last, end = text, across.get(index, index if across else width)
        groups.append(last if index <= end else "")
    return groups


def _across(sheet: RawSheet, row: int) -> dict[int, int]:
    """First column to last of the ranges merged sideways in Excel row `row`."""
    return {
        left - 1: right - 1
        for top, left, bottom, right in sheet.merged
        if top <= row <= bottom and right > left
    }


def _reaches_down(sheet: RawSheet, row: int, index: int) -> bool:
    """Whether the text above a blank header cell is the header: merged with it, or over data."""
    above = sheet.rows[row - 2] if 2 <= row <= len(sheet.rows) + 1 else ()
    if index >= len(above) or not _text(above[index]):
        return False
    if any(left - 1 == index and top < row <= bottom for top, left, bottom, _ in sheet.merged):
        return True
    if len(_text(above[index])) > _LONGEST_ABOVE or sum(bool(_text(cell)) for cell in above) < 2:
        return False
    below = sheet.rows[row : row + _ROWS_BELOW]
    return any(index < len(cells) and not is_blank(cells[index]) for cells in below)


def _text(value: RawValue) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
