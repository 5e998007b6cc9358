from collections.abc import Iterator
from pathlib import Path

import pytest

from converter.journal.journal import Journal
from tests.faults.samples import clock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "diario" / "diario.sqlite3"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal(path, clock) as opened:
        yield opened
