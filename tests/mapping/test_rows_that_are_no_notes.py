"""What stands below a header and is no note: sums, blanks, the header again; and what is one."""

from collections.abc import Sequence

import pytest

from converter.mapping.notes import unmerge
from converter.mapping.rows import Rows, below, sort_rows
from converter.model.cells import RawSheet, RawValue

Row = Sequence[RawValue]
DAY = "19/03/2026"


def note(amount: float) -> Row:
    return (DAY, "Ana", amount)


def label(text: str, amount: float) -> Row:
    return (None, text, amount)


def alone(amount: float) -> Row:
    return (None, None, amount)


def sort(*rows: Row, identity: Sequence[int] = (0, 1)) -> Rows:
    """Rows of a day, a client and an amount; a fourth column is not used."""
    return sort_rows(
        list(zip(*rows, strict=True)),
        used=range(3),
        identity=identity,
        amounts=[2],
        header=[[(0, "data"), (1, "cliente")]],
    )


@pytest.mark.parametrize(
    ("rows", "totals"),
    [
        pytest.param([note(10), note(20), alone(30)], (2,), id="all-above"),
        pytest.param([note(10), note(20), alone(31)], (), id="another-amount"),
        pytest.param([note(10), alone(10)], (), id="one-is-no-sum"),
        pytest.param([note(5), note(10), note(20), alone(30)], (), id="some-above"),
        pytest.param(
            [note(10), note(20), label("Subtotal", 30), note(40), note(50), alone(90)],
            (2, 5),
            id="the-last-block",
        ),
        pytest.param(
            [note(10), note(20), label("Subtotal", 30), note(40), alone(40)],
            (2,),
            id="one-in-the-last-block",
        ),
        pytest.param([note(100), label("Total", 100), alone(100)], (1,), id="one-and-its-total"),
        pytest.param(
            [note(10), label("Total", 10), note(20), label("Total", 20), alone(30)],
            (1, 3, 4),
            id="all-but-the-totals",
        ),
        pytest.param([note(10), note(20), (None, None, None)], (), id="nothing-said"),
    ],
)
def test_an_amount_by_itself_is_a_total_where_it_adds_up_two_or_more(
    rows: Sequence[Row], totals: tuple[int, ...]
) -> None:
    found = sort(*rows)
    assert found.totals == totals
    blank = [at for at, row in enumerate(rows) if row == (None, None, None)]
    assert [*found.notes] == [at for at in range(len(rows)) if at not in totals and at not in blank]


def test_a_client_called_total_whose_row_says_a_day_is_a_note() -> None:
    rows = sort(note(10), (DAY, "Total", 20))
    assert ([*rows.notes], rows.totals) == ([0, 1], ())
    some_blank = sort(note(10), (None, "Bia", 20), (DAY, None, 30), (DAY, "Total", 40))
    assert [*some_blank.notes] == [0, 1, 2, 3]


def test_a_total_is_known_where_columns_leave_blanks_in_their_own_ways() -> None:
    rows = sort((DAY, " ", 10), (DAY, "Bia", 20), label("Total", 30))
    assert rows.totals == (2,)


def test_without_a_column_that_says_who_or_what_no_row_is_taken_for_a_total() -> None:
    assert sort(note(10), note(20), alone(30), identity=()).totals == ()


def test_a_row_that_says_two_of_three_things_is_a_note_even_where_one_is_total() -> None:
    rows = [(DAY, "Ana", 10, "Aula"), (None, "Total", 20, "Aula"), (DAY, None, 30, None)]
    assert sort(*rows, identity=(0, 1, 3)).totals == ()


def test_without_amounts_a_total_is_known_by_its_label_alone() -> None:
    columns = [[DAY, DAY, None, None], ["Ana", "Bia", "Total", None]]
    found = sort_rows(columns, used=[0, 1], identity=[0, 1], amounts=[], header=[])
    assert (found.totals, found.blank) == ((2,), (3,))


def test_a_remark_below_the_table_is_none_of_its_notes() -> None:
    rows = sort(note(10), (None, "Emitido em 01/04/2026", None), label("Emitido em abril", 3))
    assert (rows.foot, [*rows.notes]) == ((1,), [0, 2])


