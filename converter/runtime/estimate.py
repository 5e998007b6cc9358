"""How long a run will take, from the bytes and the kinds of its files.

The speeds were measured on two cores of a server of the 2020s, whole `conferir`: workbooks of up
to 100,000 rows, one of 1,048,575, and a CSV of a million; xls and ods of 10,000.
"""

from collections.abc import Sequence
from pathlib import PurePosixPath

MB = 2**20
START = 0.5
"""Seconds of any run."""
SPEEDS = {".csv": 5 * MB, ".tsv": 5 * MB, ".txt": 5 * MB, ".xls": 3 * MB, ".ods": 0.35 * MB}
"""Bytes a second."""
PACKAGE = 1.4 * MB
"""The same of other workbooks, xlsx above all, in their first `LARGE` bytes."""
LARGE = 10 * MB
LARGE_PACKAGE = 1.08 * MB
"""The same beyond: a million rows go at 1.1 MB a second from their first to their last."""
ANOTHER = 0.85
"""What each process after the first adds to the speed of one."""


def expected(files: Sequence[tuple[str, int]], processos: int) -> float:
    """Seconds from start to results, by name and size in bytes; sending is left out."""
    each = [_seconds(*file) for file in files]
    speed = 1 + ANOTHER * (processos - 1)
    return START + max(sum(each) / speed, max(each, default=0.0))


def _seconds(arquivo: str, size: int) -> float:
    speed = SPEEDS.get(PurePosixPath(arquivo).suffix.lower())
    if speed:
        return size / speed
    first = min(size, LARGE)
    return first / PACKAGE + (size - first) / LARGE_PACKAGE
