"""Merged ranges and hidden rows come through every format that has them."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from converter.model.cells import RawSheet
from converter.reading import arrangement
from converter.stages.read import read
from tests.casos import biff12
from tests.casos.leitura.feitio import zipped

MERGED = ((1, 1, 2, 1), (1, 2, 1, 3))
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="Notas">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def sheet_of(data: bytes, name: str) -> RawSheet:
    outcome = read(data, name)
    assert outcome.book is not None, outcome.problems
    return outcome.book.sheets[0]


def xlsx(*, table: bool) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Notas")
        sheet.merge_range("A1:A2", "Data")
        sheet.merge_range("B1:C1", "Cliente")
        for row, text in enumerate("abcd", 2):
            sheet.write(row, 1, text)
        if table:
            sheet.add_table("B3:B6", {"columns": [{"header": "a"}]})
        else:
            sheet.autofilter("B3:B6")
            sheet.filter_column("B", "x == b")
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.write("B8", "fora")
        sheet.set_row(7, None, None, {"hidden": True})
    return stream.getvalue()


def test_xlsx_gives_its_merged_ranges_and_tells_filtered_rows_from_hidden_ones() -> None:
    sheet = sheet_of(xlsx(table=False), "x.xlsx")
    assert sheet.merged == MERGED
    assert sheet.hidden_rows == {5, 8}
    assert sheet.hidden_by_filter == {5}


def test_a_table_of_xlsx_has_a_filter_of_its_own() -> None:
    plain = xlsx(table=True)
    assert sheet_of(plain, "x.xlsx").hidden_by_filter == frozenset()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("table1.xml"):
                content = content.replace(
                    b'<autoFilter ref="B3:B6"/>',
                    b'<autoFilter ref="B3:B6"><filterColumn colId="0"/></autoFilter>',
                )
            target.writestr(name, content)
    assert sheet_of(stream.getvalue(), "x.xlsx").hidden_by_filter == {5}


@pytest.mark.parametrize(
    ("xml", "rows"),
    [
        (b'<sheetData><row r="2" hidden="1"/><row r="3"/></sheetData>', {2}),
        (b"<sheetData><row/><row hidden = 'true' ><c/></row></sheetData>", {2}),
        (b'<x:sheetData><x:row r="7" ht="0" hidden="1"/></x:sheetData>', {7}),
        (b'<cols><col hidden="1"/></cols><sheetData><row r="2"/></sheetData>', set()),
        (b'<sheetData><row r="2" hidden="0" ht="0"/></sheetData>', set()),
    ],
)
def test_a_hidden_row_is_found_however_it_is_written(xml: bytes, rows: set[int]) -> None:
    assert arrangement.hidden(xml) == rows


def test_ods_tells_spans_collapsed_rows_and_filtered_rows() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    down = cell.format(' table:number-rows-spanned="2"', "Data")
    across = cell.format(' table:number-columns-spanned="2"', "Cliente")
    covered = "<table:covered-table-cell/>"
    rows = (
        f"<table:table-row>{down}{across}{covered}</table:table-row>",
        f"<table:table-row>{covered}{cell.format('', 'Nome')}</table:table-row>",
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="2">'
        f"{cell.format('', 'x')}</table:table-row>",
        f'<table:table-row table:visibility="filter">{cell.format("", "y")}</table:table-row>',
        '<table:table-row table:visibility="collapse" table:number-rows-repeated="1000000"/>',
    )
    data = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": ODS.format("".join(rows)),
        }
    )
    sheet = sheet_of(data, "x.ods")
    assert sheet.merged == MERGED
    assert sheet.hidden_rows == {3, 4, 5}
    assert sheet.hidden_by_filter == {5}


def test_html_tells_spans_and_rows_not_displayed() -> None:
    page = (
        "<table><tr><td rowspan=2>Data</td><td colspan=2>Cliente</td></tr>"
        "<tr><td>Nome</td><td>CPF</td></tr>"
        "<tr style='height:15.0pt;display:none'><td>x</td></tr></table>"
    )
    sheet = sheet_of(page.encode(), "x.xls")
    assert sheet.merged == MERGED
    assert list(sheet.rows[1]) == [None, "Nome", "CPF"]
    assert sheet.hidden_rows == {3}


def test_xml_2003_tells_merges_hidden_rows_and_rows_that_span() -> None:
    cell = '<Cell{}><Data ss:Type="String">{}</Data></Cell>'
    down = cell.format(' ss:MergeDown="1"', "Data")
    across = cell.format(' ss:MergeAcross="1"', "Cliente")
    below = cell.format(' ss:Index="2"', "Nome")
    rows = (
        f"<Row>{down}{across}</Row>",
        f"<Row>{below}</Row>",
        '<Row ss:Hidden="1" ss:Span="1"/>',
        f"<Row>{cell.format('', 'x')}</Row>",
    )
    book = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="Notas"><Table>{"".join(rows)}</Table></Worksheet></Workbook>'
    )
    sheet = sheet_of(book.encode(), "x.xls")
    assert sheet.merged == MERGED
    assert sheet.hidden_rows == {3, 4}
    assert [list(row) for row in sheet.rows[2:]] == [[], [], ["x"]]


def test_xlsb_tells_merges_hidden_rows_and_the_filter() -> None:
    rows = [["Data", "Cliente"], [None, "Nome"], ["a", "b"], ["c", "d"], ["e", "f"]]
    data = biff12.book(
        "Notas", rows, arranged=biff12.Arranged(MERGED, hidden=(4, 5), filtered=(2, 1, 4, 2))
    )
    sheet = sheet_of(data, "x.xlsb")
    assert sheet.merged == MERGED
    assert sheet.hidden_rows == {4, 5}
    assert sheet.hidden_by_filter == {4}


def test_xls_tells_merges_and_hidden_rows() -> None:
    data = Path(__file__).with_name("dados").joinpath("mescladas.xls").read_bytes()
    sheet = sheet_of(data, "x.xls")
    assert sheet.merged == MERGED
    assert sheet.hidden_rows == {5}
