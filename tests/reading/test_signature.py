"""What a file is by its bytes, XML of strangers, and rows put together cell by cell."""

import pytest

from converter.reading.limits import Limits
from converter.reading.markup import number_of, root_of, walk
from converter.reading.refusal import FileRefused
from converter.reading.rows import Room, RowBuilder
from converter.reading.signature import FileKind, kind_of, old_format


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"PK\x03\x04...", FileKind.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.OLE),
        (b"<html><table>", FileKind.HTML),
        (b"<?xml version='1.0'?><!-- x --><table>", FileKind.HTML),
        (b"Nome;Valor\nAna;1,00\n", FileKind.TEXT),
        (b"%PDF-1.7", "um PDF"),
        (b'{"a": 1}', "um JSON"),
        (b"ID;PWXL;N;E\r\nP;PGeneral\r\n", "um arquivo SYLK (.slk)"),
        (b"ID;Parcela;Valor\r\n1;2;3\r\n", FileKind.TEXT),
        (bytes(range(32)) * 8, "um arquivo que não é planilha nem texto"),
    ],
)
def test_a_file_is_what_its_bytes_are(data: bytes, wanted: object) -> None:
    assert kind_of(data) == wanted


def test_an_old_format_is_named_with_its_article() -> None:
    assert old_format(b"TABLE\r\n0,1\r\n") == "um arquivo DIF (.dif)"
    assert old_format(b"TABLE;VALOR\r\n") is None


def test_an_entity_is_refused_before_it_is_read() -> None:
    with pytest.raises(FileRefused, match="arquivo-suspeito"):
        root_of(b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')
    assert root_of(b"<a/>").tag == "a"


@pytest.mark.parametrize("xml", [b"<a>", b"<a b='1' b='2'/>", b"", b"<?xml encoding='x-y'?><a/>"])
def test_a_part_that_is_no_xml_to_its_end_is_damaged(xml: bytes) -> None:
    with pytest.raises(FileRefused, match="arquivo-danificado"):
        root_of(xml)


def test_a_number_without_end_is_none() -> None:
    assert [number_of(text) for text in ("12", "x", None, "9" * 10, "-1")] == [12, *[None] * 4]


def test_elements_beyond_what_a_spreadsheet_has_end_the_walk() -> None:
    xml = b"<a>" + b"<b/>" * 5 + b"</a>"
    assert sum(event == "end" for event, _ in walk(xml, ("b",), 5)) == 5
    with pytest.raises(FileRefused, match="arquivo-grande"):
        list(walk(xml, ("b",), 4))


def test_blank_rows_exist_only_where_something_follows() -> None:
    builder = RowBuilder("Notas", Room(Limits()))
    builder.add(["a", None, ""])
    builder.skip(2)
    builder.hide(2)
    builder.merge(1, 1, 2)
    builder.add([None, 1.0], times=2)
    builder.skip(9)
    sheet = builder.sheet()
    assert [list(row) for row in sheet.rows] == [["a"], [], [], [None, 1.0], [None, 1.0]]
    assert sheet.hidden_rows == {4, 5}
    assert sheet.merged == ((4, 1, 5, 1),)


def test_few_bytes_cannot_ask_for_many_cells() -> None:
    builder = RowBuilder("Notas", Room(Limits()))
    with pytest.raises(FileRefused, match="planilha-extensa"):
        builder.add(["x"] * 1000, times=1_000_000)
