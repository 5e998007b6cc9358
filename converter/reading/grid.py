"""calamine, behind the checks: rows of values with row 1 at index 0."""

import io
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from converter.reading.refusal import FileRefused

_IN_MEMORY = 64 * 2**20


class Sheets:
    """An open book: `names` are its worksheets with whether they are visible."""

    def __init__(self, book: CalamineWorkbook) -> None:
        self._book = book
        self.names = [
            (sheet.name, sheet.visible == SheetVisibleEnum.Visible)
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]

    def rows(self, name: str) -> list[list[Any]]:
        """The rows of a sheet from row 1 and column A, blanks as `""`."""
        with _as_refusal():
            return self._book.get_sheet_by_name(name).to_python(skip_empty_area=False)


@contextmanager
def open_parts(parts: Mapping[str, bytes]) -> Iterator[Sheets]:
    """A book made of checked parts only; a large one waits on disk instead of in memory."""
    if sum(map(len, parts.values())) <= _IN_MEMORY:
        buffer = io.BytesIO()
        _pack(parts, buffer)
        buffer.seek(0)
        with open_book(buffer) as sheets:
            yield sheets
        return
    with tempfile.TemporaryDirectory(prefix="planilote-") as folder:
        path = Path(folder, "partes.zip")
        with path.open("wb") as stream:
            _pack(parts, stream)
        with open_book(path) as sheets:
            yield sheets


@contextmanager
def open_book(source: Path | BinaryIO) -> Iterator[Sheets]:
    """A book as calamine opens it.

    Raises:
        FileRefused: `arquivo-danificado`.
    """
    with _as_refusal():
        book = CalamineWorkbook.from_object(source)
    with book:
        yield Sheets(book)


def _pack(parts: Mapping[str, bytes], stream: BinaryIO) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@contextmanager
def _as_refusal() -> Iterator[None]:
    try:
        yield
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise FileRefused("arquivo-danificado") from error
    except BaseException as error:
        # A panic in Rust arrives as this class, which no module exports.
        if type(error).__name__ != "PanicException":
            raise
        raise FileRefused("arquivo-danificado") from None
