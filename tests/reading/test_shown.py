"""A number arrives with what its cell shows of it, in every format that says it."""

import io
import re
from datetime import date, datetime

import pytest
import xlsxwriter

from converter.model.cells import Formatted, RawSheet
from converter.stages.read import read
from tests.casos import biff12
from tests.casos.leitura.feitio import sheet_of as rows_part
from tests.casos.leitura.feitio import with_parts
from tests.casos.leitura.xlsb_ods import open_document

ROUNDED, FOREIGN = Formatted(44.525, 2), Formatted(1000.5, 2, "US$")
EXCEL = "urn:schemas-microsoft-com:office:spreadsheet"


def sheet_of(data: bytes, name: str) -> RawSheet:
    outcome = read(data, name)
    assert outcome.book is not None, outcome.problems
    return outcome.book.sheets[0]


def xlsx() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Notas")
        sheet.write("A1", 44.525, book.add_format({"num_format": '"R$ "#,##0.00'}))
        sheet.write("B1", 1000.5, book.add_format({"num_format": "[$US$-409] #,##0.00"}))
        sheet.write("C1", 44.5, book.add_format({"num_format": "0.00"}))
        sheet.write("D1", 44.525)
        sheet.write_formula("E1", "=89.05/2", book.add_format({"num_format": "0.00"}), 44.525)
        sheet.write("F1", 45000, book.add_format({"num_format": "0"}))
    return stream.getvalue()


def xml_2003() -> bytes:
    styles = "".join(
        f'<Style ss:ID="{name}"><NumberFormat ss:Format="{code}"/></Style>'
        for name, code in (("a", "Fixed"), ("b", "[$US$-409]\\ #,##0.00"))
    )
    cells = "".join(
        f'<Cell{style}><Data ss:Type="Number">{number}</Data></Cell>'
        for style, number in (
            (' ss:StyleID="a"', 44.525),
            (' ss:StyleID="b"', 1000.5),
            (' ss:StyleID="a"', 44.5),
            ("", 44.525),
        )
    )
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{EXCEL}" xmlns:ss="{EXCEL}"><Styles>{styles}'
        f'</Styles><Worksheet ss:Name="Notas"><Table><Row>{cells}</Row></Table></Worksheet>'
        "</Workbook>"
    ).encode()


def ods() -> bytes:
    cells = "".join(
        f'<table:table-cell office:value-type="{kind}" office:value="{number}"{more}>'
        f"<text:p>{text}</text:p></table:table-cell>"
        for kind, number, more, text in (
            ("float", 44.525, "", "44,53"),
            ("currency", 1000.5, ' office:currency="USD"', "US$ 1.000,50"),
            ("currency", 44.5, ' office:currency="BRL"', "R$ 44,50"),
            ("float", 44.525, "", "44,525"),
        )
    )
    return open_document(f"<table:table-row>{cells}</table:table-row>")


def xlsb() -> bytes:
    styled = biff12.Styled
    row = [styled(44.525, "0.00"), styled(1000.5, "[$US$-409] #,##0.00"), styled(44.5, "0.00")]
    return biff12.book("Notas", [[*row, 44.525]])


def html() -> bytes:
    return (
        b'<style>.xl65 {mso-number-format:"0\\.00";} '
        b'.xl66 {mso-number-format:"\\[$US$-409\\]\\ \\#\\,\\#\\#0\\.00";}</style><table><tr>'
        b'<td class=xl65 x:num="44.525">44,53</td><td class=xl66 x:num="1000.5">US$ 1.000,50</td>'
        b'<td class=xl65 x:num="44.5">44,50</td><td x:num="44.525">45</td></tr></table>'
    )


@pytest.mark.parametrize(
    ("data", "name"),
    [(xlsx(), "x.xlsx"), (xml_2003(), "x.xls"), (ods(), "x.ods"), (xlsb(), "x.xlsb"),
     (html(), "x.xls")],
    ids=["xlsx", "xml", "ods", "xlsb", "html"],
)  # fmt: skip
def test_rounding_and_a_foreign_currency_are_part_of_the_number(data: bytes, name: str) -> None:
    row = sheet_of(data, name).rows[0]
    assert row[0] == ROUNDED
    assert row[1] == FOREIGN
    assert row[2] == 44.5
    assert type(row[2]) is float
    # ods: the text shows as many decimals as there are.
    assert float(row[3]) == 44.525  # type: ignore[arg-type]
    assert type(row[3]) is float


