"""Random tables come back as they were written, at the addresses they were written to."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.model.cells import RawSheet
from converter.stages.read import read

FIRST_DAY = datetime(1900, 3, 1)
SEPARATORS = ";\t|,"

words = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\ufeff\ufffe"
    ),
    min_size=1,
    max_size=12,
)
moments = st.integers(0, 60_000 * 86_400).map(lambda second: FIRST_DAY + timedelta(seconds=second))
typed = st.one_of(
    st.none(),
    words,
    st.booleans(),
    st.integers(-(10**14), 10**14).map(float),
    # XlsxWriter writes sixteen digits, one more than Excel keeps.
    st.floats(-1e300, 1e300, allow_subnormal=False).map(lambda number: float(f"{number:.15g}")),
    moments,
)


def tables(cells: st.SearchStrategy[Any]) -> st.SearchStrategy[list[list[Any]]]:
    return st.integers(1, 6).flatmap(
        lambda width: st.lists(
            st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=12
        )
    )


def content(rows: Sequence[Sequence[Any]]) -> dict[tuple[int, int], Any]:
    """The cells that are not blank, by row and column from 1."""
    return {
        (row, column): cell
        for row, cells in enumerate(rows, 1)
        for column, cell in enumerate(cells, 1)
        if cell is not None and cell != ""
    }


def only_sheet(data: bytes, name: str) -> RawSheet:
    outcome = read(data, name)
    assert outcome.book is not None, outcome.problems
    (sheet,) = outcome.book.sheets
    return sheet


@given(
    table=tables(typed), row=st.integers(0, 120), column=st.integers(0, 60), inline=st.booleans()
)
@settings(max_examples=60, deadline=None)
def test_a_workbook_comes_back(table: list[list[Any]], row: int, column: int, inline: bool) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": not inline, "constant_memory": inline}) as book:
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet = book.add_worksheet("Notas")
        sheet.write_string(0, 0, "início")
        for down, cells in enumerate(table, row + 1):
            for across, cell in enumerate(cells, column):
                if isinstance(cell, str):
                    sheet.write_string(down, across, cell)
                elif isinstance(cell, bool):
                    sheet.write_boolean(down, across, cell)
                elif isinstance(cell, datetime):
                    sheet.write_datetime(down, across, cell, moment)
                elif cell is not None:
                    sheet.write_number(down, across, cell)
    expected = {
        (down + row + 1, across + column): cell for (down, across), cell in content(table).items()
    }
    found = content(only_sheet(buffer.getvalue(), "notas.xlsx").rows)
    assert found.pop((1, 1)) == "início"
    assert {at: as_moment(cell) for at, cell in found.items()} == expected
    assert [type(found[at]) is bool for at in expected] == [
        type(cell) is bool for cell in expected.values()
    ]


def as_moment(cell: Any) -> Any:
    """A day alone is its midnight."""
    return datetime(cell.year, cell.month, cell.day) if type(cell).__name__ == "date" else cell


@given(
    table=tables(
        st.one_of(st.just(""), words, words.map(lambda text: f'{text}; "{text}"\r\n{text}|'))
    ),
    separator=st.sampled_from(SEPARATORS),
    codec=st.sampled_from(("utf-8", "utf-8-sig", "utf-16")),
    told=st.booleans(),
    end=st.sampled_from(("\r\n", "\n", "\r")),
)
@settings(max_examples=120, deadline=None)
def test_a_delimited_file_comes_back(
    table: list[list[str]], separator: str, codec: str, told: bool, end: str
) -> None:
    width = len(table[0])
    header = [f"Coluna {'ABCDEF'[index]}" for index in range(width)]
    buffer = io.StringIO(newline="")
    if told or width == 1:
        buffer.write(f"sep={separator}{end}")
        quoting = csv.QUOTE_MINIMAL
    else:
        quoting = csv.QUOTE_ALL
    writer = csv.writer(buffer, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerows([header, *table])
    sheet = only_sheet(buffer.getvalue().encode(codec), "notas.csv")
    assert content(sheet.rows) == content([header, *table])
