"""Lotes on their way between processes."""

import pickle
from dataclasses import replace

from tests.faults.samples import lote


def test_a_lote_travels_whole() -> None:
    for one in (lote(notas=3), replace(lote(), notas=())):
        assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own bytes
