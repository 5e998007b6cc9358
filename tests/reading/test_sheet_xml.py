import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.model.address import letters_of
from converter.model.cells import Fault, FaultKind
from converter.reading import sheet_xml
from converter.reading.formats import Form, Shown
from converter.reading.limits import Limits
from converter.reading.marks import NOT_CALCULATED, Marks
from converter.reading.refusal import FileRefused

ROOM = Limits().sparse_cells
MOST = Limits().cells
PERCENT = {1: Form(Shown.PERCENT)}
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


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


@given(cells=cells, uncalculated=st.booleans(), room=st.sampled_from((0, ROOM)))
@settings(max_examples=60, deadline=None)
def test_the_quick_way_and_the_parser_agree(
    cells: dict[tuple[int, int], str], uncalculated: bool, room: int
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
    quick = sheet_xml.scan(xml, PERCENT, uncalculated, room=room, most=MOST)
    parsed = sheet_xml.parse(xml, PERCENT, uncalculated, MOST)
    assert quick.faults == parsed.faults
    # A blank cell shown as a percentage is of no consequence, so the quick way may count it.
    shown = {*quick.shown[PERCENT[1]]}
    assert {*parsed.shown[PERCENT[1]]} <= shown <= {(r + 1, c + 1) for r, c in cells}
    assert quick.rows >= parsed.rows
    assert quick.columns >= parsed.columns
    assert quick.rows * quick.columns <= ROOM


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
@pytest.mark.parametrize("room", [0, ROOM])
def test_no_spelling_hides_a_far_cell(cell: str, room: int) -> None:
    assert (
        sheet_xml.scan(sheet(f'<row r="1">{cell}</row>'), PERCENT, False, room=room, most=MOST).rows
        == 1048576
    )


@pytest.mark.parametrize("address", ["XFE1", "AAAA1", "A1048577", "A99999999", "ZZZZZZ999"])
def test_addresses_beyond_the_last_are_seen_as_such(address: str) -> None:
    marks = sheet_xml.scan(
        sheet(f'<row><c r="{address}"><v>1</v></c></row>'), PERCENT, False, room=ROOM, most=MOST
    )
    assert marks.columns > 16_384 or marks.rows > 1_048_576


@pytest.mark.parametrize("address", ["A", "1", "", "A-1", "Á1", "A1:B2"])
def test_what_is_no_address_is_damage(address: str) -> None:
    with pytest.raises(FileRefused, match="danificado"):
        sheet_xml.scan(
            sheet(f'<row><c r="{address}"><v>1</v></c></row>'), PERCENT, False, room=ROOM, most=MOST
        )


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ('<c r="A1"><f>1</f></c>', NOT_CALCULATED),
        ('<c r="A1"><f>1</f><v/></c>', NOT_CALCULATED),
        ('<c r="A1"><f>1</f><v></v></c>', NOT_CALCULATED),
        ('<c r="A1" t="str"><f>1</f></c>', NOT_CALCULATED),
        ('<c r="A1"><f t="shared" si="0"/></c><c r="B1"><f>1</f><v>2</v></c>', NOT_CALCULATED),
        ('<c r="A1"> <f>1</f> <v>0</v> </c>', NOT_CALCULATED),
        ('<c r="A1" t="str"><f>1</f><v></v></c>', None),
        ('<c r="A1"><f>1</f><v>5</v></c>', None),
        ('<c r="A1"><v>0</v></c>', None),
        ('<c r="A1" t="e"><v>#REF!</v></c>', Fault(FaultKind.ERROR_VALUE, "#REF!")),
        ('<c r="A1" s="1" t="e"><f>1</f><v>#N/A</v></c>', Fault(FaultKind.ERROR_VALUE, "#N/A")),
        ("<c r='A1' t='e'><v>#N/A</v></c>", Fault(FaultKind.ERROR_VALUE, "#N/A")),
    ],
)
def test_faults_of_a_book_to_be_calculated_on_load(cell: str, fault: Fault | None) -> None:
    xml = sheet(f'<row r="1">{cell}<c r="C1"><v>1</v></c></row>')
    expected = {} if fault is None else {(1, 1): fault}
    assert sheet_xml.scan(xml, PERCENT, True, room=ROOM, most=MOST).faults == expected
    assert sheet_xml.parse(xml, PERCENT, True, MOST).faults == expected


def test_the_extent_of_a_tall_or_wide_sheet_is_exact() -> None:
    def fill(page: Any, _: Any) -> None:
        page.write_number("A2", 1)
        page.write_number("CV120345", 1)

    marks = sheet_xml.scan(written(fill), PERCENT, False, room=ROOM, most=MOST)
    assert (marks.rows, marks.columns, marks.cells) == (120_345, 100, 2)


