"""The floor: what nobody who uses this stack can go below for the same file and the same bytes.

    python -m tests.bench.piso prepara planilha.xlsx resultado.xlsx piso.pickle
    python -m tests.bench.piso mede planilha.xlsx piso.pickle

Imports pandas and pandera, reads the source with python-calamine alone (a csv with the csv
module), has pandera validate the same frame by the same schema, turns the payload, given as
Python values, into JSON, and deflates exactly the bytes that were written, by the same codec at
the same level. `prepara` keeps the frame, the payload and the bytes; `mede` brings them into memory
before the clock starts and prints, as JSON, the seconds of wall and of CPU of each part of that,
without the start of Python itself.
"""

import csv
import io
import json
import pickle
import sys
import time
import zipfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

WHEN = "2026-11-22T15:00:00+00:00"
LIBRARIES, READ, VALIDATE = "Python, pandas e pandera", "ler", "conferir"
JSON, WRITE = "montar o JSON", "escrever"


def prepare(source: Path, result: Path, kept: Path) -> None:
    """Keep what `conferir` makes of a file on the way to its result."""
    from datetime import datetime

    from converter.mapping.defaults import Defaults
    from converter.mapping.load import load_mappings
    from converter.schemas.rules import Rules
    from converter.stages.compose import compose
    from converter.stages.map import map_book
    from converter.stages.read import read
    from converter.stages.validate import validate

    book = read(source.read_bytes(), source.name).book
    if book is None:
        raise SystemExit(f"{source} não se deixa ler")
    mapped = map_book(book, load_mappings([]), choice=None, defaults=Defaults.from_table({}, ""))
    typed = [validate(sheet, Rules(now=datetime.fromisoformat(WHEN))) for sheet in mapped.sheets]
    notes = [json.loads(text) for sheet in compose(typed) for text in sheet.objects]
    with kept.open("wb") as stream:
        pickle.dump(([sheet.frame for sheet in typed], notes, written(source, result)), stream)


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


class Clock:
    """Seconds of wall and of CPU of what is timed, by part."""

    def __init__(self) -> None:
        self.parts: dict[str, tuple[float, float]] = {}

    def time(self, part: str, work: Callable[..., Any], *given: Any) -> Any:
        """Do it and count it."""
        wall, cpu = self.parts.get(part, (0.0, 0.0))
        wall -= time.perf_counter()
        cpu -= time.process_time()
        done = work(*given)
        self.parts[part] = (wall + time.perf_counter(), cpu + time.process_time())
        return done


def libraries() -> None:
    """Import pandas and pandera, with what pandera loads at the first frame."""
    pandas, pandera = import_module("pandas"), import_module("pandera.pandas")
    pandera.DataFrameSchema().validate(pandas.DataFrame())


def cells(source: bytes, kind: str) -> None:
    """Read all cells."""
    if kind == ".csv":
        list(csv.reader(io.StringIO(source.decode("cp1252"), newline=""), delimiter=";"))
        return
    book = import_module("python_calamine").CalamineWorkbook.from_filelike(io.BytesIO(source))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def packed(parts: list[bytes]) -> None:
    """Deflate what was written."""
    from converter.workbook.archive import COMPRESSION, deflate

    for part in parts:
        stream = deflate.compressobj(COMPRESSION, deflate.DEFLATED, -15)
        stream.compress(part)
        stream.flush()


def validated(schema: Any, frame: Any) -> None:
    """Validate lazily; that something is wrong is no matter here."""
    try:
        schema.validate(frame, lazy=True)
    except import_module("pandera.errors").SchemaErrors:
        pass


def main(source: Path, kept: Path) -> None:
    """Print the seconds of wall and CPU of each part."""
    data, clock = source.read_bytes(), Clock()
    clock.time(LIBRARIES, libraries)
    from datetime import datetime

    from converter.schemas.rules import Rules
    from converter.schemas.schema import nota_schema

    with kept.open("rb") as stream:
        frames, notes, parts = pickle.load(stream)  # noqa: S301 - our own, of a moment ago
    schema = nota_schema(Rules(now=datetime.fromisoformat(WHEN)))
    clock.time(READ, cells, data, source.suffix)
    for frame in frames:
        clock.time(VALIDATE, validated, schema, frame)
    clock.time(JSON, lambda: json.dumps(notes, ensure_ascii=False, separators=(",", ":")).encode())
    clock.time(WRITE, packed, parts)
    print(json.dumps(clock.parts))


if __name__ == "__main__":
    steps = {"prepara": prepare, "mede": main}
    steps[sys.argv[1]](*map(Path, sys.argv[2:]))