@pytest.mark.parametrize(
    "said", ["AGOSTO", "ago/25", "Mês de março", "Março de 2026", "Competência: maio/2026", "Set."]
)
def test_a_month_alone_in_its_row_is_the_title_of_the_notes_below(said: str) -> None:
    rows = sort((said, None, None), note(10), (None, said, ""), note(20))
    assert (rows.titles, [*rows.notes], rows.left_out) == ((0, 2), [1, 3], (0, 2))


@pytest.mark.parametrize(
    "row", [("AGOSTO", None, 30), ("AGOSTO", "Ana", None), ("Marisa", None, None),
            ("16/08/2025", None, None), ("quinze de agosto", None, None)],
)  # fmt: skip
def test_a_month_beside_anything_else_and_other_words_alone_are_still_notes(row: Row) -> None:
    assert sort(note(10), row, note(20)).titles == ()


def test_the_header_again_is_no_note_and_a_row_with_one_word_of_it_is() -> None:
    rows = sort(note(10), ("Data", "CLIENTE", "Valor"), ("Data", "Ana", 20), note(30))
    assert (rows.headers, [*rows.notes]) == ((1,), [0, 2, 3])
    assert rows.left_out == (1,)


def test_a_row_blank_but_for_a_column_nobody_uses_is_told_apart() -> None:
    rows = sort((*note(10), None), (None, None, "", "pagar em maio"), (None, "", None, " "))
    assert (rows.blank, rows.beside, [*rows.notes]) == ((1, 2), (1,), [0])


def test_a_sheet_of_one_column_or_of_none_has_its_rows() -> None:
    one = sort_rows([["a", None]], used=[0], identity=[0], amounts=[], header=[])
    assert ([*one.notes], one.blank) == ([0], (1,))
    assert [*sort_rows([], used=[], identity=[], amounts=[], header=[]).notes] == []


@pytest.mark.parametrize("count", [1, 2047, 2048, 2049, 4099])
def test_the_columns_below_a_header_have_every_row_however_long_or_wide(count: int) -> None:
    # The last row alone reaches the third column, and none the fourth, which the header has.
    rows: list[Row] = [(number,) for number in range(count)] + [("x", None, "y")]
    columns = below(RawSheet("N", [("A", "B", "C", "D"), *rows]), 1)
    assert [len(column) for column in columns] == [count + 1] * 4
    assert [*columns[0]] == [*range(count), "x"]
    assert [*columns[2]] == [None] * count + ["y"]


def test_rows_wider_than_their_header_and_a_header_with_no_rows_keep_their_columns() -> None:
    assert below(RawSheet("N", [("A",), (1, 2, 3)]), 1) == [[1], [2], [3]]
    assert below(RawSheet("N", [("A", "B")]), 1) == [[], []]
    assert below(RawSheet("N", []), 1) == []


@pytest.mark.parametrize(
    ("merged", "column", "done"),
    [
        ((3, 2, 5, 2), ["a", "b", "b", "b", "c"], ("B3:B5",)),
        ((2, 2, 3, 2), ["a", "a", None, None, "c"], ("B2:B3",)),
        ((5, 2, 9, 2), ["a", "b", None, None, None], ()),
        ((3, 2, 9, 2), ["a", "b", "b", "b", "b"], ("B3:B9",)),
        ((6, 2, 9, 2), ["a", "b", None, None, "c"], ("B6:B9",)),
        ((1, 2, 3, 2), ["a", "b", None, None, "c"], ()),
        ((3, 2, 3, 4), ["a", "b", None, None, "c"], ()),
        ((3, 4, 5, 4), ["a", "b", None, None, "c"], ()),
    ],
)
def test_a_cell_merged_downwards_says_its_value_in_each_of_its_rows(
    merged: tuple[int, int, int, int], column: Sequence[RawValue], done: tuple[str, ...]
) -> None:
    values: list[RawValue] = ["a", "b", None, None, "c"]
    if merged[0] == 5:
        values[3:] = [None, None]
    columns: list[Sequence[RawValue]] = [["x"] * 5, values, ["y"] * 5]
    assert unmerge(columns, [merged], 2) == done
    assert columns == [["x"] * 5, column, ["y"] * 5]