FORMS = ("#,##0,", "0.00,,", "[h]:mm", "dd/mm/yyyy")
NUMBERS = (1_234_567.0, 1_500_000.0, 1e13, 3_000_000.0)


def numbers_in_xlsx() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Notas")
        for column, (number, code) in enumerate(zip(NUMBERS, FORMS, strict=True)):
            sheet.write(0, column, number, book.add_format({"num_format": code}))
        sheet.write(0, 4, 46300, book.add_format({"num_format": "dd/mm/yyyy"}))
    return stream.getvalue()


def numbers_in_xlsb() -> bytes:
    numbers = zip((*NUMBERS, 46300), (*FORMS, "dd/mm/yyyy"), strict=True)
    return biff12.book("Notas", [[biff12.Styled(float(n), code) for n, code in numbers]])


def numbers_in_html() -> bytes:
    cells = "".join(
        f'<td style=\'mso-number-format:"{code}"\' x:num="{number}">x</td>'
        for number, code in zip((*NUMBERS, 46300), (*FORMS, "dd/mm/yyyy"), strict=True)
    )
    return f"<html><table><tr>{cells}</table></html>".encode()


@pytest.mark.parametrize(
    ("data", "name"),
    [(numbers_in_xlsx(), "x.xlsx"), (numbers_in_xlsb(), "x.xlsb"), (numbers_in_html(), "x.xls")],
    ids=["xlsx", "xlsb", "html"],
)
def test_a_scaled_number_says_so_and_one_beyond_the_calendar_costs_its_cell_only(
    data: bytes, name: str
) -> None:
    row = sheet_of(data, name).rows[0]
    assert list(row[:2]) == [Formatted(NUMBERS[0], 0, "", 1), Formatted(NUMBERS[1], 2, "", 2)]
    assert list(row[2:]) == ["########", "########", date(2026, 10, 5)]


def test_ods_tells_a_scaled_number_by_its_text() -> None:
    cell = (
        '<table:table-cell office:value-type="float" office:value="1234567">'
        "<text:p>1.235</text:p></table:table-cell>"
    )
    row = sheet_of(open_document(f"<table:table-row>{cell}</table:table-row>"), "x.ods").rows[0]
    assert list(row) == [Formatted(1_234_567, 0, "", 1)]


def test_the_sign_of_the_real_is_no_foreign_currency_and_no_date_makes_a_file_unreadable() -> None:
    kinds = (
        'office:value-type="currency" office:currency="R$ " office:value="44.5"',
        'office:value-type="date" office:date-value="125345012-03-31"',
    )
    cells = "".join(
        f"<table:table-cell {kind}><text:p>x</text:p></table:table-cell>" for kind in kinds
    )
    row = sheet_of(open_document(f"<table:table-row>{cells}</table:table-row>"), "x.ods").rows[0]
    assert [*row] == [44.5, "x"]
    assert type(row[0]) is float


def test_the_result_of_a_formula_is_shown_by_its_format_too() -> None:
    row = sheet_of(xlsx(), "x.xlsx").rows[0]
    assert row[4] == ROUNDED
    assert row[5] == 45000


def test_the_slow_way_tells_the_same() -> None:
    def change(parts: dict[str, bytes]) -> None:
        xml = parts["xl/worksheets/sheet1.xml"]
        parts["xl/worksheets/sheet1.xml"] = re.sub(rb'<c (r="\w+") (s="\d+")', rb"<c \2 \1", xml)

    row = sheet_of(with_parts(xlsx(), change), "x.xlsx").rows[0]
    assert list(row[:2]) == [ROUNDED, FOREIGN]
    assert row[4] == ROUNDED


def test_a_cell_typed_as_a_date_keeps_its_day_and_clock() -> None:
    texts = ("2026-11-01T00:00:00.000Z", "2026-11-01T14:30:00Z", "2026-11-01", "amanhã")
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="d"><v>{text}</v></c></row>'
        for row, text in enumerate(texts, 1)
    )

    def change(parts: dict[str, bytes]) -> None:
        parts["xl/worksheets/sheet1.xml"] = rows_part(cells)

    outcome = read(with_parts(xlsx(), change), "x.xlsx")
    assert outcome.book is not None
    assert [row[0] for row in outcome.book.sheets[0].rows] == [
        date(2026, 11, 1),
        datetime(2026, 11, 1, 14, 30),
        date(2026, 11, 1),
        "amanhã",
    ]
    (said,) = outcome.book.assumptions
    assert (said.code, said.details["coluna"]) == ("hora-com-fuso", "A")
