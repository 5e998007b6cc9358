"""The tables of the layouts: CSV files in UTF-8, a header and a fact a row."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

Row = Mapping[str, str]


def rows(path: Path) -> Sequence[Row]:
    """Every row of a table, by the names of its columns."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def by_record(path: Path) -> Mapping[str, Sequence[Row]]:
    """The rows of a table of fields by `registro`, in the order of the file."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows(path):
        found[row["registro"]].append(row)
    return found
