"""The part of a worksheet as blocks of rows: every distinct cell once, and which stands where.

A sheet of notes says the same few things over and over, so what calamine and we make of a cell is
made once for all that are written alike. Excel, LibreOffice, XlsxWriter and openpyxl all begin a
cell with its address, `<c r="B7"`; rows of such cells are split there. Whatever is written another
way (a namespace prefix, other quotes, cells without an address) goes through a real parser instead,
which gives the same blocks.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, count, pairwise
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from converter.model.address import column_of
from converter.reading.blocks import Block
from converter.reading.formats import Form
from converter.reading.marks import Cells, marks_of
from converter.reading.markup import number_of, refuse_entities, root_of, walk
from converter.reading.refusal import FileRefused

BLOCK = 4 * 2**20
"""Bytes of XML that become a block: some five thousand rows."""

_DATA, _END, _ROW_END, _CELL = b"<sheetData>", b"</sheetData>", b"</row>", b'<c r="'
_NOT_USUAL = re.compile(rb"<!|<c[\s/>]|:c[\s/>]|encoding=(?![\"'](?i:utf-8|us-ascii)[\"'])")
"""What may not stand above the cells."""
_ROW = rb'<row(?: [\w:]++="[^"<>&]*+")*+ ?'
_EMPTY = rb"\s*+(?:%b/>\s*+)*+" % _ROW
_BETWEEN = re.compile(rb"</row>%b%b>\s*+" % (_EMPTY, _ROW))
_BELOW = re.compile(rb"(?:</row>)?%b" % _EMPTY)
_PLACE = re.compile(rb'(<c r="([A-Z]{1,3}))([1-9]\d{0,6}")')
_FORMULA = rb"(<f)(?:[\s/][^<>\0]*+)?(?:(?<=/)>|>[^<\0]*+</f>)"
_VALUE = rb"<v(?:[\s/][^<>\0]*+)?(?:(?<=/)>|>[^<\0]*+</v>)"
_TEXT = rb"<t(?:[\s/][^<>\0]*+)?(?:(?<=/)>|>[^<\0]*+</t>)\s*+"
_RUN = (
    rb"<r>\s*+(?:<rPr>\s*+(?:<\w++(?:[\s/][^<>\0]*+)?(?<=/)>\s*+)*+</rPr>\s*+)?%b</r>\s*+" % _TEXT
)
_TOKEN = re.compile(
    rb'\0(((?: (?:[st]|cm|vm|ph)="\w{0,9}+")*+) ?'
    rb"(?:/>|>\s*+(?:%b\s*+)?(?:%b\s*+)?(?:<is>\s*+(?:%b|%b)*+</is>\s*+)?</c>))\s*+"
    rb'(?:<c r="([A-Z]{1,3}))?+(?=\0)' % (_FORMULA, _VALUE, _TEXT, _RUN)
)
"""A cell behind its address, and the letters of the next one's, none behind the last of a row."""
_ABOVE = {"row": "sheetData", "c": "row"}
_ADDRESS = re.compile(r"([A-Za-z]{1,7})(\d{1,10})", re.ASCII)


def blocks_of(
    xml: bytes, forms: Mapping[int, Form], uncalculated: bool, most: int
) -> Sequence[Block]:
    """The rows of a sheet.

    Args:
        xml: The sheet's part.
        forms: What the styles show, of those that may show a number otherwise than it is.
        uncalculated: The book asks to be calculated on load, so a formula's zero is no result.
        most: Cells it may have, blank ones too.

    Raises:
        FileRefused: The XML declares a DTD, or cannot be read.
    """
    refuse_entities(xml)
    try:
        return usual(xml, forms, uncalculated)
    except UnforeseenError:
        return parse(xml, forms, uncalculated, most)


class UnforeseenError(Exception):
    """Something is written in a way that only a parser understands."""


