"""The search over everything written finds what is packed."""

import sqlite3
import zipfile
import zlib
from pathlib import Path

from tests.written import contents


def test_parts_of_packages_and_compressed_values_are_opened(tmp_path: Path) -> None:
    secret = b"segredo " * 50
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/a.xml", secret)
    connection = sqlite3.connect(tmp_path / "d.sqlite3")
    connection.execute("CREATE TABLE content (data)")
    connection.execute("INSERT INTO content VALUES (?)", (zlib.compress(secret),))
    connection.commit()
    connection.close()
    found = [name for name, data in contents(tmp_path) if secret in data]
    assert found == ["a.xlsx:xl/a.xml", "d.sqlite3:content"]
