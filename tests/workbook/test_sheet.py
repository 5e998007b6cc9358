import io
import re
import zipfile

import openpyxl
import pytest

from converter.workbook import links as new_links
from converter.workbook import sheet
from converter.workbook.naming import sheet_names
from converter.workbook.new_sheet import (
    NewColumn,
    NewSheet,
    TopCell,
    TopLine,
    place,
)
from converter.workbook.package import new_book


def book(*folhas: NewSheet) -> tuple[openpyxl.Workbook, zipfile.ZipFile]:
    target = io.BytesIO()
    new_book(folhas, target)
    return openpyxl.load_workbook(target), zipfile.ZipFile(target)


def links(count: int, target: str = "'Folha'!A{}") -> NewColumn:
    rows = list(range(count))
    return NewColumn("Linha", rows, "linkinteiro", links=[target.format(row + 1) for row in rows])


def test_a_sheet_with_more_links_than_excel_keeps_uses_formulas(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(new_links, "MAX_LINKS", 10)
    few, _ = book(NewSheet("Folha", colunas=(links(10),)))
    assert few["Folha"]["A3"].hyperlink.location == "'Folha'!A2"
    many, package = book(NewSheet("Folha", colunas=(links(11),)))
    assert many["Folha"]["A3"].hyperlink is None
    assert many["Folha"]["A3"].value == "=HYPERLINK(\"#'Folha'!A2\",1)"
    xml = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>1</v>" in xml
    assert "<hyperlinks>" not in xml


@pytest.mark.parametrize(
    ("value", "link", "formula"),
    [
        ('diz "sim"', "'A'!A1", '=HYPERLINK("#\'A\'!A1","diz ""sim""")'),
        ("a & b", "'A & \"B\"'!A1", '=HYPERLINK("#\'A & ""B""\'!A1","a & b")'),
        ("ver", "https://x.example/?a=1&b=2", '=HYPERLINK("https://x.example/?a=1&b=2","ver")'),
        ("x" * 300, "'A'!A1", "x" * 300),
        ("duas\nlinhas", "'A'!A1", "duas\nlinhas"),
        ("ver", "https://x.example/" + "a" * 300, "ver"),
    ],
)
def test_links_by_formula_quote_what_they_must_and_give_up_what_they_cannot(
    monkeypatch: pytest.MonkeyPatch, value: str, link: str, formula: str
) -> None:
    monkeypatch.setattr(new_links, "MAX_LINKS", 0)
    loaded, _ = book(NewSheet("Folha", colunas=(NewColumn("Link", [value], "link", links=[link]),)))
    assert loaded["Folha"]["A2"].value == formula


def test_an_address_is_made_ascii_and_one_too_long_is_left_out() -> None:
    addresses = ["https://x.example/á b", "https://x.example/" + "a" * 3_000]
    column = NewColumn("Link", ["um", "dois"], "link", links=addresses)
    loaded, _ = book(NewSheet("Folha", colunas=(column,)))
    assert loaded["Folha"]["A2"].hyperlink.target == "https://x.example/%C3%A1%20b"
    assert loaded["Folha"]["A3"].hyperlink is None


def test_slices_join_without_a_seam(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "SLICE", 3)
    values = [f"valor {number}" for number in range(10)]
    styles = ["erro" if number % 2 else None for number in range(10)]
    loaded, _ = book(NewSheet("Folha", colunas=(NewColumn("V", values, estilos=styles), links(10))))
    rows = list(loaded["Folha"].iter_rows(min_row=2, values_only=True))
    assert rows == [(f"valor {number}", number) for number in range(10)]
    assert loaded["Folha"]["A4"].fill.fill_type is None
    assert loaded["Folha"]["A5"].fill.fgColor.rgb == "FFFBDDDD"
    assert loaded["Folha"]["B11"].hyperlink.location == "'Folha'!A10"


def test_wrapped_text_gets_room_and_no_more_than_excel_allows() -> None:
    messages = ["curta", "palavra " * 40, "uma\nduas\ntrês", "x" * 30_000]
    column = NewColumn("Mensagens", messages, "mensagem", 60)
    loaded, _ = book(NewSheet("Folha", colunas=(column,)))
    heights = [loaded["Folha"].row_dimensions[row].height for row in range(2, 6)]
    assert heights == [None, 91, 46, 409]


def test_a_header_that_wraps_makes_its_row_as_high() -> None:
    values = ["Mensalidade\ncheia", "uma\nlinha"]
    column = NewColumn("", values, "lidotexto", 20, estilos=["titulo", None])
    folha = NewSheet("Folha", colunas=(column,), com_titulo=False)
    loaded, _ = book(folha)
    assert [loaded["Folha"].row_dimensions[row].height for row in (1, 2)] == [31, None]


def test_free_rows_merge_and_freeze_with_the_header() -> None:
    top = (
        TopLine((TopCell("Título", "manchete", colunas=3), TopCell(7, "inteiro")), 30),
        TopLine(),
    )
    loaded, _ = book(NewSheet("Folha", top, (NewColumn("A", [1], "inteiro"),)))
    assert [str(merged) for merged in loaded["Folha"].merged_cells.ranges] == ["A1:C1"]
    assert loaded["Folha"]["D1"].value == 7
    assert loaded["Folha"].freeze_panes == "A4"
    assert loaded["Folha"].dimensions == "A1:D4"


def test_a_sheet_without_rows_has_no_filter_and_no_range_of_it() -> None:
    loaded, package = book(NewSheet("Folha", colunas=(NewColumn("A", []),)))
    assert loaded["Folha"].auto_filter.ref is None
    assert b"_FilterDatabase" not in package.read("xl/workbook.xml")


def test_only_the_open_sheet_is_selected() -> None:
    target = io.BytesIO()
    new_book([NewSheet("A"), NewSheet("B"), NewSheet("C")], target, aberta=1)
    package = zipfile.ZipFile(target)
    selected = [
        b'tabSelected="1"' in package.read(f"xl/worksheets/sheet{number}.xml")
        for number in (1, 2, 3)
    ]
    assert selected == [False, True, False]
    assert openpyxl.load_workbook(target).active.title == "B"


@pytest.mark.parametrize(
    ("wanted", "taken", "given"),
    [
        (["Resumo"], ["RESUMO"], ["Resumo (2)"]),
        (["Resumo"], ["resumo", "Resumo (2)"], ["Resumo (3)"]),
        (["Lote 1", "lote 1"], [], ["Lote 1", "lote 1 (2)"]),
        (["a/b:c*d?[e]\\f"], [], ["a_b_c_d__e__f"]),
        (["x" * 40, "x" * 40], [], ["x" * 31, "x" * 27 + " (2)"]),
        (["🧾" * 20], [], ["🧾" * 15]),
        (["''"], [], ["Planilha"]),
        (["x" * 30 + "'Água"], [], ["x" * 30]),
        (["Histórico"], [], ["Histórico (2)"]),
    ],
)
def test_sheet_names_are_legal_short_and_free(
    wanted: list[str], taken: list[str], given: list[str]
) -> None:
    assert sheet_names(wanted, taken) == given


def test_a_place_quotes_the_name_of_its_sheet() -> None:
    assert place("D'Ávila", "B7") == "'D''Ávila'!B7"


def test_notes_stand_on_their_cells() -> None:
    column = NewColumn("", ["CNPJ", "123"], "lidotexto")
    noted = NewSheet(
        "Folha",
        colunas=(column,),
        com_titulo=False,
        notas={(0, 0): "Ajuda", (1, 0): "O que está <errado>\ne como corrigir"},
    )
    loaded, package = book(noted)
    assert loaded["Folha"]["A1"].comment.text == "Ajuda"
    assert loaded["Folha"]["A2"].comment.text == "O que está <errado>\ne como corrigir"
    shapes = package.read("xl/drawings/vmlDrawing1.vml").decode()
    assert re.findall(r"<x:Row>(\d)</x:Row>", shapes) == ["0", "1"]