def usual(xml: bytes, forms: Mapping[int, Form], uncalculated: bool) -> Sequence[Block]:
    """The rows of a sheet written as the usual programs do.

    Raises:
        UnforeseenError: It is written otherwise.
    """
    begin, end = xml.find(_DATA), xml.rfind(_END)
    if not 0 <= begin < end or _NOT_USUAL.search(xml, 0, begin) or b"\0" in xml:
        raise UnforeseenError
    begin += len(_DATA)
    _check(xml[:begin] + xml[end:])
    last = xml.rfind(_ROW_END, begin, end)
    blocks = []
    # Rows are parted at the end of the one before; the first has none.
    before = _ROW_END
    while begin < last:
        stop = xml.find(_ROW_END, begin + BLOCK, last)
        stop = last if stop < 0 else stop
        rows = _split(before + xml[begin:stop])
        if rows.numbers:
            blocks.append(_block(rows, forms, uncalculated))
        before, begin = b"", stop
    numbers = chain.from_iterable(block.numbers for block in blocks)
    if not _BELOW.fullmatch(xml, begin, end) or not _ascend(numbers):
        raise UnforeseenError
    return blocks


def _check(around: bytes) -> None:
    try:
        root_of(around)
    except FileRefused:
        raise UnforeseenError from None


def _ascend(numbers: Iterable[int]) -> bool:
    return all(before < after for before, after in pairwise(numbers))


@dataclass(frozen=True, slots=True)
class _Split:
    """Rows split at the addresses of their cells: the letters of the first, what is behind each."""

    firsts: list[bytes] = field(default_factory=list)
    tokens: list[bytes] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)


def _split(xml: bytes) -> _Split:
    """Rows without the end of the last: an address ends with the row's number and a quote."""
    above, *rows = _BETWEEN.split(xml)
    if above:
        raise UnforeseenError
    found = _Split()
    for row in filter(None, rows):
        first = _PLACE.match(row)
        if first is None:
            raise UnforeseenError
        number = first[3]
        _, *tokens = row.split(number)
        if len(tokens) != row.count(_CELL):
            # An attribute ends so too (`s="7"` in row 7), or a word in quotes.
            _, *parts = _PLACE.sub(rb"\1\0\3\0", row).split(b"\0")
            tokens = parts[1::2]
            if {*parts[::2]} != {number}:
                raise UnforeseenError
        found.firsts.append(first[2])
        found.tokens.extend(tokens)
        found.widths.append(len(tokens))
        found.numbers.append(int(number[:-1]))
    return found


def _block(rows: _Split, forms: Mapping[int, Form], uncalculated: bool) -> Block:
    distinct: defaultdict[bytes, int] = defaultdict(count().__next__)
    codes = array("I", map(distinct.__getitem__, rows.tokens))
    cells, letters = _read(distinct)
    following = [*map(_column, letters)]
    nexts = [*map(following.__getitem__, codes)]
    known: dict[tuple[int, ...], tuple[int, ...]] = {}
    columns = []
    begin = 0
    for first, width in zip(map(_column, rows.firsts), rows.widths, strict=True):
        shape = (first, *nexts[begin : begin + width])
        begin += width
        if shape not in known:
            known[shape] = _columns(shape)
        columns.append(known[shape])
    return Block(
        cells.xml,
        cells.attributes,
        marks_of(cells, forms, uncalculated),
        codes,
        columns,
        rows.numbers,
    )


@cache
def _column(letters: bytes) -> int:
    return column_of(letters.decode())


def _columns(shape: tuple[int, ...]) -> tuple[int, ...]:
    """The columns of a row's cells, told by its first and by what follows each."""
    *columns, none = shape
    if none or not _ascend(columns):
        raise UnforeseenError
    return (*columns,)


def _read(tokens: Collection[bytes]) -> tuple[Cells, Sequence[bytes]]:
    """The cells of distinct tokens, in their order, and the letters of the next one of each."""
    found = _TOKEN.findall(b"\0%b\0" % b"\0".join(tokens))
    if len(found) != len(tokens):
        raise UnforeseenError
    xml, attributes, formulas, letters = zip(*found, strict=True)
    return Cells(xml, attributes, formulas), letters


