"""A file put down for the page: any rows of it come back, and seen anew the old one goes."""

from pathlib import Path

import pytest

from converter.model.cells import RawBook, RawSheet
from converter.runtime import snapshot
from tests.sheets.reports import report

COUNT = 2 * snapshot.ROWS + 7


def book(count: int = COUNT) -> RawBook:
    rows = [(number, f"linha {number}") for number in range(1, count + 1)]
    return RawBook("a.csv", "", 1, "csv", (RawSheet("A", rows), RawSheet("B", rows[:1])))


def taken(folder: Path, made: RawBook | None) -> snapshot.Snapshot:
    seen = snapshot.Snapshot(report(2)[0], "a", frozenset({"b.csv"}))
    snapshot.take(folder, seen, made)
    found = snapshot.read(folder, seen.report.arquivo)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("first", "last"),
    [(1, 1), (snapshot.ROWS, snapshot.ROWS + 1), (1, COUNT), (COUNT, COUNT + 9), (0, 2)],
)
def test_the_rows_asked_for_come_back_and_no_others(tmp_path: Path, first: int, last: int) -> None:
    rows = taken(tmp_path, book()).rows(0, first, last)
    assert [row[0] for row in rows] == list(range(max(first, 1), min(last, COUNT) + 1))


def test_the_whole_book_is_put_together_again(tmp_path: Path) -> None:
    found = taken(tmp_path, book())
    again = found.book()
    assert again is not None
    assert [list(sheet.rows) for sheet in again.sheets] == [
        list(sheet.rows) for sheet in book().sheets
    ]
    assert found.report.book is not None
    assert not any(sheet.rows for sheet in found.report.book.sheets)
    assert taken(tmp_path, None).book() is None


def test_a_file_seen_anew_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    taken(tmp_path, book())
    found = taken(tmp_path, book(3))
    assert found.pieces[0].rows == 3
    assert len(list(tmp_path.glob("*.cells"))) == 1
    assert snapshot.sources(tmp_path, found.report.arquivo) == {"b.csv"}


def test_a_file_never_seen_is_nothing(tmp_path: Path) -> None:
    assert snapshot.read(tmp_path, "x.csv") is None
    assert snapshot.stamp(tmp_path, "x.csv") is None
    assert snapshot.sources(tmp_path, "x.csv") == frozenset()
