"""Whatever comes in, reading comes back; an abort would end the process, so it runs in another."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def fuzz(seed: int, count: int) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.reading.fuzz", str(seed), str(count)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_damaged_files_neither_raise_nor_abort() -> None:
    assert "'arquivo-danificado'" in fuzz(20261005, 150)


@pytest.mark.longo
@pytest.mark.parametrize("seed", range(1, 6))
def test_many_damaged_files_neither_raise_nor_abort(seed: int) -> None:
    assert "'lido'" in fuzz(seed, 3000)
