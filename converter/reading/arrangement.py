"""How a worksheet of xlsx arranges its cells: ranges merged into one, rows that are not shown.

Both stand in the sheet's own part and calamine hands on neither. They are looked for where their
words occur at all, which in most sheets is nowhere.
"""

import re
from collections.abc import Iterable

from converter.model.address import column_of
from converter.model.cells import Range
from converter.reading.limits import EXCEL_ROWS
from converter.reading.markup import sheet_data

_MERGED = re.compile(
    rb"<(?:\w{1,20}:)?mergeCell\s[^<>]*?\bref\s*=\s*[\"']"
    rb"([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})[\"']"
)
_ROW = re.compile(rb"<(?:\w{1,20}:)?row(?=[\s/>])([^<>]*)>")
_NUMBER = re.compile(rb"(?<!\S)r\s*=\s*[\"'](\d{1,7})[\"']")
_NOT_SHOWN = re.compile(rb"(?<!\S)hidden\s*=\s*[\"'](?:1|true)[\"']")
"""What Excel writes of a row without height too."""
_FILTER = re.compile(
    rb"<(?:\w{1,20}:)?autoFilter\s[^<>]*?\bref\s*=\s*[\"']\$?[A-Za-z]{1,3}\$?(\d{1,7})"
    rb":\$?[A-Za-z]{1,3}\$?(\d{1,7})[\"'][^<>]*>\s*<(?:\w{1,20}:)?filterColumn\b"
)


def merged(xml: bytes) -> tuple[Range, ...]:
    """The merged ranges of a sheet's part, from the top."""
    found = _MERGED.findall(xml, max(xml.rfind(b"sheetData"), 0))
    return tuple(
        sorted(
            (int(top), column_of(left.decode()), int(last), column_of(right.decode()))
            for left, top, right, last in found
        )
    )


def hidden(xml: bytes) -> frozenset[int]:
    """The rows of a sheet's part that say they are hidden."""
    begin, end = sheet_data(xml)
    # Nothing is found faster than one byte, and few sheets have it in a tag or a text.
    if xml.find(b"h", begin + 10, end) < 0 or xml.find(b"hidden", begin, end) < 0:
        return frozenset()
    rows = set()
    row = 0
    for tag in _ROW.finditer(xml, begin):
        number = _NUMBER.search(tag[1])
        row = int(number[1]) if number else row + 1
        if _NOT_SHOWN.search(tag[1]):
            rows.add(row)
    return frozenset(rows)


def filtered(rows: frozenset[int], parts: Iterable[bytes]) -> frozenset[int]:
    """Those of the hidden rows that lie under a filter with a criterion.

    It stands in the sheet's own part, or in those of its tables.
    """
    if not rows:
        return rows
    ranges = {
        (int(top), min(int(last), EXCEL_ROWS))
        for part in parts
        for top, last in _FILTER.findall(part)
    }
    found: set[int] = set()
    below = 0
    for top, last in sorted(ranges):
        # Ranges one over another are walked once.
        found.update(rows.intersection(range(max(top, below) + 1, last + 1)))
        below = max(below, last)
    return frozenset(found)
