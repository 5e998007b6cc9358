"""What converting costs, counted and not timed: it must not grow unnoticed.

Where a number here has to go up, the commit says what it buys; where it can go down, take it down.
"""

import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import converter
from converter.reading import xlsx
from converter.reading.open import open_file
from converter.reading.package import Package
from converter.stages import read as stages_read
from converter.workbook import archive
from tests.bench.dados import Month, write_xlsx
from tests.runs import run_in

CALLS_PER_ROW = 133
"""Of the package's own functions, and from them of C's, between two small sheets, where a city's
layout is still asked of new kinds of rows."""
ALL_CALLS_PER_ROW = 152
"""With those of the libraries, and what collecting their garbage may call meanwhile."""
BYTES_PER_ROW = 1_530
"""Of the sheets added, uncompressed: a row of `Resultado` and a line of `Lote`."""
ROOT = Path(__file__).parent.parent
PACKAGE = str(Path(converter.__file__).parent)


@dataclass(slots=True)
class Calls:
    """How many functions were called: by the package itself, and in all."""

    own: int = 0
    all: int = 0


@contextmanager
def calls() -> Iterator[Calls]:
    """Counts the calls of Python and C functions made in this thread."""
    counted = Calls()

    def count(frame: FrameType, event: str, _argument: object) -> None:
        if event in {"call", "c_call"}:
            counted.all += 1
            counted.own += frame.f_code.co_filename.startswith(PACKAGE)

    sys.setprofile(count)
    try:
        yield counted
    finally:
        sys.setprofile(None)


def month(pasta: Path, rows: int) -> Path:
    """A folder with a month of so many rows, all good."""
    path = pasta / str(rows) / "entrada" / "notas.xlsx"
    path.parent.mkdir(parents=True)
    write_xlsx(Month(rows), path)
    return path.parent.parent


def added_bytes(pasta: Path) -> int:
    """The size of the sheets of a result."""
    with zipfile.ZipFile(pasta / "saida" / "notas_resultado.xlsx") as book:
        (source,) = (pasta / "entrada").iterdir()
        with zipfile.ZipFile(source) as given:
            kept = {info.CRC for info in given.infolist()}
        return sum(
            info.file_size
            for info in book.infolist()
            if info.filename.startswith("xl/worksheets/sheet") and info.CRC not in kept
        )


def measured(pasta: Path) -> tuple[float, float, float]:
    """Calls of our own, calls in all, and bytes that a row costs, of 400 rows more than 200."""
    run_in(month(pasta, 10), enviar=False)  # Whatever is loaded and remembered once.
    own, every, written = {}, {}, {}
    for rows in (200, 600):
        folder = month(pasta, rows)
        with calls() as made:
            run_in(folder, enviar=False)
        own[rows], every[rows], written[rows] = made.own, made.all, added_bytes(folder)
    return (
        (own[600] - own[200]) / 400,
        (every[600] - every[200]) / 400,
        (written[600] - written[200]) / 400,
    )


def test_a_row_costs_no_more_calls_and_bytes_than_it_did(tmp_path: Path) -> None:
    # In a process of its own: what other tests have left remembered would count as cheaper.
    code = (
        "import sys; from pathlib import Path; from tests.test_orcamento import measured;"
        "print(*measured(Path(sys.argv[1])))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    own, every, written = map(float, found.stdout.splitlines()[-1].split())
    assert own <= CALLS_PER_ROW
    assert every <= ALL_CALLS_PER_ROW
    assert written <= BYTES_PER_ROW


def test_a_run_that_sends_nothing_loads_nothing_that_sends() -> None:
    code = (
        "import sys, converter.pipeline, converter.runtime.preload;"
        "print({'requests', 'urllib3', 'http.client', 'flask', 'openpyxl'} & {*sys.modules})"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_the_source_is_parsed_once_and_inflated_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once to be read; once more to be carried, since what is carried must be whole."""
    seen: Counter[str] = Counter()

    def counting(owner: object, name: str, what: Callable[..., str]) -> None:
        real = getattr(owner, name)

        def counted(*args: Any, **kwargs: Any) -> Any:
            seen[what(*args)] += 1
            return real(*args, **kwargs)

        monkeypatch.setattr(owner, name, counted)

    sheet = "xl/worksheets/sheet1.xml"
    # Here, where it can be counted, and not in the process that may die.
    monkeypatch.setattr(stages_read, "open_apart", open_file)
    counting(xlsx, "values_of", lambda *_: "livro aberto")
    counting(xlsx, "blocks_of", lambda *_: "folha varrida")
    counting(Package, "read", lambda _, name: f"lida {name}")
    counting(archive, "_inflated", lambda entry: f"conferida {entry.name}")
    run_in(month(tmp_path, 50), enviar=False)
    assert seen["livro aberto"] == seen["folha varrida"] == 1
    assert seen[f"lida {sheet}"] == seen[f"conferida {sheet}"] == 1
