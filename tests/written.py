"""All that a folder holds, opened: what is packed or compressed in a file is searched too."""

import io
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file under a folder, every part of those that are packages, all a database holds."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            yield path.name, data
            if zipfile.is_zipfile(io.BytesIO(data)):
                with zipfile.ZipFile(io.BytesIO(data)) as package:
                    for part in package.namelist():
                        yield f"{path.name}:{part}", package.read(part)
            elif data.startswith(b"SQLite format 3\0"):
                yield from _rows(path)


def _rows(path: Path) -> Iterator[tuple[str, bytes]]:
    with closing(sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in names:
            for row in connection.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - its own names
                for value in row:
                    if isinstance(value, bytes):
                        yield f"{path.name}:{name}", _inflated(value)


def _inflated(value: bytes) -> bytes:
    try:
        return zlib.decompress(value)
    except zlib.error:
        return value
