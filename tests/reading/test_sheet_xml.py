import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.model.address import letters_of
from converter.model.cells import Fault, FaultKind, Formatted, Percent, RawValue
from converter.reading import sheet_xml
from converter.reading.blocks import Block, extent
from converter.reading.coded_rows import CodedRows, placed
from converter.reading.formats import Form, Shown
from converter.reading.grid import values_of
from converter.reading.limits import Limits
from converter.reading.marks import NOT_CALCULATED
from converter.reading.refusal import FileRefused

MOST = Limits().cells
PERCENT = {1: Form(Shown.PERCENT)}
STRINGS = b'<sst uniqueCount="1"><si><t>a &lt; b</t></si></sst>'
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def blocks_of(xml: bytes, forms: Mapping[int, Form] = PERCENT) -> Sequence[Block]:
    return sheet_xml.blocks_of(xml, forms, False, MOST)


def grid(blocks: Sequence[Block], shared: Mapping[str, bytes] = {}) -> list[list[RawValue]]:
    """The rows of a book without styles."""
    values = values_of([block.cells for block in blocks], shared, date1904=False)
    for found, block in zip(values, blocks, strict=True):
        block.marks.apply(found, date1904=False)
    coded = (
        CodedRows(own, block.codes, block.columns, block.numbers)
        for own, block in zip(values, blocks, strict=True)
    )
    return [[*row] for row in placed(coded)]


def usual(rows: str, forms: Mapping[int, Form] = PERCENT) -> list[list[RawValue]]:
    """The cells of rows that are read without the parser, and alike by it."""
    xml = sheet(rows)
    found = grid(sheet_xml.usual(xml, forms, True))
    assert grid(sheet_xml.parse(xml, forms, True, MOST)) == found
    return found


def sheet(rows: str) -> bytes:
    return f'<worksheet xmlns="{SPACE}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def written(fill: Callable[[Any, Any], None]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        fill(book.add_worksheet(), book.add_format({"num_format": "0.00%"}))
    with zipfile.ZipFile(buffer) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


cells = st.dictionaries(
    st.tuples(st.integers(0, 30), st.integers(0, 60)),
    st.sampled_from(("texto", "numero", "porcento", "erro", "formula", "zero", "vazia")),
    min_size=1,
    max_size=30,
)


@given(cells=cells, uncalculated=st.booleans(), size=st.sampled_from((1, 200, 2**20)))
@settings(max_examples=60, deadline=None)
def test_the_usual_way_and_the_parser_agree(
    cells: dict[tuple[int, int], str], uncalculated: bool, size: int
) -> None:
    def fill(page: Any, percent: Any) -> None:
        for (row, column), kind in cells.items():
            match kind:
                case "texto":
                    page.write_string(row, column, 'a < b & t="e" <f>')
                case "numero":
                    page.write_number(row, column, row)
                case "porcento":
                    page.write_number(row, column, 0.5, percent)
                case "erro":
                    page.write_formula(row, column, "=1/0", None, "#DIV/0!")
                case "formula":
                    page.write_formula(row, column, '=IF(A1<>"",1,2)', percent, 2)
                case "zero":
                    page.write_formula(row, column, "=A1*2")
                case _:
                    page.write_blank(row, column, None, percent)

    xml = written(fill)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sheet_xml, "BLOCK", size)
        found = sheet_xml.usual(xml, PERCENT, uncalculated)
    shared = {"sharedStrings": STRINGS}
    assert grid(found, shared) == grid(sheet_xml.parse(xml, PERCENT, uncalculated, MOST), shared)


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='A1048576'><v>1</v></c>",
        '<c s="1" r="A1048576"><v>1</v></c>',
        '<c\nr="A1048576"><v>1</v></c>',
        '<c  r="A1048576"><v>1</v></c>',
        '<c r = "A1048576"><v>1</v></c>',
        '<c r="a1048576"><v>1</v></c>',
        '<x:c xmlns:x="y" r="A1048576"><v>1</v></x:c>',
        '<c r="A1048576"><v>1</v></c>',
        '<c r="A1"/><c r="A1048576"><v>1</v></c>',
    ],
)
def test_no_spelling_hides_a_far_cell(cell: str) -> None:
    assert extent(blocks_of(sheet(f'<row r="1">{cell}</row>')))[0] == 1048576


@pytest.mark.parametrize("address", ["XFE1", "AAAA1", "A1048577", "A99999999", "ZZZZZZ999"])
def test_addresses_beyond_the_last_are_seen_as_such(address: str) -> None:
    rows, columns = extent(blocks_of(sheet(f'<row><c r="{address}"><v>1</v></c></row>')))
    assert columns > 16_384 or rows > 1_048_576


