import io
import zipfile
from datetime import date
from decimal import Decimal
from functools import cache

import openpyxl
import pytest
import python_calamine

from converter.workbook.mark import is_own_result
from converter.workbook.new_sheet import (
    Grafico,
    NewColumn,
    NewSheet,
    Serie,
    TopCell,
    TopLine,
    place,
)
from converter.workbook.package import add_sheets, new_book
from converter.workbook.source import open_source
from tests.workbook.corpus import NAMES, book

NAMING_PARTS = {"workbook.xml", "workbook.xml.rels", "[Content_Types].xml", "styles.xml", "app.xml"}
MAY_CHANGE = {
    "odd_names": {"pasta.xml", "pasta.xml.rels"},
    "signed": {".rels"},
}
SIGNATURES = {
    "_xmlsignatures/origin.sigs",
    "_xmlsignatures/sig1.xml",
    "_xmlsignatures/_rels/origin.sigs.rels",
}


# Calamine looks for `xl/workbook.xml` in UTF-8, so it reads neither these sources nor results.
NOT_FOR_CALAMINE = {"odd_names", "utf16_workbook"}
# openpyxl knows the transitional namespace only, and looks parts up in their exact case.
NOT_FOR_OPENPYXL = {"strict", "odd_names"}


def five_sheets(taken: list[str]) -> list[NewSheet]:
    source = taken[0] if taken else "Lista"
    chart = Grafico(
        "Valores",
        "$B$3:$B$4",
        ("a", "b"),
        (Serie("enviada", "$C$3:$C$4", (Decimal(1), Decimal(2)), "3E7CB1"),),
        (5, 2, 10, 20),
    )
    table = (
        NewColumn("Linha", [1, 2], "linkinteiro", links=[place(source, "A1"), place(source, "A2")]),
        NewColumn("Texto", ["=1+1", "a<b & c"], "codigo"),
        NewColumn("Valor", [Decimal("1.50"), None], "valor"),
        NewColumn("Link", ["ver", None], "link", links=["https://nfe.example.com/n?a=1&b=ç", None]),
    )
    folhas = [
        NewSheet("Planilote 1", (TopLine((TopCell("Título", "manchete", colunas=3),)),), table)
    ]
    folhas += [NewSheet(f"Planilote {number}", colunas=table) for number in (2, 3, 4)]
    return [*folhas, NewSheet("Planilote 5", colunas=table, grafico=chart)]


@cache
def carried(name: str) -> bytes:
    return carry(name)


def carry(name: str) -> bytes:
    source = open_source(book(name))
    target = io.BytesIO()
    add_sheets(source, five_sheets(source.sheet_names), target)
    return target.getvalue()


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {
            info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()
        }


@pytest.mark.parametrize("name", NAMES)
def test_every_part_that_names_no_sheet_stays_byte_identical(name: str) -> None:
    before, after = parts(book(name)), parts(carried(name))
    gone = set(before) - set(after)
    assert gone == (SIGNATURES if name == "signed" else set())
    changed = {
        part.rsplit("/", 1)[-1]
        for part, content in before.items()
        if part in after and content != after[part]
    }
    assert changed <= NAMING_PARTS | MAY_CHANGE.get(name, set())


