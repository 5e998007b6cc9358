"""A minimal writer of xlsb books, as no free program writes them. Values as Excel stores them.

Records and their layouts are those of [MS-XLSB]; a style is a number format.
"""

import struct
import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
_BINARY = "application/vnd.ms-excel"


class Styled(NamedTuple):
    """A number shown by a number format."""

    number: float
    form: str


class Erro(NamedTuple):
    """An error cell, by its code: 0x17 is #REF!."""

    code: int


Cell = str | float | bool | Styled | Erro | None


class Arranged(NamedTuple):
    """Ranges of a sheet (first row, first column, last row, last column), and hidden rows."""

    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: Sequence[int] = ()
    filtered: tuple[int, int, int, int] | None = None


def book(
    name: str,
    rows: Sequence[Sequence[Cell]],
    *,
    date1904: bool = False,
    first_row: int = 1,
    arranged: Arranged = Arranged(),  # noqa: B008 - frozen
) -> bytes:
    """A book of one sheet whose first row is `first_row`."""
    forms = sorted({cell.form for row in rows for cell in row if isinstance(cell, Styled)})
    strings = sorted({cell for row in rows for cell in row if isinstance(cell, str)})
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.bin")}),
        "xl/_rels/workbook.bin.rels": _relations(
            {
                "rId1": ("worksheet", "worksheets/sheet1.bin"),
                "rId2": ("styles", "styles.bin"),
                "rId3": ("sharedStrings", "sharedStrings.bin"),
            }
        ),
        "xl/workbook.bin": _workbook(name, date1904),
        "xl/styles.bin": _styles(forms),
        "xl/sharedStrings.bin": _strings(strings),
        "xl/worksheets/sheet1.bin": _sheet(rows, forms, strings, first_row, arranged),
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), content)
    return buffer.getvalue()


def _content_types() -> str:
    overrides = "".join(
        f'<Override PartName="/xl/{part}" ContentType="{_BINARY}.{kind}"/>'
        for part, kind in (
            ("workbook.bin", "sheet.binary.macroEnabled.main"),
            ("worksheets/sheet1.bin", "worksheet"),
            ("styles.bin", "styles"),
            ("sharedStrings.bin", "sharedStrings"),
        )
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_CONTENT}">'
        f'<Default Extension="rels" ContentType="{rels}"/>{overrides}</Types>'
    )


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{identifier}" Type="{_TYPES}/{kind}" Target="{target}"/>'
        for identifier, (kind, target) in targets.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_RELATIONS}">'
        f"{entries}</Relationships>"
    )


def _record(kind: int, body: bytes = b"") -> bytes:
    head = bytes((kind,)) if kind < 0x80 else bytes(((kind & 0x7F) | 0x80, kind >> 7))
    size = len(body)
    tail = bytearray()
    while True:
        tail.append((size & 0x7F) | (0x80 if size > 0x7F else 0))
        size >>= 7
        if not size:
            return head + bytes(tail) + body


def _wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def _workbook(name: str, date1904: bool) -> bytes:
    sheet = struct.pack("<II", 0, 1) + _wide("rId1") + _wide(name)
    return b"".join(
        (
            _record(131),
            _record(153, struct.pack("<III", int(date1904), 0, 0)),
            _record(143),
            _record(156, sheet),
            _record(144),
            _record(132),
        )
    )


def _styles(forms: Sequence[str]) -> bytes:
    own = b"".join(
        _record(44, struct.pack("<H", 164 + index) + _wide(form))
        for index, form in enumerate(forms)
    )
    style = [_xf(0, 0), *(_xf(0, 164 + index) for index in range(len(forms)))]
    font = (
        struct.pack("<HHHHBBBB", 220, 0, 400, 0, 0, 2, 0, 0) + b"\x07\x00\x00\x00\x00\x00\x00\xff"
    )
    fill = struct.pack("<I", 0) + b"\x00" * 64
    border = b"\x00" * 51
    return b"".join(
        (
            _record(278),
            _record(615, struct.pack("<I", len(forms))) + own + _record(616) if forms else b"",
            _record(611, struct.pack("<I", 1)),
            _record(43, font + b"\x00" + _wide("Calibri")),
            _record(612),
            _record(603, struct.pack("<I", 1)) + _record(45, fill) + _record(604),
            _record(613, struct.pack("<I", 1)) + _record(46, border) + _record(614),
            _record(626, struct.pack("<I", 1)) + _xf(0xFFFF, 0) + _record(627),
            _record(617, struct.pack("<I", len(style))) + b"".join(style) + _record(618),
            _record(279),
        )
    )


def _xf(parent: int, form: int) -> bytes:
    return _record(47, struct.pack("<HHHHHBBI", parent, form, 0, 0, 0, 0, 0, 0x01010000)[:16])


def _strings(strings: Sequence[str]) -> bytes:
    items = b"".join(_record(19, b"\x00" + _wide(text)) for text in strings)
    return _record(159, struct.pack("<II", len(strings), len(strings))) + items + _record(160)


def _sheet(
    rows: Sequence[Sequence[Cell]],
    forms: Sequence[str],
    strings: Sequence[str],
    first: int,
    arranged: Arranged,
) -> bytes:
    width = max(map(len, rows))
    extent = struct.pack("<IIII", first - 1, first - 2 + len(rows), 0, width - 1)
    body = [_record(129), _record(148, extent), _record(145)]
    for index, row in enumerate(rows, first - 1):
        no_height = 0x10 if index + 1 in arranged.hidden else 0
        header = struct.pack("<IIHBBBI", index, 0, 300, 0, no_height, 0, 1)
        body.append(_record(0, header + struct.pack("<II", 0, max(len(row) - 1, 0))))
        body += [_cell(column, cell, forms, strings) for column, cell in enumerate(row)]
    body.append(_record(146))
    if arranged.filtered:
        column = _record(163, struct.pack("<IH", 0, 0)) + _record(164)
        body.append(_record(161, _range(arranged.filtered)) + column + _record(162))
    body += [_record(176, _range(merged)) for merged in arranged.merged]
    return b"".join((*body, _record(130)))


def _range(place: tuple[int, int, int, int]) -> bytes:
    top, left, last, right = place
    return struct.pack("<IIII", top - 1, last - 1, left - 1, right - 1)


def _cell(column: int, cell: Cell, forms: Sequence[str], strings: Sequence[str]) -> bytes:
    style = forms.index(cell.form) + 1 if isinstance(cell, Styled) else 0
    head = struct.pack("<II", column, style)
    match cell:
        case None:
            return b""
        case bool():
            return _record(4, head + bytes((cell,)))
        case str():
            return _record(7, head + struct.pack("<I", strings.index(cell)))
        case Erro():
            return _record(3, head + bytes((cell.code,)))
        case Styled():
            return _number(head, cell.number)
        case _:
            return _number(head, cell)


def _number(head: bytes, number: float) -> bytes:
    """Whole numbers and cents fit in the 30 bits of an RK, as Excel prefers; others do not."""
    for scaled, flags in ((number, 2), (number * 100, 3)):
        whole = round(scaled)
        divided = whole / 100 if flags & 1 else float(whole)
        if divided == number and abs(whole) < 2**29:
            return _record(2, head + struct.pack("<i", (whole << 2) | flags))
    return _record(5, head + struct.pack("<d", number))
