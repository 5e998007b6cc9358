"""Binary books of Excel 2007 and later ([MS-XLSB]).

Read here and not by calamine, which hands on the whole-number dates Excel writes as plain numbers
and loses percentages and errors; what it would take to tell them is the reading itself.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from converter.model.cells import Fault, FaultKind, Range, RawSheet, RawValue
from converter.reading.formats import Form, form_by_id, typed
from converter.reading.limits import EXCEL_COLUMNS, Limits
from converter.reading.package import Package
from converter.reading.refusal import FileRefused
from converter.reading.relations import relations_of
from converter.reading.rows import Room, RowBuilder

_ROW, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = 0, 2, 3, 4, 5, 6, 7
_BLANK, _LAST_CELL = 1, 18
_SHORT = {12: _BLANK, 13: _RK, 14: _ERROR, 15: _BOOL, 16: _REAL, 17: _TEXT, 18: _SHARED}
"""The same cells without their column, which is the next one."""
_COLUMN = struct.Struct("<I")
_FORMULA = {8: _TEXT, 9: _REAL, 10: _BOOL, 11: _ERROR}
_SST_ITEM, _FORMAT, _STYLE, _STYLES, _STYLES_END = 19, 44, 47, 617, 618
_SHEET, _SETTINGS, _DATA_END = 156, 153, 146
_MERGED, _FILTER, _FILTER_COLUMN = 176, 161, 163
_ROW_FLAGS, _NO_HEIGHT = 11, 0x10
_SHARED_PARTS = ("sharedStrings", "styles")
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


@dataclass(frozen=True, slots=True)
class _Book:
    strings: list[str]
    styles: list[Form]
    date1904: bool


def read(package: Package, main: str, limits: Limits) -> tuple[tuple[RawSheet, ...], bool]:
    """The worksheets of a book, and whether it counts its dates from 1904.

    Raises:
        FileRefused: `arquivo-danificado` or `planilha-extensa`.
    """
    try:
        return _read(package, main, limits)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise FileRefused("arquivo-danificado") from error


def _read(package: Package, main: str, limits: Limits) -> tuple[tuple[RawSheet, ...], bool]:
    related = relations_of(package, main)
    if not related:
        raise FileRefused("arquivo-danificado")
    date1904 = False
    names: list[tuple[str, str, bool]] = []
    for record, body in _records(package.read(main)):
        if record == _SETTINGS:
            date1904 = bool(body[0] & 1)
        elif record == _SHEET:
            state = struct.unpack_from("<I", body)[0]
            identifier, after = _string(body, 8)
            names.append((_string(body, after)[0], identifier, state == 0))
    parts = {one.kind: package.read(one.part) for one in related if one.kind in _SHARED_PARTS}
    strings, styles = _strings(parts.get("sharedStrings", b"")), _styles(parts.get("styles", b""))
    book = _Book(strings, styles or [Form()], date1904)
    sheets = []
    room = Room(limits)
    worksheets = {one.name: one.part for one in related if one.kind == "worksheet"}
    for name, identifier, visible in names:
        if identifier in worksheets:
            records = _records(package.read(worksheets[identifier]))
            builder = RowBuilder(name, room)
            hidden = _rows(records, book, builder)
            merged, filtered = _arrangement(records, hidden)
            sheets.append(RawSheet(name, builder.rows, visible, merged, hidden, filtered))
    return tuple(sheets), date1904


def _records(data: bytes) -> Iterator[tuple[int, memoryview]]:
    """Type and body of each record ([MS-XLSB] 2.1.4)."""
    view = memoryview(data)
    position = 0
    while position < len(data):
        kind = data[position]
        position += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[position] & 0x7F) << 7
            position += 1
        size = 0
        for shift in (0, 7, 14, 21):
            byte = data[position]
            position += 1
            size |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
        if position + size > len(data):
            raise FileRefused("arquivo-danificado")
        yield kind, view[position : position + size]
        position += size


def _string(body: memoryview, at: int) -> tuple[str, int]:
    """An XLWideString and where it ends; 0xFFFFFFFF is the nullable one's null."""
    count = struct.unpack_from("<I", body, at)[0]
    at += 4
    if count == 0xFFFFFFFF:
        return "", at
    end = at + 2 * count
    if end > len(body):
        raise FileRefused("arquivo-danificado")
    return str(body[at:end], "utf-16-le"), end


