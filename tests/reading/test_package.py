import io
import zipfile
import zlib

import pytest

from converter.reading.limits import Limits
from converter.reading.package import Package
from converter.reading.refusal import FileRefused

CONTENT = b"<a>" + b"nota" * 500 + b"</a>"


def zipped(
    content: bytes = CONTENT, method: int = zipfile.ZIP_DEFLATED, name: str = "a.xml"
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def refusal(data: bytes, limits: Limits = Limits()) -> str:  # noqa: B008 - frozen
    with pytest.raises(FileRefused) as refused:
        Package(data, limits).read("a.xml")
    return refused.value.code


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_part_is_read_whole(method: int) -> None:
    package = Package(zipped(method=method), Limits())
    assert package.read("a.xml") == CONTENT
    assert list(package.names) == ["a.xml"]


def test_parts_are_found_whatever_their_case() -> None:
    package = Package(zipped(name="xl/Workbook.xml"), Limits())
    assert package.find("/XL/workbook.XML") == "xl/Workbook.xml"
    assert package.find("xl\\workbook.xml") == "xl/Workbook.xml"
    assert package.find("outra.xml") is None


def test_a_zip_with_something_before_it_is_read() -> None:
    assert Package(b"lixo" + zipped(), Limits()).read("a.xml") == CONTENT


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new)


def test_sizes_that_lie_are_damage() -> None:
    true = len(CONTENT).to_bytes(4, "little")
    for lie in (len(CONTENT) - 1, len(CONTENT) + 1, 10):
        assert refusal(patched(zipped(), true, lie.to_bytes(4, "little"))) == "arquivo-danificado"


def test_checksums_that_lie_are_damage() -> None:
    true = zlib.crc32(CONTENT).to_bytes(4, "little")
    assert refusal(patched(zipped(), true, b"\x00\x00\x00\x01")) == "arquivo-danificado"


def test_a_part_that_is_not_there_is_damage() -> None:
    assert refusal(zipped(name="b.xml")) == "arquivo-danificado"


def test_encrypted_parts_are_protected() -> None:
    data = bytearray(zipped())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)) == "arquivo-protegido"


def test_foreign_compression_is_suspect() -> None:
    assert refusal(zipped(method=zipfile.ZIP_BZIP2)) == "arquivo-suspeito"


def test_repeated_names_are_suspect() -> None:
    buffer = io.BytesIO(zipped())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("A.XML", b"outra")
    assert refusal(buffer.getvalue()) == "arquivo-suspeito"


@pytest.mark.parametrize(
    "limits",
    [Limits(inflated_bytes=1000), Limits(entries=0), Limits(ratio=10, ratio_floor=1000)],
)
def test_what_is_too_much_is_refused_before_it_is_inflated(limits: Limits) -> None:
    assert refusal(zipped(), limits) == "arquivo-suspeito"


@pytest.mark.parametrize("size", [0, 1, 22, 60, 130])
def test_a_cut_zip_is_damage(size: int) -> None:
    assert refusal(zipped()[:size]) == "arquivo-danificado"
