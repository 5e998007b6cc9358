"""Books written by openpyxl and XlsxWriter, with a feature each."""

import datetime
import io
import struct
import zlib
from collections.abc import Callable

import openpyxl
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

HEADER = ("CNPJ", "Tomador", "Valor", "Data")
ROWS = [
    ("07504505000132", "Açaí & Cia <Ltda>", 1234.5, datetime.date(2026, 10, day))
    for day in range(1, 6)
]


def png() -> bytes:
    """A picture of one dark pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00\x10\x20\x30"))
        + chunk(b"IEND", b"")
    )


def _openpyxl(change: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Notas"
    for row in (HEADER, *ROWS):
        sheet.append(row)
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _xlsxwriter(change: Callable[..., object], **options: bool) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    sheet = book.add_worksheet("Notas")
    for number, row in enumerate((HEADER, *ROWS)):
        sheet.write_row(number, 0, [str(value) for value in row])
    change(book, sheet)
    book.close()
    return buffer.getvalue()


def openpyxl_plain() -> bytes:
    return _openpyxl(lambda book: None)


def openpyxl_styled() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.active
        for number, cell in enumerate(sheet[1]):
            cell.font = Font(bold=True, color=f"FF00{number}000")
            cell.fill = PatternFill("solid", fgColor="FFDDEEFF")
        sheet["C2"].number_format = '"R$" #,##0.00'
        sheet.freeze_panes = "A2"
        sheet.auto_filter.ref = "A1:D6"
        sheet.print_title_rows = "1:1"

    return _openpyxl(change)


def openpyxl_rules() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.active
        validation = DataValidation(type="list", formula1='"sim,não"')
        validation.add("B2:B9")
        sheet.add_data_validation(validation)
        sheet.conditional_formatting.add("C2:C9", ColorScaleRule("min", None, "FF0000"))
        red = PatternFill(bgColor="FFFF0000")
        sheet.conditional_formatting.add("C2:C9", CellIsRule("lessThan", ["0"], fill=red))

    return _openpyxl(change)


def openpyxl_comments() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        book.active["A2"].comment = Comment("Conferir", "Ana")

    return _openpyxl(change)


def openpyxl_chart() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        chart = BarChart()
        chart.add_data(Reference(book.active, min_col=3, min_row=1, max_row=6), True)
        book.active.add_chart(chart, "F2")

    return _openpyxl(change)


def openpyxl_table() -> bytes:
    return _openpyxl(lambda book: book.active.add_table(Table(displayName="Notas_", ref="A1:D6")))


def openpyxl_protected() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        book.active.protection.set_password("segredo")
        book.active["B2"].protection = Protection(locked=False)
        book.security.lockStructure = True

    return _openpyxl(change)


def openpyxl_hidden_and_names() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        book.create_sheet("Oculta").sheet_state = "veryHidden"
        book.create_sheet("Lote 1")
        book.defined_names["Taxa"] = DefinedName("Taxa", attr_text="Notas!$C$2")
        book.active.row_dimensions[3].hidden = True
        book.active.merge_cells("A8:D8")

    return _openpyxl(change)


def openpyxl_chartsheet() -> bytes:
    def change(book: openpyxl.Workbook) -> None:
        chart = BarChart()
        chart.add_data(Reference(book["Notas"], min_col=3, min_row=1, max_row=6), True)
        book.create_chartsheet("Painel").add_chart(chart)

    return _openpyxl(change)


def openpyxl_streamed() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Notas")
    for row in (HEADER, *ROWS):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def xlsxwriter_plain() -> bytes:
    return _xlsxwriter(lambda book, sheet: None)


def xlsxwriter_charts() -> bytes:
    def change(book, sheet) -> None:
        for kind in ("column", "line", "pie"):
            chart = book.add_chart({"type": kind})
            chart.add_series({"values": "=Notas!$C$2:$C$6"})
            sheet.insert_chart("F2", chart)
        book.add_chartsheet("Painel").set_chart(book.add_chart({"type": "area"}))

    def with_series(book, sheet) -> None:
        change(book, sheet)
        book.charts[-1].add_series({"values": "=Notas!$C$2:$C$6"})

    return _xlsxwriter(with_series)


def xlsxwriter_images() -> bytes:
    def change(book, sheet) -> None:
        sheet.insert_image("F2", "logo.png", {"image_data": io.BytesIO(png())})
        sheet.set_header(
            "&C&G", {"image_center": "logo.png", "image_data_center": io.BytesIO(png())}
        )

    return _xlsxwriter(change)


def xlsxwriter_sparklines() -> bytes:
    return _xlsxwriter(lambda book, sheet: sheet.add_sparkline("F2", {"range": "Notas!C2:C6"}))


def xlsxwriter_shapes() -> bytes:
    def change(book, sheet) -> None:
        sheet.insert_textbox("F2", "Texto numa forma")
        sheet.insert_button("F9", {"caption": "Botão"})
        sheet.insert_checkbox("H1", True)

    return _xlsxwriter(change)


def xlsxwriter_rules() -> bytes:
    def change(book, sheet) -> None:
        sheet.data_validation("B2:B9", {"validate": "list", "source": ["sim", "não"]})
        sheet.conditional_format("C2:C9", {"type": "data_bar", "data_bar_2010": True})
        sheet.conditional_format("C2:C9", {"type": "icon_set", "icon_style": "3_arrows"})
        sheet.autofilter("A1:D6")
        sheet.freeze_panes(1, 1)

    return _xlsxwriter(change)


def xlsxwriter_notes() -> bytes:
    return _xlsxwriter(lambda book, sheet: sheet.write_comment("A2", "Conferir"))


def xlsxwriter_rich_text() -> bytes:
    def change(book, sheet) -> None:
        bold = book.add_format({"bold": True})
        sheet.write_rich_string("B2", "normal ", bold, "negrito", " normal")

    return _xlsxwriter(change)


def xlsxwriter_table() -> bytes:
    options = {"columns": [{"header": name} for name in HEADER]}
    return _xlsxwriter(lambda book, sheet: sheet.add_table("A1:D6", options))


def xlsxwriter_macros() -> bytes:
    """The project is any bytes: what matters is that they come through."""

    def change(book, sheet) -> None:
        project = io.BytesIO(bytes(range(256)) * 8)
        book.add_vba_project(project, is_stream=True)

    return _xlsxwriter(change)


def xlsxwriter_formulas() -> bytes:
    def change(book, sheet) -> None:
        sheet.write_formula("C8", "=SUM(C2:C6)", None, 10)
        sheet.write_dynamic_array_formula("F2", "=UNIQUE(A2:A6)")

    return _xlsxwriter(change)


def xlsxwriter_streamed() -> bytes:
    return _xlsxwriter(lambda book, sheet: None, constant_memory=True)


def xlsxwriter_1904() -> bytes:
    return _xlsxwriter(lambda book, sheet: None, date_1904=True)


def xlsxwriter_properties() -> bytes:
    def change(book, sheet) -> None:
        book.set_custom_property("Cliente", "00042")
        book.set_properties({"title": "Notas de outubro", "company": "Escritório Prado"})
        book.define_name("Taxa", "=Notas!$C$2")

    return _xlsxwriter(change)


def xlsxwriter_many_sheets() -> bytes:
    def change(book, sheet) -> None:
        for number in range(40):
            book.add_worksheet(f"Mês {number}").write(0, 0, number)

    return _xlsxwriter(change)


BOOKS = {
    name: function
    for name, function in globals().items()
    if name.startswith(("openpyxl_", "xlsxwriter_")) and callable(function)
}
