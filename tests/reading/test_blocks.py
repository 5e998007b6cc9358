"""A sheet read block by block is the sheet read at once."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from converter.model.address import letters_of
from converter.reading import sheet_xml
from converter.reading.limits import Limits
from converter.reading.open import Opened, open_file

_KINDS = (
    '<c r="{at}" t="inlineStr"><is><t>nota {n}</t></is></c>',
    '<c r="{at}"><v>{n}.5</v></c>',
    '<c r="{at}" t="b"><v>1</v></c>',
    '<c r="{at}" t="e"><v>#REF!</v></c>',
    '<c r="{at}"><f>A1+{n}</f></c>',
    '<c r="{at}"/>',
)
_NS = "http://schemas.openxmlformats.org"
_WHOLE = 2**30


def book(rows: str, below: str = "") -> bytes:
    """A book of one sheet with these rows."""
    target = "xl/worksheets/sheet1.xml"
    office = f"{_NS}/officeDocument/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{_NS}/package/2006/relationships"><Relationship '
        f'Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_NS}/spreadsheetml/2006/main" xmlns:r="{office}">'
        '<sheets><sheet name="Notas" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_NS}/package/2006/relationships">'
        f'<Relationship Id="b" Type="{office}/worksheet" Target="/{target}"/></Relationships>',
        target: f'<worksheet xmlns="{_NS}/spreadsheetml/2006/main"><cols><col min="1" max="2"/>'
        f"</cols><sheetData>{rows}</sheetData>{below}</worksheet>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def row(number: int, cells: Sequence[tuple[int, int]]) -> str:
    """A row with cells of these columns and kinds."""
    made = "".join(
        _KINDS[kind].format(at=f"{letters_of(column)}{number}", n=number) for column, kind in cells
    )
    return f'<row r="{number}">{made}</row>'


def opened(data: bytes, size: int, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """The book read in blocks of so many bytes."""
    with monkeypatch.context() as patched:
        patched.setattr(sheet_xml, "BLOCK", size)
        found = open_file(data, "a.xlsx", Limits())
        return replace(found, sheets=tuple(replace(one, rows=[*one.rows]) for one in found.sheets))


@given(
    st.dictionaries(
        st.integers(1, 60),
        st.dictionaries(st.integers(1, 5), st.integers(0, len(_KINDS) - 1)),
        min_size=1,
    ),
    st.integers(40, 400),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_size_of_block_reads_the_same(
    monkeypatch: pytest.MonkeyPatch, cells: dict[int, dict[int, int]], size: int
) -> None:
    head = row(1, [(1, 0), (2, 0)])
    data = book(head + "".join(row(at + 1, sorted(cells[at].items())) for at in sorted(cells)))
    assert opened(data, size, monkeypatch) == opened(data, _WHOLE, monkeypatch)


ROWS = [row(number, [(1, 0), (3, 1)]) for number in range(1, 30)]


def test_a_large_sheet_is_many_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_xml, "BLOCK", 300)
    xml = f"<worksheet><sheetData>{''.join(ROWS)}</sheetData></worksheet>".encode()
    assert len(sheet_xml.usual(xml, {}, False)) > 5


def test_what_stands_below_the_rows_is_read_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    below = '<mergeCells count="1"><mergeCell ref="A3:C3"/></mergeCells>'
    (sheet,) = opened(book("".join(ROWS), below), 300, monkeypatch).sheets
    assert len(sheet.rows) == 29
    assert sheet.merged == ((3, 1, 3, 3),)


@pytest.mark.parametrize(
    "rows",
    [
        [*ROWS, '<!-- <row r="3"> -->'],
        [*ROWS[:9], '<row r="10"><c><v>10.5</v></c><c r="C10"><v>10.5</v></c></row>', *ROWS[10:]],
        [*ROWS[:9], '<row r="10"><c s="0" r="A10"><v>7</v></c></row>', *ROWS[10:]],
        [*ROWS[15:], *ROWS[:15]],
    ],
    ids=["comment", "no address", "address not first", "rows out of order"],
)
def test_a_sheet_written_in_another_way_keeps_its_rows(
    monkeypatch: pytest.MonkeyPatch, rows: list[str]
) -> None:
    found = opened(book("".join(rows)), 300, monkeypatch).sheets[0].rows
    usual = opened(book("".join(ROWS)), 300, monkeypatch).sheets[0].rows
    assert [*found[:9], *found[10:]] == [*usual[:9], *usual[10:]]


def test_many_different_moments_with_a_zone_are_read() -> None:
    # Each is a cell of its own: looking at all of them for each would take minutes.
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="d"><v>2026-03-05T{n // 3600:02}:{n // 60 % 60:02}:'
        f"{n % 60:02}.000Z</v></c></row>"
        for n in range(1, 4_001)
    )
    (sheet,) = open_file(book(rows), "momentos.xlsx", Limits()).sheets
    assert len(sheet.rows) == 4_000