def test_a_sheet_in_utf_16_is_not_taken_for_an_empty_one() -> None:
    xml = b"\xff\xfe" + sheet('<row><c r="XFD9"><v>1</v></c></row>').decode().encode("utf-16-le")
    assert sheet_xml.scan(xml, PERCENT, False, room=ROOM, most=MOST) == Marks(9, 16_384, 1)


@given(st.integers(1, 1_048_576), st.integers(1, 1_200_000))
def test_the_pattern_of_rows_is_that_of_the_numbers_up_to_the_last(last: int, number: int) -> None:
    found = re.fullmatch(b"|".join(sheet_xml._rows_to(last)), str(number).encode())
    assert (found is not None) == (number <= last)


@given(st.integers(1, 702), st.integers(1, 18_000))
def test_the_pattern_of_columns_is_that_of_the_letters_up_to_the_last(
    last: int, number: int
) -> None:
    pattern = sheet_xml._columns_to(last)
    assert (re.fullmatch(pattern, letters_of(number).encode()) is not None) == (number <= last)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 3_000), st.integers(1, 60), st.integers(1, 4_000), st.integers(1, 90))
def test_a_cell_in_the_middle_of_a_long_sheet_is_never_missed(
    rows: int, columns: int, row: int, column: int
) -> None:
    line = "".join(f'<c r="{letters_of(n)}{{0}}"/>' for n in range(1, columns + 1))
    body = [f'<row r="{n}">{line.format(n)}</row>' for n in range(1, rows + 1)]
    body.insert(rows // 2, f'<row><c r="{letters_of(column)}{row}"/></row>')
    marks = sheet_xml.scan(sheet("".join(body)), {}, False, room=ROOM, most=MOST)
    assert (marks.rows, marks.columns) == (max(rows, row), max(columns, column))


DATE, MONEY, DOLLAR = Form(Shown.DATE), Form(places=2), Form(places=2, currency="US$")
FORMS = {1: PERCENT[1], 2: MONEY, 3: DATE, 12: DOLLAR}


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ('<c r="B2" s="2"><v>44.525</v></c>', MONEY),
        ('<c r="B2" s="2" t="n"><v>-44.525</v></c>', MONEY),
        ('<c r="B2" t="n" s="2"><v>44.525</v></c>', MONEY),
        ('<c r="B2" s="2" cm="1"><f>A1/2</f><v>44.525</v></c>', MONEY),
        ('<c r="B2" s="2"><v>5E-3</v></c>', MONEY),
        ('<c r="B2" s="2">\n  <v>44.525</v>\n</c>', MONEY),
        ('<c r="B2" s="2"><v>44.52</v></c>', None),
        ('<c r="B2" s="2" t="s"><v>44</v></c>', None),
        ('<c r="B2" s="12"><v>44</v></c>', DOLLAR),
        ('<c r="B2" s="1"><v>44</v></c>', PERCENT[1]),
        ('<c r="B2" s="3"><v>46300.5</v></c>', None),
        ('<c r="B2" s="3"><v>3000000</v></c>', DATE),
        ('<c r="B2" s="3"><v>1E+9</v></c>', DATE),
        ('<c r="B2" s="3"><v>-1</v></c>', DATE),
        ('<c r="B2" s="4"><v>44.525</v></c>', None),
    ],
)
def test_a_cell_is_told_where_its_format_shows_something_else(cell: str, form: Form | None) -> None:
    xml = sheet(f'<row r="2">{cell}<c r="C2"><v>1</v></c></row>')
    quick = sheet_xml._usual(xml, FORMS, False, ROOM)
    assert quick is not None
    assert dict(quick.shown) == ({} if form is None else {form: [(2, 2)]})


def test_a_cell_without_a_style_has_the_first() -> None:
    xml = sheet('<row r="1"><c r="A1"><v>0.5</v></c><c r="B1" s="1"><v>1</v></c></row>')
    quick = sheet_xml._usual(xml, {0: DOLLAR}, False, ROOM)
    assert quick is not None
    assert dict(quick.shown) == {DOLLAR: [(1, 1)]}


@pytest.mark.parametrize(
    "around",
    [
        "<sheetData><!--</sheetData>-->{}</x:sheetData>",
        '<x:sheetData>{}</x:sheetData><sheetData><row><c r="A1"/></row></sheetData>',
    ],
)
def test_no_second_sheet_data_hides_a_far_cell(around: str) -> None:
    far = '<row r="1"><c r="A1"/><c r="XFD1048576"><v>1</v></c></row>'
    xml = f'<worksheet xmlns="{SPACE}" xmlns:x="{SPACE}">{around.format(far)}</worksheet>'.encode()
    assert sheet_xml._usual(xml, {}, False, ROOM) is None


@given(st.sets(st.integers(0, 400), min_size=1), st.integers(0, 4000))
def test_the_pattern_of_styles_is_that_of_its_numbers(styles: set[int], style: int) -> None:
    found = re.fullmatch(sheet_xml._any_of(styles), str(style).encode())
    assert (found is not None) == (style in styles)
