"""Hidden cells tell what they were given, and nothing where somebody altered them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.workbook.hidden import read, written


@given(st.lists(st.text()))
def test_what_was_written_is_read(texts: list[str]) -> None:
    cell = written(texts)
    assert read(cell, len(cell)) == texts
    assert read(cell, len(cell) - 1) is None


@pytest.mark.parametrize("value", [None, 7, "", "[", '{"a": 1}', '"a"', "[1"])
def test_what_was_altered_tells_nothing(value: str | int | None) -> None:
    assert read(value, 100) is None
