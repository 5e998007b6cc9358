"""The driver as a process that stays, and one cell of the matrix run through it."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from converter import crash
from tests.faults.cells import REFUSALS, Cell
from tests.faults.driver import lotes
from tests.faults.ledger import Ledger, Server


class Zygote:
    """The driver, started once; each run is a fork of it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.driver"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(
        self, folder: Path, url: str, point: str = "", mutation: str = "", **more: bool
    ) -> tuple[int, str]:
        """Exit status and output of one run in `folder`; `cli` runs the whole program."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        command = {"folder": str(folder), "url": url, "point": point, "mutation": mutation}
        command |= {name: "sim" for name, wanted in more.items() if wanted}
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        said = json.loads(self._process.stdout.readline())
        return said["status"], said["stderr"]

    def close(self) -> None:
        """End the driver."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


def check(cell: Cell, zygote: Zygote, folder: Path, mutation: str = "") -> None:
    """Kill a run as the cell says, run again until done, and assert what must hold."""
    ledger = Ledger(temperament=cell.temperament, late=cell.late, script=cell.script)
    with Server(ledger) as server:
        status, said = zygote.run(folder, server.url, cell.point, mutation)
        assert status == crash.STATUS, said or "the crash point did not fire"
        assert f"queda:{cell.point.partition(':')[0]}\n" in said
        if ledger.script:
            # Killed before the wire could fail: it fails in the run that recovers.
            _well(zygote.run(folder, server.url, mutation=mutation))
            ledger.script = []
        _well(zygote.run(folder, server.url, mutation=mutation))
        seen = _summary(folder)
        before = (ledger.posts(), dict(ledger.files))
        _well(zygote.run(folder, server.url, mutation=mutation))
        assert (ledger.posts(), dict(ledger.files)) == before
    assert _summary(folder) == seen
    _each_row_in_one_lote(cell, ledger, seen)
    _every_file_on_disk(ledger, folder)
    if not cell.late:
        assert set(ledger.files.values()) <= {1}


def _well(result: tuple[int, str]) -> None:
    status, said = result
    assert status == 0, said


def _summary(folder: Path) -> dict[str, dict[str, object]]:
    return json.loads((folder / "resumo.json").read_text())


def _each_row_in_one_lote(cell: Cell, ledger: Ledger, seen: dict[str, dict[str, object]]) -> None:
    rows = ledger.rows()
    assert set(rows.values()) <= {1}
    for lote in lotes():
        known = seen[lote.ref]
        if known["state"] == "recusado":
            assert cell.kind in REFUSALS
            assert lote.ref not in ledger.stored
            assert known["claimed"] == 0
        else:
            assert known["state"] == "gerado"
            assert lote.ref in ledger.stored
            assert known["claimed"] == len(lote.notas)


def _every_file_on_disk(ledger: Ledger, folder: Path) -> None:
    for ref, (_, content) in ledger.stored.items():
        assert (folder / "saida" / f"{ref}.txt").read_bytes() == content
    assert _names((folder / "saida").glob("pl*")) == set(ledger.stored)


def _names(paths: Iterable[Path]) -> set[str]:
    return {path.stem for path in paths}
