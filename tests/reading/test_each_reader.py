"""Each reader by itself: the cells of its own kind of file, and what it refuses."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from converter.model.cells import Percent, RawSheet, RawValue
from converter.reading import html, ods, spreadsheetml, xls, xlsb, xlsx
from converter.reading.limits import Limits
from converter.reading.package import Package
from converter.reading.refusal import FileRefused
from tests.casos import biff12
from tests.reading import hostile

LIMITS = Limits()
FEW = Limits(cells=4, sparse_cells=4, repeated_cells=4)
TYPED = (
    '<table:table table:name="Notas"><table:table-row>'
    '<table:table-cell office:value-type="date" office:date-value="2026-03-19"/>'
    '<table:table-cell office:value-type="percentage" office:value="0.05"/>'
    '<table:table-cell office:value-type="string"><text:p>a</text:p><text:p>b</text:p>'
    "</table:table-cell></table:table-row></table:table>"
)
SS_ROW = '<Worksheet ss:Name="Notas"><Table><Row>{}</Row></Table></Worksheet>'


def cells(sheet: RawSheet) -> list[list[RawValue]]:
    return [list(row) for row in sheet.rows]


def of_ods(body: str, limits: Limits = LIMITS) -> Sequence[RawSheet]:
    return ods.read(Package(hostile.ods(body), limits), limits)


def of_xlsx(rows: str, limits: Limits = LIMITS) -> Sequence[RawSheet]:
    return xlsx.read(Package(hostile.xlsx(rows), limits), "xl/workbook.xml", limits)[0]


def of_ss(row: str, limits: Limits = LIMITS) -> Sequence[RawSheet]:
    return spreadsheetml.read(hostile.SS.format(SS_ROW.format(row)).encode(), limits)


def test_a_document_gives_its_values_with_their_types() -> None:
    (sheet,) = of_ods(TYPED)
    assert sheet.name == "Notas"
    assert cells(sheet) == [[date(2026, 3, 19), Percent(0.05), "a\nb"]]


def test_a_flat_document_is_read_as_the_packed_one() -> None:
    assert cells(ods.read_flat(hostile.ODS.format(TYPED).encode(), LIMITS)[0]) == cells(
        of_ods(TYPED)[0]
    )


def test_an_encrypted_document_is_said_to_be_protected() -> None:
    manifest = "<manifest><encryption-data/></manifest>"
    data = hostile.zipped({"META-INF/manifest.xml": manifest, "content.xml": "x"})
    with pytest.raises(FileRefused, match="arquivo-protegido"):
        ods.read(Package(data, LIMITS), LIMITS)


def test_xlsx_gives_numbers_texts_and_the_place_of_each() -> None:
    rows = (
        '<row r="2"><c r="B2"><v>1.5</v></c><c r="C2" t="inlineStr"><is><t>olá</t></is></c></row>'
    )
    (sheet,) = of_xlsx(rows)
    assert not any(cells(sheet)[0])
    assert cells(sheet)[1][1:] == [1.5, "olá"]


def test_xml_of_2003_puts_a_cell_where_its_index_says() -> None:
    row = '<Cell ss:Index="2"><Data ss:Type="Number">7</Data></Cell>'
    assert cells(of_ss(row)[0]) == [[None, 7.0]]


def test_a_page_gives_the_text_that_is_shown_and_spans_leave_blanks() -> None:
    page = b"<table><tr><td colspan=2>Nome</td><td>CPF</td></tr><tr><td>a<td>b<td>c</table>"
    assert cells(html.read(page, "x", LIMITS)) == [["Nome", None, "CPF"], ["a", "b", "c"]]
    with pytest.raises(FileRefused, match="formato-desconhecido"):
        html.read(b"<p>nada</p>", "x", LIMITS)


def test_xlsb_and_xls_tell_from_which_year_dates_are_counted() -> None:
    data = biff12.book("Notas", [["a", 2.0, True]])
    sheets, since_1904 = xlsb.read(Package(data, LIMITS), "xl/workbook.bin", LIMITS)
    assert (cells(sheets[0]), since_1904) == ([["a", 2.0, True]], False)
    old = Path(__file__).with_name("dados").joinpath("mescladas.xls").read_bytes()
    found, since_1904 = xls.read(old, LIMITS)
    assert (found[0].name, since_1904) == ("Notas", False)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("WordDocument".encode("utf-16-le"), "formato-desconhecido"),
        ("EncryptedPackage".encode("utf-16-le"), "arquivo-protegido"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "arquivo-danificado"),
    ],
)
def test_a_compound_file_that_is_no_book_is_told_for_what_it_is(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused, match=code):
        xls.read(data, LIMITS)


@pytest.mark.parametrize(
    "read",
    [
        lambda: of_ods(
            '<table:table table:name="N"><table:table-row><table:table-cell '
            'table:number-columns-repeated="99" office:value-type="float" office:value="1"/>'
            "</table:table-row></table:table>",
            FEW,
        ),
        lambda: of_xlsx('<row r="9"><c r="I9"><v>1</v></c></row>', FEW),
        lambda: of_ss('<Cell ss:Index="99"><Data ss:Type="Number">7</Data></Cell>', FEW),
    ],
)
def test_a_sheet_wider_than_the_limit_is_refused(read: Callable[[], object]) -> None:
    with pytest.raises(FileRefused, match="planilha-extensa"):
        read()


def test_a_broken_part_is_damage() -> None:
    with pytest.raises(FileRefused, match="arquivo-danificado"):
        of_ods("<table:table>")
