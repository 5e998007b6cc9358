"""Whatever comes in, reading comes back, soon and within little memory, and is never surprised."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.reading.fuzz import FORMATS

ROOT = Path(__file__).parent.parent.parent
SEED = 20261126


def fuzz(form: str, count: int) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.reading.fuzz", form, str(SEED), str(count)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=3000,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("form", FORMATS)
def test_damaged_files_are_read_or_refused(form: str) -> None:
    assert fuzz(form, 25)


@pytest.mark.longo
@pytest.mark.parametrize("form", FORMATS)
def test_three_thousand_damaged_files_are_read_or_refused(form: str) -> None:
    assert "'lido'" in fuzz(form, 3000)
