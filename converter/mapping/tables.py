"""Tables that are not one row a note: two side by side, one column a month, a pivot beside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from converter.brazil import data_files
from converter.brazil.headers import fold
from converter.mapping.header import HeaderCell
from converter.mapping.senses import says_something
from converter.mapping.vocabulary import vocabulary
from converter.model.address import letters_of, table_name
from converter.model.cells import RawSheet, RawValue, is_blank

_FEWEST = 3
_SHARED = 0.8
_ROWS = 40
_SEARCHED = 60


def months(cells: Sequence[HeaderCell]) -> tuple[int, ...]:
    """The columns headed by a month, where there are at least two: one amount a month."""
    found = tuple(cell.index for cell in cells if _month().fullmatch(cell.folded))
    return found if len(found) > 1 else ()


def pivots(cells: Sequence[HeaderCell]) -> tuple[int, ...]:
    """The columns of pivot tables right of the notes: row labels, and what they count or sum."""
    known, found = vocabulary().whole, list[int]()
    for cell in cells[1:]:
        measures = cell.folded.startswith(known["medidas_de_dinamica"])
        beside = found[-1:] == [cell.index - 1]
        if cell.folded in known["rotulos_de_dinamica"] or (measures and beside):
            found.append(cell.index)
    return tuple(found)


@cache
def _month() -> re.Pattern[str]:
    """A month, with or without its year, in a folded header."""
    names = [fold(name) for _, name, _ in data_files.rows("meses")]
    named = "|".join((*names, *(name[:3] for name in names)))
    return re.compile(rf"({named})(20)?(\d\d)?|(0?[1-9]|1[0-2])20\d\d|20\d\d(0[1-9]|1[0-2])\d*")


def side_by_side(sheet: RawSheet) -> tuple[RawSheet, ...]:
    """The sheet, or one for each of its tables where several with the same headers stand abreast.

    Every cell keeps its row and letter. The first table keeps the sheet's name; the others add
    their columns to it, as `table_name` spells them.
    """
    for number, row in enumerate(sheet.rows[:_SEARCHED]):
        if _repeats(row):
            starts = list(_starts(row, sheet.rows[number + 1 : number + 1 + _ROWS]))
            if len(starts) > 1:
                return tuple(_tables(sheet, number, starts))
    return (sheet,)


def _repeats(row: Sequence[RawValue]) -> bool:
    """Whether a row has texts enough twice, some of which say what a column is."""
    texts = [value for value in row if type(value) is str and value]
    if len(texts) < 2 * _FEWEST or len(texts) - len(set(texts)) < _FEWEST:
        return False
    return sum(map(says_something, {text for text in texts if texts.count(text) > 1})) >= _FEWEST


def _starts(row: Sequence[RawValue], below: Sequence[Sequence[RawValue]]) -> Iterator[int]:
    """The first column of each table headed by `row`: they repeat the headers of the first."""
    gaps = [
        index
        for index in range(len(row))
        if not any(index < len(line) and not is_blank(line[index]) for line in (row, *below))
    ]
    first: set[str] = set()
    for before, after in pairwise([-1, *gaps, len(row)]):
        headers = {fold(str(value)) for value in row[before + 1 : after] if not is_blank(value)}
        if not first and len(headers) >= _FEWEST:
            first = headers
            yield before + 1
        elif len(headers & first) >= max(_FEWEST, _SHARED * len(headers)):
            yield before + 1


def _tables(sheet: RawSheet, header: int, starts: Sequence[int]) -> Iterator[RawSheet]:
    """A sheet for each table: from its header down it has the cells of that table alone."""
    width = max(map(len, sheet.rows[header:]))
    ends = [*starts[1:], width]
    spans = tuple(
        f"{letters_of(start + 1)}:{letters_of(_last(sheet, header, end))}"
        for start, end in zip(starts, ends, strict=True)
    )
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        left = start if place else 0
        blank = [None] * left
        rows = [
            *sheet.rows[:header],
            *([*blank, *row[left:end]] for row in sheet.rows[header:]),
        ]
        name = table_name(sheet.name, spans[place]) if place else sheet.name
        yield replace(sheet, name=name, rows=rows, tables=spans, table=place)


def _last(sheet: RawSheet, header: int, end: int) -> int:
    """The last column before `end`, from 1, that has a header."""
    row = sheet.rows[header]
    return max(index + 1 for index, value in enumerate(row[:end]) if not is_blank(value))
