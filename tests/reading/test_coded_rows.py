"""Rows told by their distinct values stand where the sheet has them."""

from hypothesis import given
from hypothesis import strategies as st

from converter.reading.coded_rows import CodedRows, GridRows

VALUES = ["", 7, "a"]
ROWS = st.dictionaries(
    st.integers(1, 12), st.dictionaries(st.integers(1, 5), st.integers(0, 2), min_size=1)
)


def coded(rows: dict[int, dict[int, int]], size: int) -> GridRows:
    """The codes of rows by number and column, so many rows in a part."""
    numbers = sorted(rows)
    return GridRows(
        CodedRows(
            VALUES,
            [rows[number][column] for number in some for column in sorted(rows[number])],
            [tuple(sorted(rows[number])) for number in some],
            some,
        )
        for some in (numbers[at : at + size] for at in range(0, len(numbers), size))
    )


@given(ROWS, st.integers(1, 4))
def test_each_value_stands_at_its_row_and_column(
    rows: dict[int, dict[int, int]], size: int
) -> None:
    said = {(n, c): VALUES[code] for n, own in rows.items() for c, code in own.items() if code}
    grid = coded(rows, size)
    found = {
        (number, column): value
        for number, row in enumerate(grid, 1)
        for column, value in enumerate(row, 1)
        if value != ""
    }
    assert found == said
    assert len(grid) == max((number for number, _ in said), default=0)
    assert max(map(len, grid), default=0) == max((column for _, column in said), default=0)


def test_a_far_cell_leaves_the_other_rows_short() -> None:
    grid = coded({number: {1: 1} for number in range(1, 10)} | {10: {200: 2}}, 4)
    assert [len(row) for row in grid] == [1] * 9 + [200]
