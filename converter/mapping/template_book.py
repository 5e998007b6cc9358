"""Draws a fill-in workbook: notes, an example apart, instructions, and two hidden sheets."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby, zip_longest
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from converter.mapping.template import (
    FACTS,
    FILLING,
    LISTS_SHEET,
    MARKER_SHEET,
    VERSION,
    MadeFrom,
    Template,
    choices,
    example,
    obligation,
)
from converter.schemas.catalogue import Field, Kind, Requirement

NOTES, EXAMPLE, HELP = "Notas", "Exemplo", "Instruções"
_GROUP_ROW, _HEADER_ROW, _FIRST_ROW, _LAST_ROW = 1, 2, 3, 1_048_576
_CREATED = datetime(2026, 1, 1)
_NUMBERS = {Kind.MONEY: "#,##0.00", Kind.RATE: "0.00##", Kind.DECIMAL: "0.00##"}
_DATES = {Kind.DATETIME: "dd/mm/yyyy hh:mm", Kind.DATE: "dd/mm/yyyy"}
_LONG_TEXT = "servico.discriminacao"
"""The one column left in General: cells in Text format show #### past 255 characters."""
_DARK, _MIDDLE, _LIGHT = "1F4E5F", "5B8A99", "8A9499"
_COLOURS = {
    Requirement.SEMPRE: _DARK,
    Requirement.CONDICIONAL: _MIDDLE,
    Requirement.NUNCA: _LIGHT,
}
_PLAIN = Font("Calibri", 11)
_HEAD = Font("Calibri", 11, bold=True, color="FFFFFF")
_GROUP = Font("Calibri", 11, bold=True, color=_DARK)
_SAMPLE = Font("Calibri", 11, italic=True, color="5B6468")
_WARNING = Font("Calibri", 11, bold=True, color="A33B20")
_TITLE = Font("Calibri", 15, bold=True, color=_DARK)
_WHITE = Side("thin", "FFFFFF")
_AROUND = Border(_WHITE, _WHITE, _WHITE, _WHITE)
_BELOW = Border(bottom=Side("thin", "D5DBDE"))
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_HELP_WIDTHS = (44, 50, 66, 38)
_LINE = 16
"""Height of a line in points: rows are given theirs, since not every program fits them."""
_HELP_TEXTS: Mapping[str, Any] = FACTS["instrucoes"]
_DOUBTS: Mapping[str, str] = FACTS["duvidas"]


