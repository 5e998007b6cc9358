"""A large worksheet part cut between its rows, so that calamine holds a piece of it at a time.

What calamine makes of a cell takes ten times the bytes of its XML, and Python's copy as much again:
a sheet of a million rows would take four gigabytes at once.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from converter.model.cells import RawValue

_ROW = b"<row "
_END = b"</sheetData>"
_NOT_USUAL = re.compile(rb'<!|:c[\s/>]|<c(?! r="[A-Z]{1,3}[1-9]\d{0,6}")[\s/>]')
"""A cell that does not begin with its address, or what may hide one."""
_POOL = 1_000_000
_HEAD = 64 * 1024


PIECE = 16 * 2**20
"""Bytes of a piece: some twenty thousand rows."""


def between_rows(xml: bytes) -> Sequence[int]:
    """Where to cut a part into pieces of about `PIECE` bytes, each of whole rows.

    Nowhere where it is small, or its cells do not all say where they are: in a piece that they do
    not count up to their place.
    """
    if len(xml) < 2 * PIECE:
        return ()
    begin, end = xml.find(_ROW, 0, _HEAD), xml.rfind(_END)
    head = xml[: max(begin, 0)]
    if end < begin or not (b"<worksheet" in head and b"<sheetData>" in head):
        return ()
    if _NOT_USUAL.search(xml, 0, end):
        return ()
    places: list[int] = []
    while (begin := xml.find(_ROW, begin + PIECE, end)) > 0:
        places.append(begin)
    return places


def parts(xml: bytes, places: Sequence[int]) -> Iterator[bytes]:
    """The pieces as parts by themselves: what stands above the rows is in each."""
    if not places:
        yield xml
        return
    first, end = xml.find(_ROW), xml.rfind(_END)
    for begin, stop in zip((first, *places), (*places, end), strict=True):
        yield xml[:first] + xml[begin:stop] + _END + b"</worksheet>"


def joined(pieces: Iterable[tuple[int, list[list[RawValue]]]]) -> list[list[RawValue]] | None:
    """The rows of all pieces from row 1, as wide as the widest; None where they overlap.

    Each piece comes with how many rows of the sheet are above it. A text that comes again in
    another one becomes the same object.
    """
    rows: list[list[RawValue]] = []
    widths: set[int] = set()
    pool: dict[str, str] = {}
    for number, (above, found) in enumerate(pieces):
        if not found:
            continue
        if above < len(rows):
            return None
        widths.add(width := len(found[0]))
        rows += ([""] * width for _ in range(above - len(rows)))
        rows += _pooled(found, pool) if number else found
    if len(widths) > 1:
        for row in rows:
            row.extend([""] * (max(widths) - len(row)))
    return rows


def _pooled(rows: list[list[RawValue]], pool: dict[str, str]) -> Iterator[list[RawValue]]:
    if len(pool) > _POOL:
        pool.clear()
    for row in rows:
        yield [pool.setdefault(cell, cell) if type(cell) is str else cell for cell in row]
