"""Packages that are damaged or would lead somewhere: none of them is carried over."""

import contextlib
import io
import struct
import warnings
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converter.workbook.mark import is_own_result
from converter.workbook.new_sheet import NewColumn, NewSheet
from converter.workbook.package import add_sheets
from converter.workbook.refusal import CannotCarry
from converter.workbook.source import open_source
from tests.workbook import by_hand, by_libraries
from tests.workbook.packages import (
    HEAD,
    MAIN,
    Parts,
    base,
    relations,
    with_override,
    with_relation,
    zipped,
)

RELS = "xl/_rels/workbook.xml.rels"
SHEET = "xl/worksheets/sheet1.xml"


def refusal(package: bytes) -> str:
    target = io.BytesIO()
    with pytest.raises(CannotCarry) as refused:
        add_sheets(package, [], target)
    assert target.getvalue() == b""
    return refused.value.code


def changed(change: Callable[[Parts], object]) -> bytes:
    parts = base()
    change(parts)
    return zipped(parts)


@pytest.mark.parametrize(
    "target",
    [
        "../../../etc/passwd",
        "../../xl/workbook.xml/../../../x",
        "C:\\\\notas.xml",
        "file:///etc/passwd",
        "%2e%2e/%2e%2e/x.xml",
        "..\\\\..\\\\x.xml",
    ],
)
def test_targets_outside_the_package(target: str) -> None:
    item = f"rId9 theme {target}"
    assert refusal(changed(lambda parts: with_relation(parts, RELS, item))) == "livro-alvo-fora"


@pytest.mark.parametrize("kind", ["externalLinkPath", "image", "oleObject", "attachedTemplate"])
def test_content_fetched_from_outside(kind: str) -> None:
    item = f"rId9 {kind} http://10.0.0.1/x External"
    assert (
        refusal(changed(lambda parts: with_relation(parts, RELS, item))) == "livro-relacao-externa"
    )


@pytest.mark.parametrize("part", [SHEET, "xl/styles.xml", "xl/workbook.xml", RELS])
def test_a_part_that_is_missing(part: str) -> None:
    assert refusal(changed(lambda parts: parts.pop(part))) == "livro-parte-ausente"


@pytest.mark.parametrize("part", ["[Content_Types].xml", "_rels/.rels"])
def test_no_package_at_all(part: str) -> None:
    assert refusal(changed(lambda parts: parts.pop(part))) == "livro-parte-ausente"


def test_a_package_that_names_no_document() -> None:
    nothing = {"_rels/.rels": relations("rId1 thumbnail xl/styles.xml")}
    assert refusal(changed(lambda parts: parts.update(nothing))) == "livro-parte-ausente"


def test_another_kind_of_document() -> None:
    other = f'{HEAD}<document xmlns="{MAIN}"/>'
    assert (
        refusal(changed(lambda parts: parts.update({"xl/workbook.xml": other})))
        == "livro-xml-invalido"
    )


@pytest.mark.parametrize(
    "content",
    [
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>',
        f'<!DOCTYPE w [<!ENTITY a "b">]><worksheet xmlns="{MAIN}">&a;</worksheet>',
        "",
        "\x00\x01",
    ],
)
@pytest.mark.parametrize("part", [SHEET, "xl/styles.xml", RELS, "xl/workbook.xml"])
def test_xml_that_cannot_be_trusted(part: str, content: str) -> None:
    assert refusal(changed(lambda parts: parts.update({part: content}))) == "livro-xml-invalido"


