"""Excel 2003 XML ("Planilha XML 2003"), which older systems save as `.xls` or `.xml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from converter.model.cells import Fault, FaultKind, RawSheet, RawValue
from converter.reading.formats import Form, Shown, named, typed
from converter.reading.limits import EXCEL_COLUMNS, EXCEL_ROWS, Limits
from converter.reading.marks import NOT_CALCULATED
from converter.reading.markup import number_of, walk
from converter.reading.refusal import FileRefused
from converter.reading.rows import Room, RowBuilder

_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_NEAR = 100
_NUMBERS = (Shown.NUMBER, Shown.PERCENT)
_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def read(data: bytes, limits: Limits) -> tuple[RawSheet, ...]:
    """The worksheets of the book.

    Raises:
        FileRefused: `arquivo-danificado`, `arquivo-suspeito` or `planilha-extensa`.
    """
    room = Room(limits)
    book = _Book(RowBuilder("", room), room)
    tags = tuple(_SS + name for name in ("Style", "Worksheet", "Row", "Cell"))
    for event, element in walk(data, tags, limits.cells):
        if event == "start" and element.tag == f"{_SS}Worksheet":
            book.builder = RowBuilder(element.get(f"{_SS}Name", ""), room)
        elif event == "end":
            book.end(element)
    return tuple(book.sheets)


@dataclass(slots=True)
class _Book:
    builder: RowBuilder
    room: Room
    sheets: list[RawSheet] = field(default_factory=list)
    forms: dict[str, Form] = field(default_factory=dict)
    cells: list[RawValue] = field(default_factory=list)
    spans: list[tuple[int, int, int]] = field(default_factory=list)

    def end(self, element: etree._Element) -> None:
        name = element.tag.removeprefix(_SS)
        if name == "Cell":
            self._cell(element)
        elif name == "Row":
            at = _number(element, "Index", self.builder.next_row, EXCEL_ROWS)
            self.builder.skip(max(at - self.builder.next_row, 0))
            for span in self.spans:
                self.builder.merge(*span)
            self.spans = []
            more = _number(element, "Span", 0, EXCEL_ROWS)
            if element.get(f"{_SS}Hidden") == "1":
                self.builder.hide(more + 1)
            self.builder.add(self.cells)
            self.builder.skip(more)
            self.cells = []
        elif name == "Style":
            form = element.find(f"{_SS}NumberFormat")
            code = "" if form is None else form.get(f"{_SS}Format", "")
            self.forms[element.get(f"{_SS}ID", "")] = named(code)
        else:
            visible = element.find(f".//{_EXCEL}Visible") is None
            self.sheets.append(self.builder.sheet(visible=visible))

    def _cell(self, element: etree._Element) -> None:
        at = _number(element, "Index", len(self.cells) + 1, EXCEL_COLUMNS)
        self._blank(at - 1 - len(self.cells))
        self.cells.append(_value(element, self.forms, at, self.builder))
        across = _number(element, "MergeAcross", 0, EXCEL_COLUMNS)
        self.spans.append((at, across + 1, _number(element, "MergeDown", 0, EXCEL_ROWS) + 1))
        self._blank(min(across, EXCEL_COLUMNS - len(self.cells)))

    def _blank(self, count: int) -> None:
        if not self.room.skip(max(count - _NEAR, 0)):
            raise FileRefused("arquivo-suspeito", motivo="estende as mesmas células sem fim")
        self.cells.extend([None] * count)


def _number(element: etree._Element, name: str, default: int, most: int) -> int:
    text = element.get(_SS + name)
    if text is None:
        return default
    number = number_of(text)
    if number is None or number > most:
        raise FileRefused("arquivo-danificado")
    return number


def _value(
    cell: etree._Element, forms: Mapping[str, Form], column: int, builder: RowBuilder
) -> RawValue:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return NOT_CALCULATED if cell.get(f"{_SS}Formula") else None
    text = "".join(map(str, data.itertext()))
    kind = data.get(f"{_SS}Type", "String")
    try:
        if kind == "Number":
            form = forms.get(cell.get(f"{_SS}StyleID", "Default"), Form())
            # Its dates have a type of their own: a number shown as one is no date here.
            return typed(float(text), form if form.kind in _NUMBERS else Form(), date1904=False)
        if kind == "DateTime":
            return builder.moment(column, text)
    except ValueError as error:
        raise FileRefused("arquivo-danificado") from error
    if kind == "Boolean":
        return text.strip() == "1"
    return Fault(FaultKind.ERROR_VALUE, text) if kind == "Error" else text
