"""The two registers as workbooks to fill in: a header that stays, help, drop-down lists."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from converter.mapping.template import LISTS_SHEET, choices, obligation
from converter.registers.columns import (
    HELP,
    NOME,
    OF_PRESTADOR,
    OF_TOMADOR,
    PASTAS,
    prestador_headers,
    tomador_headers,
)
from converter.schemas.catalogue import BY_PATH, Field, Kind
from converter.texts.sentences import sentence

_LAST_ROW = 5_000
"""How far down the drop-down lists and the text format reach."""
_DARK = PatternFill("solid", fgColor="1F4E5F")


def prestadores(filled: Sequence[str] = ()) -> bytes:
    """`prestadores.xlsx`; `filled` are the cells of its first row, in the order of the headers."""
    fields = [BY_PATH[path] for path in OF_PRESTADOR]
    columns: list[Field | str] = [fields[0], NOME, PASTAS, *fields[1:]]
    return _draw("Prestadores", prestador_headers(), columns, filled)


def tomadores() -> bytes:
    """`tomadores.xlsx`, empty."""
    return _draw("Tomadores", tomador_headers(), [BY_PATH[path] for path in OF_TOMADOR], ())


def _draw(
    title: str, headers: Sequence[str], columns: Sequence[Field | str], filled: Sequence[str]
) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    lists = book.create_sheet(LISTS_SHEET)
    lists.sheet_state = "hidden"
    for number, (header, column) in enumerate(zip(headers, columns, strict=True), 1):
        cell = sheet.cell(1, number, header)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = _DARK
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.comment = _help(column)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(14, min(38, len(header) + 4))
        if isinstance(column, Field) and column.kind not in (Kind.MONEY, Kind.RATE):
            # Text keeps the zeros on the left of documents and codes.
            sheet.column_dimensions[letter].number_format = "@"
        if isinstance(column, Field) and (options := choices(column)):
            _drop_down(sheet, lists, letter, options)
    for number, value in enumerate(filled, 1):
        sheet.cell(2, number, value or None)
    sheet.row_dimensions[1].height = 34
    sheet.freeze_panes = "B2"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _help(column: Field | str) -> Comment:
    text = HELP[column] if isinstance(column, str) else f"{column.help}\n({obligation(column)})"
    comment = Comment(text, "planilote")
    comment.width, comment.height = 320, 110
    return comment


def _drop_down(sheet: Worksheet, lists: Worksheet, letter: str, options: Sequence[str]) -> None:
    """A list beside the column; an answer outside it is refused with the way out."""
    number = 1 if lists.cell(1, 1).value is None else lists.max_column + 1
    for row, option in enumerate(options, 1):
        lists.cell(row, number, option)
    place = get_column_letter(number)
    shown = DataValidation(
        type="list", formula1=f"{LISTS_SHEET}!${place}$1:${place}${len(options)}", allow_blank=True
    )
    shown.errorTitle, shown.error = sentence("cadastros.fora"), sentence("cadastros.escolha")
    sheet.add_data_validation(shown)
    shown.add(f"{letter}2:{letter}{_LAST_ROW}")
