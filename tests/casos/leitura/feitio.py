"""What the files of the cases are made of, and the list of them all."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import xlsxwriter

Content = Callable[[], bytes]
CASOS: dict[str, tuple[str, Content]] = {}

NOTAS = (
    ("Tomador", "Descrição do serviço", "Valor"),
    ("José da Conceição", "Manutenção elétrica e pintura", "1.500,00"),
    ("Ótica São João", "Instalação de câmeras", "320,90"),
)


def caso(nome: str, extension: str) -> Callable[[Content], Content]:
    """Register the function that makes the file of a case."""

    def register(make: Content) -> Content:
        CASOS[nome] = (extension, make)
        return make

    return register


def delimited(separator: str = ";", end: str = "\r\n") -> str:
    """The notes as a text file."""
    return "".join(separator.join(row) + end for row in NOTAS)


def workbook(fill: Callable[[Any, Any], None], **options: object) -> bytes:
    """An xlsx with one sheet, `Notas`, filled by a function of the book and the sheet."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    book.set_properties({"created": datetime(2026, 1, 1)})
    fill(book, book.add_worksheet("Notas"))
    book.close()
    return buffer.getvalue()


def with_parts(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """A zip with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return zipped(parts)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """A zip with these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, part)
    return buffer.getvalue()


def notes(_: Any, sheet: Any) -> None:
    """The notes from A1."""
    for index, row in enumerate(NOTAS):
        sheet.write_row(index, 0, row)


SHEET = "xl/worksheets/sheet1.xml"


def replaced(part: str, old: str, new: str) -> bytes:
    """The workbook of the notes with a piece of one of its parts replaced."""

    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[part]
        parts[part] = parts[part].replace(old.encode(), new.encode())

    return with_parts(workbook(notes), change)


def sheet_of(rows: str, opening: str = "") -> bytes:
    """A sheet part with these rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{opening}<worksheet xmlns="{space}">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    ).encode()
