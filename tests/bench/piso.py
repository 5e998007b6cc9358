"""The floor: what no tool that reads the same file and writes the same bytes can go below.

    python -m tests.bench.piso planilha.xlsx resultado.xlsx

Reads the source with python-calamine alone (a csv with the csv module), turns the payload, given
as Python values, into JSON, and deflates exactly the bytes that were written, by the same codec at
the same level.
The values and bytes to start from are brought into memory before the clock starts; what it prints
is the seconds of wall and of CPU after that.
"""

import csv
import io
import json
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook

from converter.workbook.archive import COMPRESSION, deflate


def payload_of(result: Path) -> list[object]:
    """Give the notes of all lotes, taken from the sheets of a result of `conferir`."""
    book = openpyxl.load_workbook(result, read_only=True)
    notes = []
    for sheet in book.worksheets:
        if not sheet.title.startswith("Lote"):
            continue
        for row in sheet.iter_rows(values_only=True):
            text = next((cell for cell in row if isinstance(cell, str) and cell[:2] == '{"'), None)
            if text is not None and '"tomador"' in text:
                notes.append(json.loads(text.removesuffix(",")))
    return notes


def written(source: Path, result: Path) -> list[bytes]:
    """Give the parts of the result that were not in the source."""
    kept = set()
    if source.suffix != ".csv":
        with zipfile.ZipFile(source) as package:
            kept = {(info.filename, info.CRC) for info in package.infolist()}
    with zipfile.ZipFile(result) as package:
        return [
            package.read(info)
            for info in package.infolist()
            if (info.filename, info.CRC) not in kept
        ]


def work(source: bytes, kind: str, notes: list[object], parts: list[bytes]) -> None:
    """Do the least that must be done."""
    if kind == ".csv":
        list(csv.reader(io.StringIO(source.decode("cp1252"), newline=""), delimiter=";"))
    else:
        book = CalamineWorkbook.from_filelike(io.BytesIO(source))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()
    json.dumps(notes, ensure_ascii=False, separators=(",", ":")).encode()
    for part in parts:
        stream = deflate.compressobj(COMPRESSION, deflate.DEFLATED, -15)
        stream.compress(part)
        stream.flush()


def main(source: Path, result: Path) -> None:
    """Print the seconds of wall and CPU."""
    given = source.read_bytes(), source.suffix, payload_of(result), written(source, result)
    wall, cpu = time.perf_counter(), time.process_time()
    work(*given)
    print(time.perf_counter() - wall, time.process_time() - cpu)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
