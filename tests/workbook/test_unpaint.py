"""A workbook that came back: what was mended is red no more, what is wrong still is."""

import io
from dataclasses import replace

import openpyxl
from openpyxl.styles import PatternFill

from converter.workbook.archive import deflated
from converter.workbook.source import open_source
from converter.workbook.styles import PAINTS
from converter.workbook.unpaint import unpainted

OURS = min(PAINTS)
THEIRS = "00123456"


def painted() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Notas"
    for place, colour in (("A1", OURS), ("A2", OURS), ("A3", THEIRS)):
        sheet[place] = place
        sheet[place].fill = PatternFill("solid", fgColor=colour)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def styles_of(wrong: dict[str, list[str]]) -> list[bool]:
    """Of the three cells, whether each still has the style it came with."""
    source = open_source(painted())
    made = unpainted(source, wrong)
    part = source.sheet_part_name("Notas")
    assert part is not None
    before, after = source.entries[part].read(), made.entries[part].read()
    assert len(before.split(b"<c ")) == len(after.split(b"<c ")) == 4
    pairs = zip(before.split(b"<c ")[1:], after.split(b"<c ")[1:], strict=True)
    return [one == other for one, other in pairs]


def test_a_mended_cell_loses_our_paint_and_a_wrong_one_keeps_it() -> None:
    assert styles_of({"Notas": ["A2"]}) == [False, True, True]


def test_a_number_of_a_fill_that_is_none_costs_no_result() -> None:
    source = open_source(painted())
    styles = source.entries["xl/styles.xml"].read().replace(b'fillId="2"', b'fillId="dois"')
    entries = {**source.entries, "xl/styles.xml": deflated("xl/styles.xml", styles)}
    assert unpainted(replace(source, entries=entries), {}).sheet_names == ["Notas"]


def test_a_colour_of_the_user_stays() -> None:
    assert styles_of({}) == [False, False, True]