@pytest.mark.parametrize("encoding", ["UTF-99", "latin-z", "x" * 300])
def test_an_encoding_nobody_knows(encoding: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?><worksheet xmlns="{MAIN}"/>'
    assert refusal(changed(lambda parts: parts.update({SHEET: content}))) == "livro-xml-invalido"


@pytest.mark.parametrize("name", [SHEET, SHEET.upper()])
def test_the_same_part_twice(name: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for part, content in base().items():
            archive.writestr(part, content)
        archive.writestr(name, "<outra/>")
    assert refusal(buffer.getvalue()) == "livro-parte-repetida"


@pytest.mark.parametrize("name", ["../fora.xml", "/xl/a.xml", "xl//a.xml", "C:/a.xml", "xl/../b"])
def test_names_that_would_leave_the_archive(name: str) -> None:
    assert refusal(changed(lambda parts: parts.update({name: "<a/>"}))) == "livro-nome-de-parte"


def test_a_byte_altered_in_a_part() -> None:
    package = bytearray(by_hand.stored())
    package[package.index(b"07504505000132")] = ord("9")
    assert refusal(bytes(package)) == "livro-danificado"


def test_two_entries_that_share_their_bytes() -> None:
    package = bytearray(zipped(base()))
    first = package.index(b"PK\x01\x02")
    second = package.index(b"PK\x01\x02", first + 4)
    offset = struct.calcsize("<4s6H3I5H1I")
    package[second + offset : second + offset + 4] = package[first + offset : first + offset + 4]
    assert refusal(bytes(package)) == "livro-danificado"


def test_an_encrypted_entry() -> None:
    package = bytearray(zipped(base()))
    package[package.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(package)) == "livro-cifrado"


def test_a_bomb_is_refused_by_what_it_declares() -> None:
    package = bytearray(zipped(base()))
    entry = package.index(b"PK\x01\x02")
    package[entry + 24 : entry + 28] = struct.pack("<I", 2**31 + 1)
    assert refusal(bytes(package)) == "livro-grande-demais"


def test_a_bomb_that_lies_about_its_size() -> None:
    parts = base()
    with_override(parts, "xl/media/a.bin", "application/octet-stream", b"\0" * 5_000_000)
    package = bytearray(zipped(parts))
    entry = package.rindex(b"PK\x01\x02")
    package[entry + 24 : entry + 28] = struct.pack("<I", 10)
    assert refusal(bytes(package)) == "livro-danificado"


def test_all_cell_formats_taken() -> None:
    xf = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'

    def fill(parts: Parts) -> None:
        styles = str(parts["xl/styles.xml"])
        parts["xl/styles.xml"] = styles.replace("</cellXfs>", f"{xf * 64_000}</cellXfs>")

    assert refusal(changed(fill)) == "livro-formatos-demais"


@given(st.integers(0, 3_000), st.binary(min_size=1, max_size=8))
@settings(max_examples=80, deadline=None)
def test_damage_anywhere_is_carried_whole_or_refused(where: int, noise: bytes) -> None:
    package = bytearray(zipped(base()))
    where %= len(package)
    package[where : where + len(noise)] = noise
    try:
        source = open_source(bytes(package))
    except CannotCarry:
        return
    # The directory may still be right where the damage hit nothing that is read.
    assert source.sheet_count == 1


@given(st.integers(0, 3_000))
@settings(max_examples=40, deadline=None)
def test_a_cut_package_is_refused(size: int) -> None:
    package = zipped(base())
    with pytest.raises(CannotCarry):
        open_source(package[: size % len(package)])


@given(st.binary(max_size=200))
@settings(max_examples=30, deadline=None)
def test_noise_is_no_result_of_ours(noise: bytes) -> None:
    assert not is_own_result(noise)
    assert not is_own_result(b"PK\x03\x04" + noise)


TOUCHED = ("xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", RELS, "docProps/app.xml")


@given(
    st.sampled_from(TOUCHED),
    st.integers(0, 5_000),
    st.integers(0, 12),
    st.text(alphabet='<>/"=&;: 0123456789abcxrIdM', max_size=8),
)
@settings(max_examples=150, deadline=None)
def test_nonsense_in_a_part_we_edit_is_carried_or_refused(
    part: str, where: int, cut: int, noise: str
) -> None:
    package = {name: content.decode() for name, content in parts_of(by_library_book()).items()}
    text = package[part]
    where %= len(text)
    package[part] = text[:where] + noise + text[where + cut :]
    with contextlib.suppress(CannotCarry):
        source = open_source(zipped(package))
        add_sheets(source, [NewSheet("Nova folha", colunas=(NewColumn("A", [1]),))], io.BytesIO())


@cache
def by_library_book() -> bytes:
    return by_libraries.xlsxwriter_plain()


def parts_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
