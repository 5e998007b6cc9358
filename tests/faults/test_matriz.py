"""The matrix: crash points x wire faults x {the server stored it, it did not} x temperaments.

Each cell: a run dies at a named point, proven to have fired, and the wire fails; the next run is
left alone; one more changes nothing. Then every row is in exactly one lote at the server, every
import file is on disk byte for byte, and nothing is left unknown.
"""

import pytest

from converter import crash
from tests.faults.cells import CELLS, quick
from tests.faults.zygote import check

QUICK = quick(210)


@pytest.mark.parametrize("cell", QUICK, ids=str)
def test_no_crash_and_no_fault_repeats_or_loses_a_row(cell, zygote, folder):
    check(cell, zygote, folder)


@pytest.mark.longo
@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell not in set(QUICK)], ids=str)
def test_the_rest_of_the_matrix(cell, zygote, folder):
    check(cell, zygote, folder)


def test_the_matrix_knows_every_point_of_sending():
    sending = {point for point in crash.POINTS if not point.startswith("retorno")}
    assert {cell.point.partition(":")[0] for cell in QUICK} == sending
