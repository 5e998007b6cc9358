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
_FEWEST_VALUES = 2
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
    best_row = _row_with_most(sheet, known, means)
    if best_row is None:
        return None

    def is_header(text: str) -> bool:
        return _folded(text) in known or means(text)

    last = best_row
    while last < best_row + _ROWS_OF_A_HEADER - 1 and _goes_on(sheet, last, is_header):
        last += 1
    grouped = best_row > 1 and _goes_on(sheet, best_row - 1, is_header)
    first = best_row - 1 if grouped else best_row
    return header_at(sheet, last, min(first, last - 1))


def _row_with_most(
    sheet: RawSheet, known: Collection[str], means: Callable[[str], bool]
) -> int | None:
    """The Excel row with most headers known, the topmost of equals; None where there are none."""
    best_row, best = None, 0
    for number, texts in islice(_rows_with_text(sheet), ROWS_SEARCHED):
        past = number - (best_row or 0)
        if best > _GOOD and past > ROWS_PAST_A_GOOD_ONE:
            break
        near = best <= _GOOD or past <= _ROWS_OF_A_HEADER
        found = sum(_folded(text) in known or (near and means(text)) for text in texts)
        if found > best:
            best_row, best = number, found
    return best_row


def _goes_on(sheet: RawSheet, row: int, is_header: Callable[[str], bool]) -> bool:
    """Whether Excel row `row` has groups, and all that the next one has are headers under them.

    `Out/26` merged over `Horas` and `Valor`, beside a `Cliente` that is merged with the cell
    below; or, with nothing merged, a text with blank cells beside it and headers below, of which
    half are known.
    """
    below = sheet.rows[row] if row < len(sheet.rows) else ()
    filled = [index for index, value in enumerate(below) if not is_blank(value)]
    texts = [text for text in map(below.__getitem__, filled) if type(text) is str]
    alone = len(set(_line(sheet, row)) - {None, ""}) < 2
    if alone or len(filled) < 2 or len(texts) < len(filled):
        return False
    merged = _across(sheet, row)
    if _are_under(filled, merged):
        return True
    known = 2 * sum(map(is_header, texts)) >= len(texts)
    under = _are_under(filled, merged | _beside_blanks(sheet, row))
    return known and (under or _is_no_row_of_values(sheet, row + 1))


def _is_no_row_of_values(sheet: RawSheet, row: int) -> bool:
    """Whether words stand in Excel row `row` over figures, of two columns or more."""
    below, told = sheet.rows[row : row + _ROWS_BELOW], 0
    for index, text in enumerate(_line(sheet, row)):
        column = [cells[index] for cells in below if index < len(cells)]
        filled = [value for value in column if not is_blank(value)]
        told += 2 * sum(map(_is_figures, filled)) > len(filled) > 0 and not _is_figures(text)
    return told >= _FEWEST_VALUES


def _is_figures(value: RawValue) -> bool:
    """An amount, a day, a document: no text, or one with more digits than letters."""
    if not isinstance(value, str):
        return value is not None
    return sum(map(str.isdigit, value)) > sum(map(str.isalpha, value))


def _are_under(columns: Sequence[int], spans: Mapping[int, int]) -> bool:
    return all(any(left <= index <= right for left, right in spans.items()) for index in columns)


def _beside_blanks(sheet: RawSheet, row: int) -> dict[int, int]:
    """First column to last of each text with blank cells to its right, to the next text."""
    cells = sheet.rows[row - 1]
    width = max(len(cells), len(sheet.rows[row]))
    filled = [index for index, value in enumerate(cells) if not is_blank(value)]
    ends = [*filled[1:], width]
    return {left: end - 1 for left, end in zip(filled, ends, strict=True) if end > left + 1}


def _rows_with_text(sheet: RawSheet) -> Iterator[tuple[int, list[str]]]:
    """Excel row and the different texts of each row that has one, but for those of a paragraph."""
    for number, row in enumerate(sheet.rows, start=1):
        texts = {value for value in row if type(value) is str and value}
        if texts:
            yield number, [text for text in texts if len(text) <= _LONGEST]


def header_at(sheet: RawSheet, row: int, top: int | None = None) -> Header:
    """The header read from Excel row `row`, whatever stands there.

    What stands over it is looked for up to row `top`: groups, and headers that reach down. Without
    one, in the row above.
    """
    first = max(row - 1 if top is None else top, 1)
    lines = {number: _line(sheet, number) for number in range(first, row + 1)}
    width = max(*map(len, lines.values()), *_widths(sheet, row))
    groups = {
        number: _groups(cells, width, _across(sheet, number))
        for number, cells in lines.items()
        if number < row
    }
    found = []
    for index in range(width):
        at = _reaching(sheet, lines, row, index)
        text = _text_at(lines[at], index)
        if not text and not _has_values(sheet, row, index, len(lines[row])):
            continue
        over = [groups[number][index] for number in range(first, at)]
        group = " ".join(dict.fromkeys(filter(None, over)))
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


def _line(sheet: RawSheet, row: int) -> Sequence[RawValue]:
    return sheet.rows[row - 1] if 1 <= row <= len(sheet.rows) else ()


def _reaching(
    sheet: RawSheet, lines: Mapping[int, Sequence[RawValue]], row: int, index: int
) -> int:
    """The Excel row whose text is the header of a column: `row`, or one that reaches down to it."""
    filled = (at for at in sorted(lines, reverse=True) if _text_at(lines[at], index))
    at = next(filled, row)
    return at if at == row or _reaches_down(sheet, at, row, index) else row


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


def _reaches_down(sheet: RawSheet, at: int, row: int, index: int) -> bool:
    """Whether a text in Excel row `at` is the header of a column blank in `row` and between.

    It is where it is merged with that cell, or where it stands over data.
    """
    above = _line(sheet, at)
    if any(left - 1 == index and top <= at < row <= low for top, left, low, _ in sheet.merged):
        return True
    if len(_text_at(above, index)) > _LONGEST_ABOVE or sum(map(bool, map(_text, above))) < 2:
        return False
    below = sheet.rows[row : row + _ROWS_BELOW]
    return any(index < len(cells) and not is_blank(cells[index]) for cells in below)


def _text_at(cells: Sequence[RawValue], index: int) -> str:
    return _text(cells[index]) if index < len(cells) else ""


def _text(value: RawValue) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
