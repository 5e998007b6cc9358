"""The data files beside this module, each read once and only when something asks for it.

Every file opens with comment lines that name its source and date; the scripts that write them
are in `scripts/`.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("data")


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Give the records of `data/<name>.csv`, without comments and header."""
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        records = csv.reader((line for line in file if not line.startswith("#")), delimiter=";")
        next(records)
        return tuple(map(tuple, records))


@cache
def pairs(name: str) -> Mapping[str, str]:
    """Give a file of two columns as the second by the first."""
    return {row[0]: row[1] for row in rows(name)}
