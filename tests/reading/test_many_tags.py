"""A part read as a tree takes a hundred bytes for each tag: millions of them are refused unread."""

import pytest

from converter.reading.markup import MAX_TAGS, root_of
from converter.reading.refusal import FileRefused
from converter.workbook import relations
from converter.workbook.refusal import CannotCarry


def test_more_tags_than_any_book_has_are_refused_on_both_ways() -> None:
    part = b"<styleSheet>" + b"<xf/>" * MAX_TAGS + b"</styleSheet>"
    with pytest.raises(FileRefused, match="arquivo-suspeito"):
        root_of(part)
    with pytest.raises(CannotCarry, match="livro-grande-demais"):
        relations.parse(part, "xl/styles.xml")


def test_as_many_formats_as_excel_takes_are_read() -> None:
    part = b"<a>" + b"<xf><alignment/></xf>" * 65_490 + b"</a>"
    assert len(root_of(part)) == len(relations.parse(part, "xl/styles.xml")) == 65_490