@pytest.mark.filterwarnings("ignore:.*is not supported and will be removed")
@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
@pytest.mark.parametrize("name", sorted(set(NAMES) - NOT_FOR_OPENPYXL))
def test_openpyxl_reads_the_new_sheets(name: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(carried(name)))["Planilote 2"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    assert sheet["A3"].hyperlink.location.endswith("!A2")
    assert sheet["D2"].hyperlink.target == "https://nfe.example.com/n?a=1&b=%C3%A7"
    assert sheet["C2"].number_format.startswith("[$R$-416]")


@pytest.mark.parametrize("name", sorted(set(NAMES) - NOT_FOR_CALAMINE))
def test_calamine_reads_old_and_new_sheets(name: str) -> None:
    old = python_calamine.load_workbook(io.BytesIO(book(name)))
    new = python_calamine.load_workbook(io.BytesIO(carried(name)))
    assert new.sheet_names[: len(old.sheet_names)] == old.sheet_names
    assert new.sheet_names[-5:] == [f"Planilote {number}" for number in range(1, 6)]
    for sheet in (
        each for each in old.sheets_metadata if each.typ == python_calamine.SheetTypeEnum.WorkSheet
    ):
        before = old.get_sheet_by_name(sheet.name).to_python()
        assert new.get_sheet_by_name(sheet.name).to_python() == before
    rows = new.get_sheet_by_name("Planilote 2").to_python()
    assert rows[1][:3] == [1.0, "=1+1", 1.5]


@pytest.mark.parametrize("name", NAMES)
def test_what_stays_is_copied_compressed(name: str) -> None:
    def packed(package: bytes) -> dict[str, int]:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            return {
                info.filename: info.compress_size
                for info in archive.infolist()
                if not info.is_dir()
            }

    before, after = packed(book(name)), packed(carried(name))
    old, new = parts(book(name)), parts(carried(name))
    same = {part for part in before if old.get(part) == new.get(part)}
    assert same
    assert {part: before[part] for part in same} == {part: after[part] for part in same}


@pytest.mark.parametrize("name", NAMES)
def test_the_result_knows_itself_and_the_source_does_not(name: str) -> None:
    assert not is_own_result(book(name))
    assert is_own_result(carried(name))


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert carry("openpyxl_plain") == carry("openpyxl_plain")
    first, second = io.BytesIO(), io.BytesIO()
    new_book(five_sheets([]), first)
    new_book(five_sheets([]), second)
    assert first.getvalue() == second.getvalue()


def test_a_signature_goes_with_everything_that_speaks_of_it() -> None:
    after = parts(carried("signed"))
    assert open_source(book("signed")).signed
    assert b"digital-signature" not in after["_rels/.rels"]
    assert b"xmlsignatures" not in after["[Content_Types].xml"]


def test_a_book_with_macros_is_known() -> None:
    assert open_source(book("xlsxwriter_macros")).has_macros
    assert not open_source(book("xlsxwriter_plain")).has_macros


def test_strict_books_get_strict_sheets() -> None:
    after = parts(carried("strict"))
    added = [content for part, content in after.items() if "sheet" in part and b"Linha" in content]
    assert len(added) == 5
    assert all(b"http://purl.oclc.org/ooxml/spreadsheetml/main" in content for content in added)
    assert b"schemas.openxmlformats.org/spreadsheetml" not in b"".join(after.values())


def test_dates_count_from_the_day_the_book_counts_from() -> None:
    for name, serial in (("from_1904", 44_862), ("excel_like", 46_324)):
        target = io.BytesIO()
        days = NewColumn("Data", [date(2026, 10, 29)], "data")
        add_sheets(book(name), [NewSheet("Datas", colunas=(days,))], target)
        assert f"<v>{serial}</v>".encode() in parts(target.getvalue())["xl/worksheets/sheet2.xml"]


def test_sheet_counts_of_the_document_properties_follow() -> None:
    after = parts(carried("xlsxwriter_plain"))["docProps/app.xml"].decode()
    assert "<vt:i4>6</vt:i4>" in after
    assert '<vt:vector size="6" baseType="lpstr">' in after
    assert after.index("<vt:lpstr>Notas<") < after.index("<vt:lpstr>Planilote 1<")


@pytest.mark.longo
@pytest.mark.parametrize("name", sorted(set(NAMES) - NOT_FOR_CALAMINE))
def test_polars_reads_the_new_sheets(name: str) -> None:
    polars = pytest.importorskip("polars")
    pytest.importorskip("fastexcel")
    frame = polars.read_excel(io.BytesIO(carried(name)), sheet_name="Planilote 2")
    assert frame.columns == ["Linha", "Texto", "Valor", "Link"]
