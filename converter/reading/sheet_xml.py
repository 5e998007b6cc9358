"""One pass over the XML of a sheet before calamine sees it: its extent and its marks.

Excel, LibreOffice, XlsxWriter and openpyxl all write `<c r="B7"`, so a few regular expressions
over the bytes are enough and cost a fraction of a parse. Whatever is written another way (a
namespace prefix, other quotes, cells without an address) goes through a real parser instead.
"""

import re
from collections.abc import Iterator
from typing import Any

from converter.model.cells import Fault, FaultKind
from converter.reading.address import column_of
from converter.reading.marks import NOT_CALCULATED, Marks
from converter.reading.markup import refuse_entities, walk
from converter.reading.refusal import FileRefused

_WINDOW = 4 * 2**20
_CELL = re.compile(rb'<c( r="[A-Z]{1,3}(?:[1-9]\d{5,})?|[\s/>])')
_PREFIXED = re.compile(rb":c[\s/>]")
_LONG = re.compile(rb' r="([A-Z]+)(\d*)')
_ADDRESS = re.compile(r"([A-Za-z]{1,7})(\d{1,10})", re.ASCII)
_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_FORMULA = re.compile(rb"<f[\s/>]")
_RESULT = re.compile(
    rb'<c r="([A-Z]+)(\d+)"([^<>]*)>\s*'
    rb"(?:<f(?:\s[^<>]*)?(?:/>|>[^<]*</f>)\s*)?(?:<v(?:\s[^<>]*)?(?:/>|>([^<]*)</v>))?\s*</c>"
)
_SHORT_ROWS = 99_999


def scan(xml: bytes, percent: frozenset[int], uncalculated: bool) -> Marks:
    """The extent and marks of a sheet.

    Args:
        xml: The sheet's part.
        percent: The styles shown as percentages.
        uncalculated: The book asks to be calculated on load, so a formula's zero is no result.

    Raises:
        FileRefused: The XML declares a DTD, or cannot be read.
    """
    refuse_entities(xml)
    marks = _plain(xml)
    formulas = marks is not None and bool(_FORMULA.search(xml) or _ERROR.search(xml))
    if marks is None or (formulas and not _faults(xml, marks, uncalculated)):
        return parse(xml, percent, uncalculated)
    if percent and marks.cells:
        styles = b"|".join(str(style).encode() for style in sorted(percent))
        pattern = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]* s="(?:' + styles + rb')"')
        marks.percents = [
            (int(row), column_of(letters.decode())) for letters, row in pattern.findall(xml)
        ]
    return marks


def _plain(xml: bytes) -> Marks | None:
    """The extent, when every cell is written `<c r="B7"`; else None."""
    if b"\x00" in xml[:64] or _PREFIXED.search(xml):
        return None
    marks = Marks()
    for begin, end in _windows(xml):
        found = _CELL.findall(xml, begin, end)
        marks.cells += len(found)
        for start in set(found):
            address = _LONG.fullmatch(start)
            if address is None:
                return None
            letters, row = address.groups()
            marks.columns = max(marks.columns, column_of(letters.decode()))
            marks.rows = max(marks.rows, int(row or _SHORT_ROWS))
    if marks.rows == _SHORT_ROWS:
        marks.rows = _last_row(xml)
    return marks


def _windows(xml: bytes) -> Iterator[tuple[int, int]]:
    begin = 0
    while begin < len(xml):
        end = begin + _WINDOW
        if end < len(xml):
            end = max(xml.rfind(b"<", begin + 1, end), begin + 1)
        yield begin, min(end, len(xml))
        begin = end


def _last_row(xml: bytes) -> int:
    """The highest row, all of them below 100,000."""
    top = 1
    for digits in range(5, 0, -1):
        rows = re.findall(rb'<c r="[A-Z]+(\d{%d})"' % digits, xml)
        if rows:
            return max(top, *map(int, rows))
    return top


def _faults(xml: bytes, marks: Marks, uncalculated: bool) -> bool:
    """Fill in the faults; False when some formula or error is written in a way not foreseen."""
    seen = 0
    errors = 0
    for match in _RESULT.finditer(xml):
        letters, row, attributes, value = match.groups()
        kind = _ERROR.search(attributes)
        has_formula = b"<f" in match[0]
        seen += has_formula
        errors += kind is not None
        fault = None
        if kind is not None:
            fault = Fault(FaultKind.ERROR_VALUE, (value or b"#ERRO!").decode("utf-8", "replace"))
        elif has_formula:
            textual = b't="str"' in attributes
            fault = fault_of(textual, b"<v" in match[0], value, uncalculated)
        if fault is not None:
            marks.faults[int(row), column_of(letters.decode())] = fault
    return seen == len(_FORMULA.findall(xml)) and errors == len(_ERROR.findall(xml))


def fault_of(
    textual: bool, has_value: bool, value: bytes | str | None, uncalculated: bool
) -> Fault | None:
    """What ails the result of a formula, if anything. An empty text is a result, no value is not.

    XlsxWriter and its like store 0 for every formula and ask Excel to calculate on load.
    """
    if textual:
        return None if has_value else NOT_CALCULATED
    if not value or (uncalculated and value in {b"0", "0"}):
        return NOT_CALCULATED
    return None


def parse(xml: bytes, percent: frozenset[int], uncalculated: bool) -> Marks:
    """`scan` by a real parser, whatever the notation; only cells with content count."""
    marks = Marks()
    percents: list[tuple[int, int]] = []
    row = 0
    column = 0
    for event, element in walk(xml, ("{*}c", "{*}row")):
        is_row = element.tag.endswith("row")
        if is_row and event == "start":
            row = _row_number(element.get("r"), row + 1)
            column = 0
        elif is_row:
            element.clear()
        elif event == "end":
            row, column = at = _place(element.get("r"), row, column + 1)
            kind = _note(element, at, marks, uncalculated)
            style = element.get("s", "")
            if kind and style.isdecimal() and int(style) in percent:
                percents.append(at)
    marks.percents = percents
    return marks


def _row_number(text: str | None, following: int) -> int:
    if text is None:
        return following
    if not text.isdecimal():
        raise FileRefused("arquivo-danificado")
    return int(text)


def _place(address: str | None, row: int, column: int) -> tuple[int, int]:
    if address is None:
        return row, column
    place = _ADDRESS.fullmatch(address)
    if place is None:
        raise FileRefused("arquivo-danificado")
    return int(place[2]), column_of(place[1])


def _note(cell: Any, at: tuple[int, int], marks: Marks, uncalculated: bool) -> bool:
    """Whether the cell has content; if so it counts, and its fault, if any, is kept."""
    formula = cell.find("{*}f") is not None
    value = cell.find("{*}v")
    text = None if value is None else value.text
    if not formula and text is None and cell.find("{*}is") is None:
        return False
    marks.reach(*at)
    kind = cell.get("t")
    if kind == "e":
        marks.faults[at] = Fault(FaultKind.ERROR_VALUE, text or "#ERRO!")
    elif formula:
        fault = fault_of(kind == "str", value is not None, text, uncalculated)
        if fault is not None:
            marks.faults[at] = fault
    return True
