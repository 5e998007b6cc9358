"""calamine, behind the checks: rows of values with row 1 at index 0."""

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

from converter.reading.refusal import FileRefused

_IN_MEMORY = 64 * 2**20

Rows = Callable[[str], list[list[Any]]]
"""The rows of the sheet of that name from row 1 and column A, blanks as `""`."""


@contextmanager
def open_parts(parts: Mapping[str, bytes]) -> Iterator[Rows]:
    """A book made of checked parts only; a large one waits on disk instead of in memory.

    Raises:
        FileRefused: `arquivo-danificado`.
    """
    if sum(map(len, parts.values())) <= _IN_MEMORY:
        buffer = io.BytesIO()
        _pack(parts, buffer)
        buffer.seek(0)
        with _open(buffer) as rows:
            yield rows
        return
    with tempfile.TemporaryDirectory(prefix="planilote-") as folder:
        path = Path(folder, "partes.zip")
        with path.open("wb") as stream:
            _pack(parts, stream)
        with _open(path) as rows:
            yield rows


@contextmanager
def _open(source: Path | BinaryIO) -> Iterator[Rows]:
    def rows(name: str) -> list[list[Any]]:
        with _refusing():
            return book.get_sheet_by_name(name).to_python(skip_empty_area=False)

    with _refusing():
        book = CalamineWorkbook.from_object(source)
    with book:
        yield rows


def _pack(parts: Mapping[str, bytes], stream: BinaryIO) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise FileRefused("arquivo-danificado") from error
    except BaseException as error:
        # A panic in Rust arrives as this class, which no module exports.
        if type(error).__name__ != "PanicException":
            raise
        raise FileRefused("arquivo-danificado") from None