@pytest.mark.parametrize("address", ["A", "1", "", "A-1", "Á1", "A1:B2"])
def test_what_is_no_address_is_damage(address: str) -> None:
    with pytest.raises(FileRefused, match="danificado"):
        blocks_of(sheet(f'<row><c r="{address}"><v>1</v></c></row>'))


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ('<c r="A1"><f>1</f></c>', NOT_CALCULATED),
        ('<c r="A1"><f>1</f><v/></c>', NOT_CALCULATED),
        ('<c r="A1"><f>1</f><v></v></c>', NOT_CALCULATED),
        ('<c r="A1"><f>1</f><v/>  </c>', NOT_CALCULATED),
        ('<c r="A1" t="str"><f>1</f></c>', NOT_CALCULATED),
        ('<c r="A1"><f t="shared" si="0"/></c><c r="B1"><f>1</f><v>2</v></c>', NOT_CALCULATED),
        ('<c r="A1"> <f>1</f> <v>0</v> </c>', NOT_CALCULATED),
        ('<c r="A1" t="str"><f>1</f><v></v></c>', None),
        ('<c r="A1"><f>1</f><v>5</v></c>', None),
        ('<c r="A1"><v>0</v></c>', None),
        ('<c r="A1" t="e"><v>#REF!</v></c>', Fault(FaultKind.ERROR_VALUE, "#REF!")),
        ('<c r="A1" s="1" t="e"><f>1</f><v>#N/A</v></c>', Fault(FaultKind.ERROR_VALUE, "#N/A")),
    ],
)
def test_faults_of_a_book_to_be_calculated_on_load(cell: str, fault: Fault | None) -> None:
    ((found, *_),) = usual(f'<row r="1">{cell}<c r="C1"><v>1</v></c></row>')
    assert found == fault if fault else not isinstance(found, Fault)


def test_the_extent_of_a_tall_or_wide_sheet_is_exact() -> None:
    def fill(page: Any, _: Any) -> None:
        page.write_number("A2", 1)
        page.write_number("CV120345", 1)

    blocks = blocks_of(written(fill))
    assert extent(blocks) == (120_345, 100)
    assert [len(block.codes) for block in blocks] == [2]


def test_a_sheet_in_utf_16_is_not_taken_for_an_empty_one() -> None:
    xml = b"\xff\xfe" + sheet('<row><c r="XFD9"><v>1</v></c></row>').decode().encode("utf-16-le")
    assert extent(blocks_of(xml)) == (9, 16_384)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 3_000), st.integers(1, 60), st.integers(1, 4_000), st.integers(1, 90))
def test_a_cell_in_the_middle_of_a_long_sheet_is_never_missed(
    rows: int, columns: int, row: int, column: int
) -> None:
    line = "".join(f'<c r="{letters_of(n)}{{0}}"/>' for n in range(1, columns + 1))
    body = [f'<row r="{n}">{line.format(n)}</row>' for n in range(1, rows + 1)]
    body.insert(rows // 2, f'<row><c r="{letters_of(column)}{row}"><v>7</v></c></row>')
    found = grid(blocks_of(sheet("".join(body))))
    assert (len(found), len(found[-1]), found[-1][-1]) == (row, column, 7)


@pytest.mark.parametrize(
    "row",
    [
        '<row r="7"><c r="A7" s="7"><v>1</v></c><c r="B7" s="7"/><c r="C7"><v>2</v></c></row>',
        '<row r="7"><c r="A7" t="str"><f>"7"</f><v>7"</v></c><c r="C7"><v>2</v></c></row>',
        '<row r="7"><c r="A7"><v>1</v></c><c r="C7" t="inlineStr"><is><t>R7"</t></is></c></row>',
        '<row r="7"><c r="B7" t="inlineStr"><is><r><rPr><b/></rPr><t>7"</t></r></is></c></row>',
    ],
)
def test_the_number_of_a_row_may_stand_elsewhere_in_it(row: str) -> None:
    above = '<row r="3" spans="1:7"/><row r="4"></row>'
    found = usual(f"{above}{row}{above.replace('3', '8').replace('4', '9')}")
    assert [len(each) for each in found] == [len(found[6])] * 7
    assert found[6][-1] in {2.0, 'R7"', '7"'}


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="B2"><v>2</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><!-- --><c r="B1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c><v>2</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c></row>",
        '<row r="1"><c r="A1"><v><![CDATA[1]]></v></c><c r="B1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><extLst/></c><c r="B1"><v>2</v></c></row>',
    ],
)
def test_what_is_written_another_way_goes_through_the_parser(rows: str) -> None:
    with pytest.raises(sheet_xml.UnforeseenError):
        sheet_xml.usual(sheet(rows), {}, False)
    values = [value for row in grid(blocks_of(sheet(rows))) for value in row]
    assert values[-1] == 2 or values == [2, 1]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"<c r="B1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"</row>',
        '<row r="1"><c r="A1"><v>1</c></row>',
        '<row r="1"><c r="A1"><c r="B1"><v>2</v></c></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>1</is></c><c r="B1"><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>1<v>2</v></t></is></c></row>',
        '<row r="1"><c r="A1"><v>1<f>2</f></v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>1</t></is><v>2</v></c></row>',
        '<row r=1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c><c r="B\x002"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c>',
        '<row r="1"><c r="A1"><v>1</v></c></row></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2">',
        '<row r="1"><c r="A1"><v>1</v></c>x<c r="B1"><v>\0</v></c></row>',
    ],
)
def test_no_damage_reads_as_cells(rows: str) -> None:
    with pytest.raises(FileRefused, match="danificado"):
        blocks_of(sheet(rows))