def parse(xml: bytes, forms: Mapping[int, Form], uncalculated: bool, most: int) -> Sequence[Block]:
    """The same by a real parser, whatever the notation; only of cells with content.

    Raises:
        FileRefused: Also where there are more than `most` cells, blank ones too.
    """
    distinct: defaultdict[bytes, int] = defaultdict(count().__next__)
    rows: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for row, column, cell in _cells(xml, most):
        token = _token(cell)
        if token is not None:
            rows[row][column] = distinct[token]
    if not rows:
        return []
    try:
        cells, _ = _read(distinct)
    except UnforeseenError:
        raise FileRefused("arquivo-danificado") from None
    numbers = sorted(rows)
    columns = [tuple(sorted(rows[number])) for number in numbers]
    codes = [rows[number][at] for number, own in zip(numbers, columns, strict=True) for at in own]
    return [
        Block(
            cells.xml,
            cells.attributes,
            marks_of(cells, forms, uncalculated),
            codes,
            columns,
            numbers,
        )
    ]


def _cells(xml: bytes, most: int) -> Iterator[tuple[int, int, etree._Element]]:
    """The cells of the sheet's first `sheetData`, with their rows and columns."""
    row = column = 0
    inside = seen = False
    for event, element in walk(xml, ("{*}c", "{*}row", "{*}sheetData"), most):
        name = etree.QName(element).localname
        if name == "sheetData":
            inside = event == "start" and not seen
            seen = True
        elif not inside:
            continue
        elif etree.QName(element.getparent()).localname != _ABOVE[name]:
            raise FileRefused("arquivo-danificado")
        elif name == "row" and event == "start":
            row, column = _row_number(element.get("r"), row + 1), 0
        elif name == "c" and event == "end":
            at, column = _place(element.get("r"), row, column + 1)
            yield at, column, element


def _row_number(text: str | None, following: int) -> int:
    if text is None:
        return following
    number = number_of(text)
    if number is None:
        raise FileRefused("arquivo-danificado")
    return number


def _place(address: str | None, row: int, column: int) -> tuple[int, int]:
    if address is None:
        return row, column
    place = _ADDRESS.fullmatch(address)
    if place is None:
        raise FileRefused("arquivo-danificado")
    return int(place[2]), column_of(place[1])


def _token(cell: etree._Element) -> bytes | None:
    """A cell as the usual programs write it, without its address; None where it is blank."""
    inside = "".join(map(_content, cell.iterchildren("{*}f", "{*}v", "{*}is")))
    if inside in {"", "<v></v>"}:
        return None
    style, kind = number_of(cell.get("s")), cell.get("t")
    said = "" if style is None else f' s="{style}"'
    if kind:
        said += f" t={quoteattr(kind)}"
    return f"{said}>{inside}</c>".encode()


def _content(part: etree._Element) -> str:
    """What a cell holds: a formula, a value, or a text of its own."""
    name = etree.QName(part).localname
    if name == "f":
        return "<f/>"
    return f"<v>{escape(_said(part))}</v>" if name == "v" else f"<is>{''.join(_runs(part))}</is>"


def _said(element: etree._Element) -> str:
    """The text of an element that has no others in it."""
    if next(element.iterchildren(etree.Element), None) is not None:
        raise FileRefused("arquivo-danificado")
    return "".join(chain([element.text or ""], (each.tail or "" for each in element)))


def _runs(inline: etree._Element) -> Iterator[str]:
    """The texts of a cell that holds its own, without how they are pronounced."""
    for text in inline.iter("{*}t"):
        above = text.getparent()
        if above is None or etree.QName(above).localname != "rPh":
            space = text.get("{http://www.w3.org/XML/1998/namespace}space", "default")
            yield f"<r><t xml:space={quoteattr(space)}>{escape(_said(text))}</t></r>"
