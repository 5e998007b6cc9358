"""The matrix: crash points x wire faults x {the server stored it, it did not} x temperaments.

Each cell: a run dies at a named point, proven to have fired, and the wire fails; the next run is
left alone; one more changes nothing. Then every row is in exactly one lote at the server, every
import file is on disk byte for byte, and nothing is left unknown.
"""

import re
from pathlib import Path

import pytest

import converter
from tests.faults.cells import CELLS, quick
from tests.faults.zygote import check

QUICK = quick(210)
REST = set(CELLS) - set(QUICK)
PACKAGE = Path(converter.__file__).parent


@pytest.mark.parametrize("cell", QUICK, ids=str)
def test_no_crash_and_no_fault_repeats_or_loses_a_row(cell, zygote, folder):
    check(cell, zygote, folder)


@pytest.mark.longo
@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell in REST], ids=str)
def test_the_rest_of_the_matrix(cell, zygote, folder):
    check(cell, zygote, folder)


def test_the_matrix_knows_every_point_of_sending():
    """A point is named where it stands: by itself, or by the step of the journal around it."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    named = set(re.findall(r'\bpoint\("([a-z-]+)"\)', source))
    steps = re.findall(r'self\._step\("([a-z]+)"\)', source)
    named |= {f"{step}-{when}" for step in steps for when in ("antes", "meio", "depois")}
    sending = {point for point in named if not point.startswith("retorno")}
    assert {cell.point.partition(":")[0] for cell in QUICK} == sending
