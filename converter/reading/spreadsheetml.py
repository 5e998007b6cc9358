"""Excel 2003 XML ("Planilha XML 2003"), which older systems save as `.xls` or `.xml`."""

from datetime import datetime, time
from typing import Any

from converter.model.cells import Fault, FaultKind, Percent, RawSheet, RawValue
from converter.reading.formats import Shown, shown
from converter.reading.limits import EXCEL_COLUMNS, EXCEL_ROWS, Limits
from converter.reading.marks import NOT_CALCULATED
from converter.reading.markup import walk
from converter.reading.refusal import FileRefused
from converter.reading.rows import RowBuilder

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"


def read(data: bytes, limits: Limits) -> tuple[RawSheet, ...]:
    """The worksheets of the book.

    Raises:
        FileRefused: `arquivo-danificado`, `arquivo-suspeito` or `planilha-extensa`.
    """
    sheets = []
    percent: set[str] = set()
    builder = RowBuilder("", limits)
    tags = tuple(_SS + name for name in ("Style", "Worksheet", "Row"))
    for event, element in walk(data, tags):
        if element.tag == f"{_SS}Style" and event == "end":
            form = element.find(f"{_SS}NumberFormat")
            code = "" if form is None else form.get(f"{_SS}Format", "")
            if code == "Percent" or shown(code) is Shown.PERCENT:
                percent.add(element.get(f"{_SS}ID", ""))
        elif element.tag == f"{_SS}Worksheet":
            if event == "start":
                builder = RowBuilder(element.get(f"{_SS}Name", ""), limits)
                continue
            sheets.append(RawSheet(element.get(f"{_SS}Name", ""), builder.rows, _visible(element)))
            element.clear()
        elif element.tag == f"{_SS}Row" and event == "end":
            at = _number(element, "Index", builder.next_row, EXCEL_ROWS)
            builder.skip(max(at - builder.next_row, 0))
            builder.add(_cells(element, percent))
            builder.skip(_number(element, "Span", 0, EXCEL_ROWS))
            element.clear()
    return tuple(sheets)


def _visible(worksheet: Any) -> bool:
    return worksheet.find(".//{urn:schemas-microsoft-com:office:excel}Visible") is None


def _cells(row: Any, percent: set[str]) -> list[RawValue]:
    cells: list[RawValue] = []
    for cell in row.iter(f"{_SS}Cell"):
        at = _number(cell, "Index", len(cells) + 1, EXCEL_COLUMNS)
        cells.extend([None] * (at - 1 - len(cells)))
        cells.append(_value(cell, percent))
        cells.extend([None] * _number(cell, "MergeAcross", 0, EXCEL_COLUMNS))
    return cells


def _number(element: Any, name: str, default: int, most: int) -> int:
    text = element.get(_SS + name)
    if text is None:
        return default
    if not text.isdecimal() or int(text[:9]) > most:
        raise FileRefused("arquivo-danificado")
    return int(text)


def _value(cell: Any, percent: set[str]) -> RawValue:
    data = cell.find(f"{_SS}Data")
    if data is None:
        return NOT_CALCULATED if cell.get(f"{_SS}Formula") else None
    text = "".join(data.itertext())
    kind = data.get(f"{_SS}Type", "String")
    try:
        if kind == "Number":
            number = float(text)
            return Percent(number) if cell.get(f"{_SS}StyleID") in percent else number
        if kind == "DateTime":
            moment = datetime.fromisoformat(text)
            return moment.date() if moment.time() == time() else moment
    except ValueError as error:
        raise FileRefused("arquivo-danificado") from error
    if kind == "Boolean":
        return text.strip() == "1"
    return Fault(FaultKind.ERROR_VALUE, text) if kind == "Error" else text
