"""What the page costs with 100,000 rows: the first rows, each page of them, memory."""

import os
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import pytest

from converter.page.arquivo import SIZE
from tests.bench.dados import Month, write_xlsx
from tests.bench.medir import measure
from tests.page.test_killed import Client, started

MONTH = Month(100_000, bad=0.01)
PAGES = 40
"""Pages asked for, spread over all of them."""


@pytest.mark.skipif(sys.platform == "win32", reason="the peak is asked of the system's wait4")
def test_a_hundred_thousand_rows_on_the_page(tmp_path: Path) -> None:
    name = f"{MONTH.name}.xlsx"
    (tmp_path / "entrada").mkdir()
    write_xlsx(MONTH, tmp_path / "entrada" / name)
    command = (sys.executable, "-m", "converter", "conferir", "--pasta", str(tmp_path))
    alone = measure([*command, "--ambiente", "simulado"], tmp_path)
    with started(tmp_path) as (running, opening):
        client = Client(opening)
        client.idle()
        wrong = f"/arquivo?nome={name}"
        first = seconds(client, wrong)
        again = seconds(client, wrong)
        last = MONTH.rows // SIZE
        everything = [
            seconds(client, f"{wrong}&ver=tudo&pagina={page}") for page in spread(last, PAGES)
        ]
        problems = [
            seconds(client, f"{wrong}&ver=problemas&pagina={page}") for page in range(1, 11)
        ]
        client.post("/encerrar")
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    peak = used.ru_maxrss / 1024
    print()
    print(f"first rows {first:.2f} s after the end of conferir; the same again {told([again])}")
    print(f"a page of all rows: {told(everything)}")
    print(f"a page of rows with a problem: {told(problems)}")
    print(f"conferir {alone.peak:.0f} MB, the page {peak:.0f} MB: {peak - alone.peak:+.0f} MB")


def seconds(client: Client, address: str) -> float:
    """How long the rows of an address take to come, whole."""
    begin = time.perf_counter()
    text = client.get(address)
    spent = time.perf_counter() - begin
    assert re.search(r'id="linha-\d+"', text), address
    return spent


def spread(last: int, count: int) -> Sequence[int]:
    return range(1, last + 1, max(1, last // count))


def told(times: Sequence[float]) -> str:
    return f"median {median(times) * 1000:.0f} ms, worst {max(times) * 1000:.0f} ms"
