"""Return files under the same treatment: killed at every point, answered badly, then run again."""

import json
from dataclasses import dataclass

import pytest

from converter import crash
from tests.faults.driver import lotes
from tests.faults.ledger import Fault, Ledger, Server
from tests.faults.zygote import Zygote

ISSUED = [{"status": "autorizado", "numero": "8"}, {"status": "autorizado", "numero": "9"}]
BEFORE = ("retorno-antes", "retorno-depois", "corpo-no-meio")
STORING = ("guardar-antes", "guardar-meio", "guardar-depois")
READING = ("resposta-comecou", "resposta-lida")
JOINING = ("estado-antes", "estado-meio", "estado-depois")
VISITED = {
    "": (*BEFORE, *READING, *STORING, *JOINING),
    "sem-tamanho": (*BEFORE, *READING, *STORING, *JOINING),
    "sem-tamanho-cortado": (*BEFORE, *READING, *STORING),
    "reset": (*BEFORE, *STORING),
    "silencio": (*BEFORE, *STORING),
    "cortado": (*BEFORE, *STORING),
    "500": (*BEFORE, *READING, *STORING),
    "401": (*BEFORE, *READING, *STORING),
}


@dataclass(frozen=True)
class Cell:
    point: str
    kind: str


CELLS = [
    pytest.param(
        Cell(point, kind),
        id=f"{point}-{kind or 'certo'}",
        marks=() if kind in {"", "reset", "500"} else pytest.mark.longo,
    )
    for kind, points in VISITED.items()
    for point in points
]


@pytest.mark.parametrize("cell", CELLS)
def test_every_number_reaches_its_row_once(cell: Cell, zygote: Zygote, folder):
    ledger = Ledger(answers=lambda request: (201, json.dumps(ISSUED).encode()))
    first, _ = lotes()
    with Server(ledger) as server:
        assert zygote.run(folder, server.url) == (0, "")
        (folder / "retornos").mkdir()
        (folder / "retornos" / f"{first.ref}.ret").write_bytes(b"retorno\r\n\xff")
        ledger.script = [Fault(cell.kind)] if cell.kind else []
        status, said = zygote.run(folder, server.url, cell.point)
        assert status == crash.STATUS, said
        # Where the process died before the wire could fail, it fails now.
        assert zygote.run(folder, server.url)[0] == 0
        ledger.script = []
        assert zygote.run(folder, server.url) == (0, "")
        seen = json.loads((folder / "resumo.json").read_text())
        posts = ledger.posts()
        assert zygote.run(folder, server.url) == (0, "")
    assert ledger.posts() == posts
    assert json.loads((folder / "resumo.json").read_text()) == seen
    assert seen[first.ref]["state"] == "respondido"
    assert seen[first.ref]["answers"] == ["8", "9"]
    assert seen[first.ref]["claimed"] == 2
    assert set(ledger.files.values()) == {1}
