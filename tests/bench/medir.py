"""What one command costs in a process of its own: wall, CPU and peak memory."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of wall and of CPU (user and system, children included), peak memory in MB."""

    wall: float
    cpu: float
    peak: float


def measure(
    command: Sequence[str],
    folder: Path,
    environ: Mapping[str, str] | None = None,
    *,
    most: float = 3_600,
) -> Cost:
    """Run a command to its end in `folder`, with all it starts, for `most` seconds.

    Raises:
        RuntimeError: It failed, or had to be ended; the message is the end of what it said.
    """
    # An installed program has its bytecode, whatever this shell thinks of writing any.
    around = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    with (folder / "disse.txt").open("w+b") as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**around, **(environ or {})},
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        end = threading.Timer(most, os.killpg, (process.pid, signal.SIGKILL))
        end.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        end.cancel()
        process.returncode = code = os.waitstatus_to_exitcode(status)
        if code not in {0, 1}:
            said.seek(0)
            told = said.read()[-2_000:].decode(errors="replace")
            raise RuntimeError(f"{' '.join(command)}: {code} em {wall:.0f} s\n{told}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each."""
    return Cost(
        median(cost.wall for cost in costs),
        median(cost.cpu for cost in costs),
        median(cost.peak for cost in costs),
    )
