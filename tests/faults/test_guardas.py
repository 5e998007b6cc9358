"""Each guard, proven by its removal: the same check fails without it."""

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.faults.cells import Cell
from tests.faults.ledger import Server, Temperament
from tests.faults.zygote import check

NEW = Temperament.NEW


@pytest.mark.parametrize(
    ("guard", "cell"),
    [
        ("without_intent", Cell("resposta-lida", "", True, NEW)),
        ("without_asking", Cell("resposta-lida", "", True, NEW)),
        ("without_asking", Cell("guardar-depois", "500", True, NEW)),
        ("without_comparing", Cell("preparado-depois", "sem-tamanho-cortado", True, NEW)),
    ],
    ids=str,
)
def test_the_matrix_notices_when_a_guard_is_gone(guard, cell, zygote, folder):
    check(cell, zygote, folder / "com")
    with pytest.raises(AssertionError):
        check(cell, zygote, folder / "sem", guard)


@pytest.mark.parametrize(("guard", "times"), [("", 1), ("without_identity", 2)])
def test_a_row_exported_again_in_another_file_is_sent_once(guard, times, zygote, folder):
    with Server() as server:
        zygote.run(folder, server.url)
        assert zygote.run(folder, server.url, mutation=guard, resent=True) == (0, "")
        assert max(server.ledger.rows().values()) == times


def _traces() -> bool:
    return (
        bool(shutil.which("strace"))
        and not subprocess.run(["strace", "-o", os.devnull, "true"], check=False).returncode
    )


@pytest.mark.skipif(not _traces(), reason="needs strace")
@pytest.mark.parametrize(("guard", "synced"), [("", True), ("without_sync", False)])
def test_the_intent_is_on_the_disk_before_the_request_is_on_the_wire(guard, synced, tmp_path):
    with Server() as server:
        command = f'{{"folder": "{tmp_path}", "url": "{server.url}", "mutation": "{guard}"}}'
        trace = tmp_path / "trace"
        subprocess.run(
            [
                *("strace", "-f", "-y", "-s", "40", "-o", trace),
                *("-e", "trace=pwrite64,fdatasync,fsync,sendto"),
                *(sys.executable, "-m", "tests.faults.driver", command),
            ],
            check=True,
        )
    before = trace.read_text().split("POST /v2/lotes_rps", 1)[0].splitlines()
    calls = [line for line in before if re.search(r"diario\.sqlite3>", line)]
    assert any("pwrite64(" in line for line in calls)
    assert ("sync(" in calls[-1]) is synced
