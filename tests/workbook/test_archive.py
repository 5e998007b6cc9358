"""What is written is a zip to others too, whichever codec packed it."""

import io
import zipfile
import zlib

import pytest

from converter.workbook import archive


@pytest.mark.parametrize("codec", [archive.codec, zlib])
def test_entries_read_back_as_they_were(codec: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "codec", codec)
    wanted = {"a.xml": b"<a/>" * 50_000, "vazio.xml": b"", "folha é.xml": bytes(range(256)) * 99}
    target = io.BytesIO()
    writer = archive.ArchiveWriter(target)
    for name, content in wanted.items():
        writer.add(name, [content[:100], content[100:]])
    writer.close()
    again = io.BytesIO()
    copied = archive.ArchiveWriter(again)
    for entry in archive.read_archive(target.getvalue()).values():
        copied.copy(entry)
    copied.close()
    for made in (target, again):
        with zipfile.ZipFile(made) as package:
            assert package.testzip() is None
            assert {name: package.read(name) for name in package.namelist()} == wanted