def _strings(data: bytes) -> list[str]:
    return [_string(body, 1)[0] for kind, body in _records(data) if kind == _SST_ITEM]


def _styles(data: bytes) -> list[Form]:
    formats = {}
    styles = []
    inside = False
    for kind, body in _records(data):
        if kind == _FORMAT:
            formats[struct.unpack_from("<H", body)[0]] = _string(body, 2)[0]
        elif kind in {_STYLES, _STYLES_END}:
            inside = kind == _STYLES
        elif kind == _STYLE and inside:
            styles.append(form_by_id(struct.unpack_from("<H", body, 2)[0], formats))
    return styles


def _rows(
    records: Iterator[tuple[int, memoryview]], book: _Book, builder: RowBuilder
) -> frozenset[int]:
    """Fill the builder with a sheet's rows, and give those that are not shown."""
    cells: list[RawValue] = []
    hidden: set[int] = set()
    at = 0
    column = -1
    for kind, body in records:
        if kind == _ROW:
            if at:
                builder.add(cells)
            cells = []
            column = -1
            at = struct.unpack_from("<I", body)[0] + 1
            if at < builder.next_row:
                raise FileRefused("arquivo-danificado")
            builder.skip(at - builder.next_row)
            if len(body) > _ROW_FLAGS and body[_ROW_FLAGS] & _NO_HEIGHT:
                hidden.add(at)
        elif kind == _DATA_END:
            break
        elif kind <= _LAST_CELL and at:
            column = _add(cells, kind, body, column + 1, book)
    builder.add(cells)
    return frozenset(hidden)


def _add(cells: list[RawValue], kind: int, body: memoryview, following: int, book: _Book) -> int:
    """Put a cell into its row, and give its column."""
    if kind in _SHORT:
        kind, body = _SHORT[kind], memoryview(_COLUMN.pack(following) + body)
    column: int = _COLUMN.unpack_from(body)[0]
    if column < len(cells) or column >= EXCEL_COLUMNS:
        raise FileRefused("arquivo-danificado")
    if kind != _BLANK:
        style = _COLUMN.unpack_from(body, 4)[0] & 0xFFFFFF
        cells.extend([None] * (column - len(cells)))
        cells.append(_value(_FORMULA.get(kind, kind), body, style, book))
    return column


def _arrangement(
    records: Iterator[tuple[int, memoryview]], hidden: frozenset[int]
) -> tuple[tuple[Range, ...], frozenset[int]]:
    """The merged ranges of a sheet, and those of its hidden rows that lie under a filter.

    Both stand in the records below the cells.
    """
    merged: list[Range] = []
    filtered: frozenset[int] = frozenset()
    under = range(0)
    for kind, body in records:
        if kind in {_MERGED, _FILTER}:
            top, last, left, right = (edge + 1 for edge in struct.unpack_from("<IIII", body))
            if kind == _MERGED:
                merged.append((top, left, last, right))
            else:
                under = range(top + 1, last + 1)
        elif kind == _FILTER_COLUMN:
            filtered = frozenset(row for row in hidden if row in under)
    return tuple(sorted(merged)), filtered


def _value(kind: int, body: memoryview, style: int, book: _Book) -> RawValue:
    if kind == _SHARED:
        return book.strings[int(struct.unpack_from("<I", body, 8)[0])]
    if kind == _TEXT:
        return _string(body, 8)[0]
    if kind == _BOOL:
        return body[8] != 0
    if kind == _ERROR:
        return Fault(FaultKind.ERROR_VALUE, _ERRORS.get(body[8], "#ERRO!"))
    number: float
    if kind == _RK:
        number = _rk(struct.unpack_from("<i", body, 8)[0])
    else:
        number = struct.unpack_from("<d", body, 8)[0]
    return typed(number, book.styles[style], book.date1904)


def _rk(packed: int) -> float:
    """A number in 30 bits: an integer or the top of a double, perhaps times 100 (2.5.122)."""
    if packed & 2:
        number = float(packed >> 2)
    else:
        number = struct.unpack("<d", struct.pack("<II", 0, packed & 0xFFFFFFFC))[0]
    return number / 100 if packed & 1 else number
