"""Parts of a package by themselves: who points at whom, notes, the chart, the smallest book."""

from decimal import Decimal

import pytest
from lxml import etree

from converter.workbook.chart import chart, drawing
from converter.workbook.comments import comments, shapes
from converter.workbook.dialect import DIALECTS, STRICT, TRANSITIONAL, Dialect
from converter.workbook.new_sheet import Grafico, Serie
from converter.workbook.refusal import CannotCarry
from converter.workbook.relations import (
    add_relation,
    empty_relations,
    number,
    owner_name,
    parse,
    read_relations,
    relations_name,
    relative,
)
from converter.workbook.source import empty_source

NOTES = {(0, 0): "CPF errado\nuse 11 algarismos", (4, 27): 'a < b & "c"'}


@pytest.mark.parametrize(
    ("part", "relations"),
    [
        ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"),
        ("xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"),
    ],
)
def test_a_part_and_its_relations_name_each_other(part: str, relations: str) -> None:
    assert relations_name(part) == relations
    assert owner_name(relations) == part


def test_a_target_is_found_from_where_its_owner_stands() -> None:
    root = empty_relations()
    add_relation(root, "a/worksheet", relative("xl/workbook.xml", "xl/worksheets/sheet1.xml"))
    add_relation(root, "a/styles", "/xl/styles.xml")
    add_relation(root, "a/hyperlink", "https://exemplo.com.br/", outside=True)
    found = list(read_relations(root, "xl/workbook.xml"))
    assert [one.target for one in found] == ["xl/worksheets/sheet1.xml", "xl/styles.xml", None]
    assert [one.identity for one in found] == ["rId1", "rId2", "rId3"]


def test_a_new_relation_takes_no_id_there_is() -> None:
    root = empty_relations()
    add_relation(root, "a/styles", "styles.xml", identity="rId2")
    assert add_relation(root, "a/theme", "theme.xml") == "rId3"


@pytest.mark.parametrize(
    "target", ["../../segredo.xml", "file:///etc/passwd", "..\\segredo", "%2e%2e/segredo"]
)
def test_a_target_that_leaves_the_package_is_refused(target: str) -> None:
    root = empty_relations()
    add_relation(root, "a/worksheet", target)
    with pytest.raises(CannotCarry, match="livro-alvo-fora"):
        list(read_relations(root, "xl/workbook.xml"))


def test_only_a_link_may_lead_outside() -> None:
    root = empty_relations()
    add_relation(root, "a/worksheet", "https://exemplo.com.br/a.xml", outside=True)
    with pytest.raises(CannotCarry, match="livro-relacao-externa"):
        list(read_relations(root, "xl/workbook.xml"))


@pytest.mark.parametrize("xml", [b"<a>", b"<!DOCTYPE a [<!ENTITY x 'y'>]><a/>"])
def test_a_part_that_cannot_be_trusted_is_refused(xml: bytes) -> None:
    with pytest.raises(CannotCarry, match="livro-xml-invalido"):
        parse(xml, "xl/workbook.xml")


def test_a_number_in_a_part_is_a_number_or_nothing() -> None:
    assert [number(text) for text in ("7", None, "-1", "٣", "9" * 10)] == [7, 0, 0, 0, 0]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_notes_keep_their_cell_and_their_text(dialect: Dialect) -> None:
    root = etree.fromstring(comments(NOTES, dialect))
    found = root.findall(f".//{{{dialect.main}}}comment")
    assert [one.get("ref") for one in found] == ["A1", "AB5"]
    assert ["".join(map(str, one.itertext())) for one in found] == list(NOTES.values())


def test_each_note_has_a_shape_at_its_cell() -> None:
    excel = "{urn:schemas-microsoft-com:office:excel}"
    data = etree.fromstring(shapes(NOTES)).iter(f"{excel}ClientData")
    places = [(one.findtext(f"{excel}Row"), one.findtext(f"{excel}Column")) for one in data]
    assert places == [("0", "0"), ("4", "27")]


def test_a_chart_draws_the_cells_it_names() -> None:
    grafico = Grafico(
        titulo="R$ por mês & situação",
        categorias="$A$2:$A$3",
        nomes=("out", "nov"),
        series=(Serie("Autorizadas", "$B$2:$B$3", (Decimal(10), Decimal(20)), "00AA00"),),
        ancora=(0, 4, 5, 20),
    )
    root = etree.fromstring(chart(grafico, "Painel d'água", TRANSITIONAL))
    formulas = [one.text for one in root.iter(f"{{{TRANSITIONAL.chart}}}f")]
    assert formulas == ["'Painel d''água'!$A$2:$A$3", "'Painel d''água'!$B$2:$B$3"]
    placed = etree.fromstring(drawing(grafico, STRICT, "rId1"))
    assert next(placed.iter(f"{{{STRICT.chart}}}chart")).get(f"{{{STRICT.relations}}}id") == "rId1"


def test_the_smallest_book_has_no_sheet_and_opens_where_asked() -> None:
    book = empty_source(2)
    view = next(book.workbook.iter(f"{{{TRANSITIONAL.main}}}workbookView"))
    assert view.get("activeTab") == "2"
    assert book.sheet_names == []
