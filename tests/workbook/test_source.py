"""What a book is told of a new sheet, and of the relationships it will have."""

import pytest

from converter.workbook.source import MAX_SHEET_ID, SourceBook, open_source
from tests.workbook.packages import SML, base, with_override, with_relation, zipped


def opened(part: str, old: str, new: str) -> SourceBook:
    parts = base()
    text = str(parts[part])
    assert old in text
    return open_source(zipped(parts | {part: text.replace(old, new)}))


@pytest.mark.parametrize(
    ("taken", "free"), [(1, 2), (7, 8), (MAX_SHEET_ID - 1, MAX_SHEET_ID), (MAX_SHEET_ID, 1)]
)
def test_a_new_sheet_has_a_number_that_no_other_has(taken: int, free: int) -> None:
    book = opened("xl/workbook.xml", 'sheetId="1"', f'sheetId="{taken}"')
    book.add_sheet("Resumo", "rId9")
    assert [sheet.get("sheetId") for sheet in book._sheets()] == [str(taken), str(free)]
    assert book.sheet_names == ["Notas", "Resumo"]


def test_only_a_sheet_that_is_to_be_hidden_is() -> None:
    book = open_source(zipped(base()))
    book.add_sheet("Resumo", "rId9")
    book.add_sheet("Origem", "rId10", hidden=True)
    assert [sheet.get("state") for sheet in book._sheets()] == [None, None, "hidden"]


def test_the_part_of_a_sheet_is_its_own_wherever_its_relationship_stands() -> None:
    parts = base()
    with_relation(parts, "xl/_rels/workbook.xml.rels", "rId3 worksheet worksheets/outra.xml")
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "</sheets>", '<sheet name="Outra" sheetId="2" r:id="rId3"/></sheets>'
    )
    with_override(parts, "xl/worksheets/outra.xml", f"{SML}.worksheet+xml", "<outra/>")
    book = open_source(zipped(parts))
    assert book.sheet_part("Outra") == b"<outra/>"
    assert book.sheet_part_name("Notas") == "xl/worksheets/sheet1.xml"
    assert book.sheet_part("Nenhuma") == b""


@pytest.mark.parametrize(
    ("extension", "told"),
    [('Extension="rels"', 1), ('Extension="RELS"', 1), ('Extension="bin"', 2), ("", 2)],
)
def test_a_book_says_once_what_relationships_are(extension: str, told: int) -> None:
    book = opened("[Content_Types].xml", 'Extension="rels"', extension)
    kinds = [one.get("ContentType") or "" for one in book.content_types]
    assert sum(kind.endswith("relationships+xml") for kind in kinds) == told
    extensions = [(one.get("Extension") or "").lower() for one in book.content_types]
    assert extensions.count("rels") == 1