def draw(template: Template) -> bytes:
    """The workbook of `template`. The same version always gives the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = template.name, "planilote"
    listed = [field for field in template.fields if choices(field)]
    _table(_sheet(book, NOTES, _DARK), template.fields, listed)
    shown = _sheet(book, EXAMPLE, _LIGHT)
    _table(shown, template.fields, listed)
    _example(shown, template.fields)
    _instructions(_sheet(book, HELP, _LIGHT), template)
    _hidden(book, LISTS_SHEET, zip_longest(*map(choices, listed)))
    # What tells a filled template apart, and what in it are no notes.
    texts = tuple(one for one in map(example, template.fields) if isinstance(one, str))
    made = MadeFrom(template.name, VERSION, (EXAMPLE, HELP), EXAMPLE, _FIRST_ROW, texts)
    _hidden(book, MARKER_SHEET, made.rows())
    return _saved(book)


def _sheet(book: Workbook, name: str, colour: str) -> Worksheet:
    """A sheet for A4 across."""
    sheet: Worksheet = book.create_sheet(name)
    sheet.sheet_properties.tabColor = colour
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    return sheet


def _table(sheet: Worksheet, fields: Sequence[Field], listed: Sequence[Field]) -> None:
    sheet.freeze_panes = f"A{_FIRST_ROW}"
    # Many columns take several pages rather than one nobody can read.
    sheet.page_setup.fitToWidth = -(-len(fields) // 20)
    sheet.row_dimensions[_GROUP_ROW].height = 20
    sheet.row_dimensions[_HEADER_ROW].height = 34
    for column, field in enumerate(fields, start=1):
        letter = get_column_letter(column)
        whole = sheet.column_dimensions[letter]
        whole.width, whole.font = _width(field), _PLAIN
        whole.number_format, whole.alignment = _pattern(field), _aligned(field)
        header = _write(sheet, _HEADER_ROW, column, field.label, _HEAD, _COLOURS[field.required])
        header.alignment = Alignment("center", "center", wrap_text=True)
        header.border, header.comment = _AROUND, _note(field)
        validation = _validation(field, listed)
        validation.add(f"{letter}{_FIRST_ROW}:{letter}{_LAST_ROW}")
        sheet.add_data_validation(validation)
    _groups(sheet, [field.group for field in fields])


def _groups(sheet: Worksheet, groups: Sequence[str]) -> None:
    """The name of each run of columns, above all of them."""
    start = 1
    for name, run in groupby(groups):
        end = start + len(list(run)) - 1
        for column in range(start, end + 1):
            text = name if column == start else None
            _write(sheet, _GROUP_ROW, column, text, _GROUP, "E3ECEF").border = _AROUND
        if end > start:
            sheet.merge_cells(None, _GROUP_ROW, start, _GROUP_ROW, end)
        start = end + 1


def _note(field: Field) -> Comment:
    lines = [field.help, f"{FILLING}{obligation(field)}."]
    if field.example:
        lines.append(f"Exemplo: {field.example}")
    return Comment("\n".join(lines), "", height=110, width=270)


def _validation(field: Field, listed: Sequence[Field]) -> DataValidation:
    """What Excel says beside the cell, and what it asks when something odd is typed."""
    return DataValidation(
        **_asked(field, listed),
        allow_blank=True,
        showInputMessage=True,
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle=field.label[:32],
        promptTitle=field.label[:32],
        prompt=_shortened(field),
    )


def _asked(field: Field, listed: Sequence[Field]) -> dict[str, Any]:
    if field in listed:
        column = get_column_letter(1 + listed.index(field))
        formula = f"{LISTS_SHEET}!${column}$1:${column}${len(choices(field))}"
        return {"type": "list", "formula1": formula, "error": _DOUBTS["lista"]}
    if field.kind in _NUMBERS:
        high, doubt = (100, "percentual") if field.kind is Kind.RATE else (10**13, "numero")
        return {"type": "decimal", "formula1": 0, "formula2": high, "error": _DOUBTS[doubt]}
    if field.kind in _DATES:
        since = (datetime(2000, 1, 1) - datetime(1899, 12, 30)).days
        least = {"operator": "greaterThanOrEqual", "formula1": since}
        return {"type": "date", "error": _DOUBTS["data"], **least}
    if field.size:
        most = {"operator": "lessThanOrEqual", "formula1": field.size}
        doubt = _DOUBTS["tamanho"].format(tamanho=field.size)
        return {"type": "textLength", "error": doubt, **most}
    return {}


def _example(sheet: Worksheet, fields: Sequence[Field]) -> None:
    for column, field in enumerate(fields, start=1):
        cell = _write(sheet, _FIRST_ROW, column, example(field), _SAMPLE, "F4F6F7")
        cell.number_format, cell.alignment = _pattern(field), _aligned(field)
    _write(sheet, _FIRST_ROW + 2, 1, FACTS["exemplo"]["aviso"], _WARNING)


def _instructions(sheet: Worksheet, template: Template) -> None:
    sheet.sheet_view.showGridLines = False
    for column, width in enumerate(_HELP_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    _write(sheet, 1, 1, f"{template.name}, versão {VERSION}", _TITLE)
    steps = [f"{number}. {step}" for number, step in enumerate(_HELP_TEXTS["passos"], start=1)]
    for row, text in enumerate([template.purpose, None, *steps], start=2):
        _write(sheet, row, 1, text).alignment = _WRAPPED
        sheet.merge_cells(None, row, 1, row, len(_HELP_WIDTHS))
    legend = 5 + len(steps)
    for row, (required, colour) in enumerate(_COLOURS.items(), start=legend):
        _write(sheet, row, 1, _HELP_TEXTS["cores"][required], _HEAD, colour)
    titles = legend + len(_COLOURS) + 1
    for column, title in enumerate(_HELP_TEXTS["titulos"], start=1):
        _write(sheet, titles, column, title, _HEAD, _DARK)
    for row, field in enumerate(template.fields, start=titles + 1):
        texts = (field.label, obligation(field), field.help, field.example)
        sheet.row_dimensions[row].height = _LINE * _lines(texts)
        for column, text in enumerate(texts, start=1):
            cell = _write(sheet, row, column, text)
            cell.alignment, cell.border = _WRAPPED, _BELOW


def _hidden(book: Workbook, name: str, rows: Iterable[Sequence[str | None]]) -> None:
    sheet: Worksheet = book.create_sheet(name)
    sheet.sheet_state = "veryHidden"
    for row, texts in enumerate(rows, start=1):
        for column, text in enumerate(texts, start=1):
            _write(sheet, row, column, text)


def _write(
    sheet: Worksheet,
    row: int,
    column: int,
    value: Any,
    font: Font = _PLAIN,
    colour: str | None = None,
) -> Cell:
    """A cell; a text is never a formula, whatever it begins with."""
    cell: Cell = sheet.cell(row, column, value)
    cell.font = font
    if isinstance(value, str):
        cell.data_type = "s"
    if colour:
        cell.fill = PatternFill("solid", colour)
    return cell


def _pattern(field: Field) -> str:
    if field.path == _LONG_TEXT:
        return "General"
    return _NUMBERS.get(field.kind) or _DATES.get(field.kind) or "@"


def _aligned(field: Field) -> Alignment:
    return Alignment(vertical="top", wrap_text=field.path == _LONG_TEXT)


def _saved(book: Workbook) -> bytes:
    """The file; openpyxl writes the time of saving into it, in two places, and here it has none."""
    saved, target = io.BytesIO(), io.BytesIO()
    book.save(saved)
    book.properties.created = book.properties.modified = _CREATED
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(target, "w") as package:
        for name in parts.namelist():
            part = parts.read(name)
            if name == "docProps/core.xml":
                part = tostring(book.properties.to_tree())
            entry = zipfile.ZipInfo(name, _CREATED.timetuple()[:6])
            package.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _lines(texts: Sequence[str]) -> int:
    """Lines the longest text takes in its column of the instructions, a little generously."""
    widths = zip(texts, _HELP_WIDTHS, strict=True)
    return max(1 + int(len(text) * 1.02) // width for text, width in widths)


def _width(field: Field) -> float:
    if field.path == _LONG_TEXT:
        return 48
    longest = max(len(field.example), (field.size or 0) // 4, len(field.label) // 2 + 2)
    return float(min(max(longest + 4, 13), 34))


def _shortened(field: Field) -> str:
    said = f"{field.help} Preenchimento: {obligation(field)}."
    return said if len(said) <= 255 else field.help
