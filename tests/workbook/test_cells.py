import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from converter.workbook.cells import CUT_MARK, MAX_TEXT, fit, serial
from converter.workbook.new_sheet import NewColumn, NewSheet, Valor
from converter.workbook.package import new_book

# No XML holds the two noncharacters; calamine, unlike Excel, leaves their escape as it stands.
NONCHARACTERS = "\ufffe\uffff"
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters=NONCHARACTERS)
TEXTS = st.lists(st.text(CHARACTERS, min_size=1), min_size=1)
AWKWARD = [
    "=1+1",
    "+55 11 4002-8922",
    "-1",
    "@SUM(A1)",
    "  espaços  ",
    "linha\nlinha\r\nlinha\ttabulação",
    "\x00\x01\x0b\x1f",
    "_x0041_ e _x000D_",
    "<b>&amp;</b>]]>",
    "açaí 🧾 \u200d",
    "#REF!",
    "00042",
    "1E5",
    "'",
]


def written(values: Sequence[Valor], style: str = "codigo") -> bytes:
    target = io.BytesIO()
    new_book([NewSheet("Folha", colunas=(NewColumn("Coluna", values, style),))], target)
    return target.getvalue()


def by_calamine(package: bytes) -> list[object]:
    sheet = python_calamine.load_workbook(io.BytesIO(package)).get_sheet_by_index(0)
    return [row[0] for row in sheet.to_python(skip_empty_area=False)[1:]]


def by_openpyxl(package: bytes) -> list[object]:
    sheet = openpyxl.load_workbook(io.BytesIO(package)).active
    return [row[0].value for row in sheet.iter_rows(min_row=2)]


def check_texts(texts: Sequence[str]) -> None:
    package = written(texts)
    assert by_calamine(package) == list(texts)
    # openpyxl hands the escapes of ECMA-376 over as they stand and leaves undoing them to us.
    assert [unescape(str(text)) for text in by_openpyxl(package)] == list(texts)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_equal(texts: list[str]) -> None:
    check_texts(texts)


@given(st.lists(st.text(alphabet="_x0041FD=<&\r\n\x00é", min_size=1), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_text_that_looks_like_the_escape_comes_back_equal(texts: list[str]) -> None:
    check_texts(texts)


def test_awkward_texts_stay_text() -> None:
    check_texts(AWKWARD)
    for text in AWKWARD:
        check_texts([text])
    sheet = openpyxl.load_workbook(io.BytesIO(written(AWKWARD))).active
    assert {row[0].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}


def test_what_xml_cannot_hold_is_escaped() -> None:
    package = written([NONCHARACTERS])
    assert [unescape(str(text)) for text in by_openpyxl(package)] == [NONCHARACTERS]


def test_half_a_character_becomes_a_mark_and_breaks_nothing() -> None:
    assert by_calamine(written(["a\ud800b", "inteiro"])) == ["a\ufffdb", "inteiro"]


NUMBERS = [
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.decimals(-(10**12), 10**12, places=2),
]


@pytest.mark.parametrize("numbers", NUMBERS)
def test_numbers_come_back_as_numbers(numbers: st.SearchStrategy[int | float | Decimal]) -> None:
    @given(st.lists(st.none() | numbers, min_size=1, max_size=20))
    @settings(max_examples=40, deadline=None)
    def check(values: list[int | float | Decimal | None]) -> None:
        read = by_openpyxl(written([*values, 1], "numero"))
        expected = [None if value is None else float(value) for value in [*values, 1]]
        assert [None if value is None else float(str(value)) for value in read] == expected

    check()


def test_what_is_no_number_to_excel_is_written_as_text() -> None:
    values = [float("nan"), float("inf"), Decimal("NaN"), 10**15, Decimal("-Infinity")]
    for value in values:
        assert by_calamine(written([value, value])) == [str(value)] * 2


def test_booleans_numbers_and_texts_do_not_mix() -> None:
    read = by_openpyxl(written([True, 1, 0, False, "1", Decimal(1), None, 1.0]))
    assert read == [True, 1, 0, False, "1", 1, None, 1]
    assert [type(value) for value in read[:5]] == [bool, int, int, bool, str]


def test_dates_are_dates() -> None:
    values = [date(2026, 10, 29), datetime(2026, 10, 29, 13, 45, 30)]
    assert by_openpyxl(written(values, "momento")) == [
        datetime(2026, 10, 29),
        datetime(2026, 10, 29, 13, 45, 30),
    ]


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(1900, 1, 1), 1),
        (date(1900, 2, 28), 59),
        (date(1900, 3, 1), 61),
        (date(2026, 10, 29), 46_324),
        (datetime(2026, 10, 29, 12), 46_324.5),
        (date(1899, 12, 31), None),
    ],
)
def test_serials_know_the_leap_day_that_never_was(day: date, number: float | None) -> None:
    assert serial(day, from_1904=False) == number


def test_serials_of_1904_start_four_years_later() -> None:
    assert serial(date(1904, 1, 1), from_1904=True) == 0
    assert serial(date(1903, 12, 31), from_1904=True) is None


def test_a_day_before_the_calendar_is_told_as_text() -> None:
    assert by_calamine(written([date(1822, 9, 7)], "data")) == ["1822-09-07"]


def test_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    exact = "é" * MAX_TEXT
    assert fit(exact) == exact
    cut = fit("🧾" * MAX_TEXT)
    assert len(cut.encode("utf-16-le")) // 2 <= MAX_TEXT
    assert cut.startswith("🧾🧾")
    assert cut.endswith(CUT_MARK)
    assert by_calamine(written(["x" * 40_000]))[0] == fit("x" * 40_000)
