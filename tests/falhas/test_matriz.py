"""The matrix: crash points x wire faults x {the server stored it, it did not} x temperaments.

Each cell: a run is killed at a named point (proven to have fired, where the cell's path visits
it) while the wire fails; the next run is left alone; a third changes nothing. Then every row is
in exactly one lote at the server, every import file is on disk byte for byte, and nothing is
left unknown.
"""

import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from converter import crash
from tests.falhas.driver import lotes
from tests.falhas.ledger import Fault, Ledger, Server, Temperament

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks one child per cell")

SENDING = (
    "preparado-antes",
    "preparado-meio",
    "preparado-depois",
    "enviando-antes",
    "enviando-meio",
    "enviando-depois",
    "corpo-no-meio",
    "resposta-comecou",
    "resposta-lida",
    "guardar-antes",
    "guardar-meio",
    "guardar-depois",
    "estado-antes",
    "estado-meio",
    "estado-depois",
    "consulta-antes",
    "consulta-depois",
    "arquivo-antes",
    "arquivo-meio",
    "arquivo-depois",
)
# A doubt may have reached the ledger or not; what is certain has one way only.
DOUBTS = (
    "reset", "fecha", "silencio", "lixo", "cortado", "pedacos-cortados", "500", "502", "503",
    "202", "vazio",
)  # fmt: skip
CERTAIN_STORED = ("", "pedacos", "sem-tamanho", "sem-tamanho-cortado")
CERTAIN_LOST = ("302", "307", "400", "401", "403", "404", "415", "422")
REFUSED = {"400", "415", "422"}


@dataclass(frozen=True)
class Cell:
    point: str
    kind: str
    stored: bool
    temperament: Temperament
    late: int = 0

    def __str__(self) -> str:
        stored = "guardou" if self.stored else "perdeu"
        late = f"-tarde{self.late}" if self.late else ""
        return f"{self.point}-{self.kind or 'certo'}-{stored}-{self.temperament}{late}"


def _cells() -> list[Cell]:
    faults = [
        *itertools.product(DOUBTS, (True, False)),
        *((kind, True) for kind in CERTAIN_STORED),
        *((kind, False) for kind in CERTAIN_LOST),
    ]
    points = [*SENDING, *(f"{point}:2" for point in SENDING if point.startswith(("g", "en", "r")))]
    return [
        Cell(point, kind, stored, temperament, late)
        for point, (kind, stored), temperament, late in itertools.product(
            points, faults, Temperament, (0, 2)
        )
    ]


CELLS = _cells()
QUICK = random.Random(2026).sample(CELLS, 240)


class Zygote:
    """The driver, started once."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.falhas.driver"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, folder: Path, url: str, point: str = "") -> tuple[int, str]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        command = {"folder": str(folder), "url": url, "point": point}
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        said = json.loads(self._process.stdout.readline())
        return said["status"], said["stderr"]

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    started = Zygote()
    yield started
    started.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    # Memory where there is some: what is tested is order, and a matrix of fsyncs is slow.
    shm = Path("/dev/shm")
    made = Path(tempfile.mkdtemp(prefix="planilote-", dir=shm if shm.is_dir() else None))
    yield made
    shutil.rmtree(made)


FIRED: set[str] = set()


def check(cell: Cell, zygote: Zygote, folder: Path) -> None:
    ledger = Ledger(temperament=cell.temperament, late=cell.late)
    ledger.script = [Fault(cell.kind, cell.stored)] if cell.kind else []
    with Server(ledger) as server:
        status, said = zygote.run(folder, server.url, cell.point)
        if status == crash.STATUS:
            name = cell.point.partition(":")[0]
            assert f"queda:{name}\n" in said
            FIRED.add(name)
        else:
            # Not on this cell's path; then the run must have gone well by itself.
            assert status == 0, said
        ledger.script = []
        second = zygote.run(folder, server.url)
        assert second[0] == 0, second[1]
        seen = json.loads((folder / "resumo.json").read_text())
        before = (len([r for r in ledger.requests if r.method == "POST"]), dict(ledger.files))
        third = zygote.run(folder, server.url)
        assert third[0] == 0, third[1]
        after = (len([r for r in ledger.requests if r.method == "POST"]), dict(ledger.files))
    assert json.loads((folder / "resumo.json").read_text()) == seen
    assert after == before
    _each_row_once(cell, ledger, seen)
    _every_file_on_disk(ledger, seen, folder)
    if not cell.late:
        assert all(count == 1 for count in ledger.files.values()), ledger.files


def _each_row_once(cell: Cell, ledger: Ledger, seen: dict) -> None:
    rows = ledger.rows()
    assert set(rows.values()) <= {1}
    for lote in lotes():
        state = seen[lote.ref]["state"]
        if state == "recusado":
            assert cell.kind in REFUSED
            assert lote.ref not in ledger.stored
            assert seen[lote.ref]["claimed"] == 0
        else:
            assert state == "gerado"
            assert lote.ref in ledger.stored
            assert seen[lote.ref]["claimed"] == len(lote.notas)


def _every_file_on_disk(ledger: Ledger, seen: dict, folder: Path) -> None:
    for ref, (_, content) in ledger.stored.items():
        assert (folder / "saida" / f"{ref}.txt").read_bytes() == content
    kept = {path.stem for path in (folder / "saida").glob("pl*")} if seen else set()
    assert kept == set(ledger.stored)


@pytest.mark.parametrize("cell", QUICK, ids=str)
def test_no_crash_and_no_fault_repeats_or_loses_a_row(cell, zygote, folder):
    check(cell, zygote, folder)


@pytest.mark.longo
@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_the_whole_matrix(cell, zygote, folder):
    check(cell, zygote, folder)
