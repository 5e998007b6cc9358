"""OpenDocument spreadsheets (LibreOffice).

Read here and not by calamine: its grid loses percentages, errors and formulas without a result,
and telling those takes the same walk over the same XML.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from lxml import etree

from converter.model.cells import Fault, FaultKind, Percent, RawSheet, RawValue
from converter.reading.formats import is_code, plain, told_by
from converter.reading.limits import EXCEL_COLUMNS, Limits
from converter.reading.marks import NOT_CALCULATED
from converter.reading.markup import number_of, walk
from converter.reading.package import Package
from converter.reading.refusal import FileRefused
from converter.reading.rows import Room, RowBuilder

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_DURATION = re.compile(r"(-)?PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d+))?S)?", re.ASCII)
_BLANKS = re.compile(r"[ \t\r\n]+")


def read(package: Package, limits: Limits) -> tuple[RawSheet, ...]:
    """The sheets of a document, in its order.

    Raises:
        FileRefused: `arquivo-protegido`, `arquivo-danificado` or `planilha-extensa`.
    """
    manifest = package.find("META-INF/manifest.xml")
    if manifest and b"encryption-data" in package.read(manifest):
        raise FileRefused("arquivo-protegido")
    return read_flat(package.read("content.xml"), limits)


def read_flat(content: bytes, limits: Limits) -> tuple[RawSheet, ...]:
    """The sheets of a document that is one XML file (`.fods`).

    Raises:
        FileRefused: `arquivo-danificado` or `planilha-extensa`.
    """
    walker = _Walker(Room(limits))
    tags = [_TABLE + name for name in ("table", "table-row", "table-cell", "covered-table-cell")]
    for event, element in walk(content, (*tags, f"{_STYLE}style"), limits.cells):
        walker.step(event, element)
    return tuple(walker.sheets)


@dataclass(slots=True)
class _Walker:
    room: Room
    sheets: list[RawSheet] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    builder: RowBuilder | None = None
    row: list[RawValue] | None = None
    blank: int = 0

    def step(self, event: str, element: etree._Element) -> None:
        name = element.tag.rsplit("}", 1)[1]
        if name == "style" and event == "end":
            self._style(element)
        elif name == "table":
            self._table(event, element)
        elif name == "table-row" and self.builder is not None:
            self._row(event, element, self.builder)
        elif name.endswith("table-cell") and event == "end" and self.row is not None:
            self._end_cell(element, self.row, self.builder)

    def _end_cell(
        self, element: etree._Element, row: list[RawValue], builder: RowBuilder | None
    ) -> None:
        if builder is None:
            return
        column = len(row) + self.blank + 1
        across = _count(element, "number-columns-spanned")
        builder.merge(column, across, _count(element, "number-rows-spanned"))
        value = _value(element, column, builder)
        self._cell(value, _count(element, "number-columns-repeated"), row)

    def _cell(self, value: RawValue, times: int, row: list[RawValue]) -> None:
        """Blank cells, which fill each row to its last column, wait for one that is not."""
        if value is None or value == "":
            self.blank += times
            return
        if len(row) + self.blank + times > EXCEL_COLUMNS or not self.room.repeat(times):
            raise FileRefused("arquivo-suspeito", motivo="repete a mesma célula sem fim")
        row.extend([None] * self.blank)
        row.extend([value] * times)
        self.blank = 0

    def _style(self, element: etree._Element) -> None:
        properties = element.find(f"{_STYLE}table-properties")
        if properties is not None and properties.get(f"{_TABLE}display") == "false":
            self.hidden.add(element.get(f"{_STYLE}name", ""))

    def _table(self, event: str, element: etree._Element) -> None:
        name = element.get(f"{_TABLE}name", "")
        if event == "start":
            self.builder = RowBuilder(name, self.room)
        elif self.builder is not None:
            visible = element.get(f"{_TABLE}style-name") not in self.hidden
            self.sheets.append(self.builder.sheet(visible=visible))
            self.builder = None

    def _row(self, event: str, element: etree._Element, builder: RowBuilder) -> None:
        if event == "start":
            self.row = []
            self.blank = 0
        elif self.row is not None:
            times = _count(element, "number-rows-repeated")
            visibility = element.get(f"{_TABLE}visibility", "visible")
            if visibility != "visible":
                builder.hide(times, filtered=visibility == "filter")
            builder.add(self.row, times)
            self.row = None


def _count(element: etree._Element, name: str) -> int:
    number = number_of(element.get(_TABLE + name, "1"))
    if number is None:
        raise FileRefused("arquivo-danificado")
    return number


def _value(cell: etree._Element, column: int, builder: RowBuilder) -> RawValue:
    kind = cell.get(f"{_OFFICE}value-type")
    formula = cell.get(f"{_TABLE}formula") is not None
    if cell.get(f"{_CALCEXT}value-type") == "error":
        return Fault(FaultKind.ERROR_VALUE, _text(cell) or "#ERRO!")
    if kind is None:
        return NOT_CALCULATED if formula else _text(cell) or None
    try:
        return _typed(kind, cell, column, builder)
    except (ValueError, OverflowError):
        # A number too large for the date it is formatted as: what the cell shows.
        return _text(cell) or None


def _typed(kind: str, cell: etree._Element, column: int, builder: RowBuilder) -> RawValue:
    if kind in {"float", "currency"}:
        return _number(float(cell.get(f"{_OFFICE}value", "")), cell)
    if kind == "percentage":
        return Percent(float(cell.get(f"{_OFFICE}value", "")))
    if kind == "boolean":
        return bool(cell.get(f"{_OFFICE}boolean-value") == "true")
    if kind == "date":
        return builder.moment(column, cell.get(f"{_OFFICE}date-value", ""))
    if kind == "time":
        return _time(cell.get(f"{_OFFICE}time-value", ""))
    text = cell.get(f"{_OFFICE}string-value")
    return str(text) if text is not None else _text(cell)


def _number(number: float, cell: etree._Element) -> RawValue:
    text = _text(cell)
    if is_code(number, text):
        return text
    form = told_by(number, text)
    # Its letters or, where they have a country of their own in the format, its sign.
    currency = cell.get(f"{_OFFICE}currency", "").strip()
    if currency not in {"", "BRL", "R$"} and not form.currency:
        form = form._replace(currency=currency)
    return plain(number, form)


def _time(text: str) -> time | timedelta:
    match = _DURATION.fullmatch(text)
    if match is None:
        raise ValueError(text)
    sign, hours, minutes, seconds, fraction = match.groups()
    length = timedelta(
        hours=int(hours or 0),
        minutes=int(minutes or 0),
        seconds=int(seconds or 0),
        microseconds=int(((fraction or "") + "000000")[:6]),
    )
    if sign or length >= timedelta(days=1):
        return -length if sign else length
    return (datetime.min + length).time()


def _text(cell: etree._Element) -> str:
    """The paragraphs of a cell, one a line; comments are not part of it."""
    return "\n".join(_paragraph(paragraph) for paragraph in cell.findall(f"{_TEXT}p"))


def _paragraph(element: etree._Element) -> str:
    text = _BLANKS.sub(" ", element.text or "")
    for child in element:
        if child.tag == f"{_TEXT}s":
            text += " " * min(number_of(child.get(f"{_TEXT}c", "1")) or 0, 1000)
        elif child.tag == f"{_TEXT}tab":
            text += "\t"
        elif child.tag == f"{_TEXT}line-break":
            text += "\n"
        elif child.tag != f"{_OFFICE}annotation":
            text += _paragraph(child)
        text += _BLANKS.sub(" ", child.tail or "")
    return text