@pytest.mark.parametrize(
    ("above", "below"),
    [("<cols>", ""), ("<!--", "-->"), ('<dimension ref="&x;"/>', ""), ("", "</sheetData>")],
)
def test_damage_around_the_rows_is_damage(above: str, below: str) -> None:
    rows = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    xml = f'<worksheet xmlns="{SPACE}">{above}{rows}{below}</worksheet>'.encode()
    if above == "<!--":
        assert blocks_of(xml) == []
        return
    with pytest.raises(FileRefused, match="danificado"):
        blocks_of(xml)


def test_a_cell_that_swallows_another_is_damage() -> None:
    with pytest.raises(FileRefused, match="danificado"):
        values_of([[b' t="inlineStr"><is><t>1</is></c>', b"><v>2</v></c>"]], {}, date1904=False)


def test_cells_written_alike_are_one() -> None:
    line = '<row r="{0}"><c r="A{0}" s="1"><v>5</v></c><c r="C{0}" s="1"><v>5</v></c></row>'
    (block,) = blocks_of(sheet("".join(line.format(number) for number in range(1, 100))))
    # A cell counts again by where the next one is.
    assert len(block.cells) == 2
    assert len(block.codes) == 198
    assert {*block.columns} == {(1, 3)}


DATE, MONEY, DOLLAR = Form(Shown.DATE), Form(places=2), Form(places=2, currency="US$")
FORMS = {1: PERCENT[1], 2: MONEY, 3: DATE, 12: DOLLAR}


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="B2" s="2"><v>44.525</v></c>', Formatted(44.525, 2)),
        ('<c r="B2" s="2" t="n"><v>-44.525</v></c>', Formatted(-44.525, 2)),
        ('<c r="B2" t="n" s="2"><v>44.525</v></c>', Formatted(44.525, 2)),
        ('<c r="B2" s="2" cm="1"><f>A1/2</f><v>44.525</v></c>', Formatted(44.525, 2)),
        ('<c r="B2" s="2"><v>5E-3</v></c>', Formatted(0.005, 2)),
        ('<c r="B2" s="2">\n  <v>44.525</v>\n</c>', Formatted(44.525, 2)),
        ('<c r="B2" s="2"><v>44.52</v></c>', 44.52),
        ('<c r="B2" s="2" t="str"><v>44.525</v></c>', "44.525"),
        ('<c r="B2" s="12"><v>44</v></c>', Formatted(44, 2, "US$")),
        ('<c r="B2" s="1"><v>44</v></c>', Percent(44)),
        ('<c r="B2" s="3"><v>46300.5</v></c>', datetime(2026, 10, 5, 12)),
        ('<c r="B2" s="3"><v>3000000</v></c>', "########"),
        ('<c r="B2" s="3"><v>1E+9</v></c>', "########"),
        ('<c r="B2" s="3"><v>-1</v></c>', -1.0),
        ('<c r="B2" s="4"><v>44.525</v></c>', 44.525),
    ],
)
def test_a_cell_is_what_its_format_shows(cell: str, shown: RawValue) -> None:
    found = usual(f'<row r="2">{cell}<c r="C2"><v>1</v></c></row>', FORMS)[1][1]
    assert found == shown
    assert type(found) is type(shown)


def test_a_cell_without_a_style_has_the_first() -> None:
    row = '<row r="1"><c r="A1"><v>0.5</v></c><c r="B1" s="1"><v>1</v></c></row>'
    assert usual(row, {0: DOLLAR}) == [[Formatted(0.5, 2, "US$"), 1]]


@pytest.mark.parametrize(
    "around",
    [
        "<sheetData><!--</sheetData>-->{}</sheetData>",
        '<x:sheetData>{}</x:sheetData><sheetData><row><c r="A1"/></row></sheetData>',
    ],
)
def test_no_second_sheet_data_hides_a_far_cell(around: str) -> None:
    far = '<row r="1"><c r="A1"/><c r="XFD1048576"><v>1</v></c></row>'
    xml = f'<worksheet xmlns="{SPACE}" xmlns:x="{SPACE}">{around.format(far)}</worksheet>'.encode()
    assert extent(blocks_of(xml)) == (1_048_576, 16_384)


def test_a_sheet_data_that_ends_as_another_is_damage() -> None:
    rows = '<sheetData><!--</sheetData>--><row r="1"><c r="A1"/></row></x:sheetData>'
    with pytest.raises(FileRefused, match="danificado"):
        blocks_of(f'<worksheet xmlns="{SPACE}" xmlns:x="{SPACE}">{rows}</worksheet>'.encode())
