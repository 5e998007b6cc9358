"""The matrix once more over the whole program: a spreadsheet in, killed, run again until done."""

import hashlib
import os
import random
import shutil
from pathlib import Path

import pytest

from converter import crash
from converter.journal.journal import Journal
from converter.model.outcome import LoteState
from tests.faults.cells import CELLS, LOOKS, REFUSALS, Cell
from tests.faults.ledger import Ledger, Server, Temperament
from tests.faults.samples import clock
from tests.faults.zygote import Zygote

SOURCE = Path(__file__).parents[2] / "entrada" / "exemplo-servicos.csv"
# Two import files and a workbook are written, each by a temporary file and a rename.
WRITTEN = [
    Cell(f"{point}:{visit}", kind, True, Temperament.NEW)
    for point in ("arquivo-antes", "arquivo-meio", "arquivo-depois")
    for visit in (1, 2, 3)
    for kind in ("", "500")
]
ALL = [*WRITTEN, *(cell for cell in CELLS if cell.late == 0 and cell.look in LOOKS[:2])]
SAMPLE = random.Random(5).sample(ALL, 300)  # noqa: S311 - a sample, not a secret
QUICK = [*WRITTEN[::4], *SAMPLE[:8]]


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def check(cell: Cell, zygote: Zygote, folder: Path) -> None:
    (folder / "entrada").mkdir()
    shutil.copy(SOURCE, folder / "entrada" / "mes.csv")
    # An old file: a fresh one is watched for half a second, in case it is still being copied.
    os.utime(folder / "entrada" / "mes.csv", (1_700_000_000, 1_700_000_000))
    source = hashes(folder / "entrada")
    ledger = Ledger(temperament=cell.temperament, script=cell.script)
    with Server(ledger) as server:
        status, said = zygote.run(folder, server.url, cell.point, cli=True)
        assert status == crash.STATUS, said or "the crash point did not fire"
        if ledger.script:
            zygote.run(folder, server.url, cli=True)
            ledger.script = []
        status, said = zygote.run(folder, server.url, cli=True)
        assert status == 0 or (status == 1 and cell.kind in REFUSALS), said
        written, posts = hashes(folder / "saida"), ledger.posts()
        zygote.run(folder, server.url, cli=True)
        assert (hashes(folder / "saida"), ledger.posts()) == (written, posts)
    assert hashes(folder / "entrada") == source
    rows = ledger.rows()
    assert set(rows.values()) <= {1}
    assert set(ledger.files.values()) <= {1}
    with Journal(folder / "diario" / "diario.sqlite3", clock) as journal:
        lotes = journal.lotes("homologacao")
    refused = [one for one in lotes if one.state is LoteState.RECUSADO]
    assert {one.state for one in lotes} <= {LoteState.GERADO, LoteState.RECUSADO}
    assert not refused or cell.kind in REFUSALS
    assert len(rows) + sum(len(one.lote.notas) for one in refused) == 12
    for ref, (_, content) in ledger.stored.items():
        (path,) = (folder / "saida" / "lotes").glob(f"{ref}.*")
        assert path.read_bytes() == content


@pytest.mark.parametrize("cell", QUICK, ids=str)
def test_the_whole_program_survives_being_killed(cell, zygote, folder):
    check(cell, zygote, folder)


@pytest.mark.longo
@pytest.mark.parametrize(
    "cell", [cell for cell in (*WRITTEN, *SAMPLE) if cell not in QUICK], ids=str
)
def test_the_whole_program_survives_many_more_cells(cell, zygote, folder):
    check(cell, zygote, folder)
