"""How long the journal takes to say which files it has seen."""

import time
from pathlib import Path

from converter.journal.journal import Journal
from converter.journal.seen import SeenFile
from tests.faults.samples import clock


def test_a_thousand_files_are_looked_up_in_a_moment(tmp_path: Path) -> None:
    files = [SeenFile(f"{number}.xlsx", "ab", "cd", {"s": "h"}) for number in range(1000)]
    with Journal(tmp_path / "diario.sqlite3", clock) as journal:
        journal.see("simulado", files)
        start = time.perf_counter()
        assert len(journal.files("simulado")) == 1000
        assert time.perf_counter() - start < 0.5
