"""No pattern of reading costs more than in proportion, whatever is written to make it.

Counted is the processor's time of a process that does nothing else, so that a busy machine changes
nothing; a quadratic pattern would take sixteen times as long for four times as much.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.reading.hostile import MADE

ROOT = Path(__file__).parent.parent.parent
SIZES = (150_000, 600_000)
SECONDS = 4.0
MEASURE = """
import resource, sys, time
from converter.reading.limits import Limits
from converter.reading.open import open_file
from converter.reading.refusal import FileRefused
from tests.reading.hostile import MADE
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
for name in sys.argv[2:]:
    spent = []
    for size in map(int, sys.argv[1].split(",")):
        data = MADE[name](size)
        before = time.process_time()
        try:
            open_file(data, name, Limits())
        except FileRefused:
            pass
        spent.append(time.process_time() - before)
    print(name, *spent, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="bounds its own process")
@pytest.mark.parametrize("kind", sorted({name.rsplit(".", 1)[1] for name in MADE}))
def test_the_worst_case_of_each_pattern_costs_in_proportion(kind: str) -> None:
    names = [name for name in MADE if name.endswith(f".{kind}")]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, ",".join(map(str, SIZES)), *names],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    told = [line.split() for line in done.stdout.splitlines()]
    assert [name for name, *_ in told] == names, done.stderr
    for name, few, many in told:
        # Below a tenth of a second there is nothing to compare.
        assert float(many) < max(10 * float(few), 0.1), name
        assert float(many) < SECONDS, name
