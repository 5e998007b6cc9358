"""The chains of sectors of a compound file ([MS-CFB]), which must come to an end.

xlrd follows them without looking back: a chain that leads into itself would be read for ever.
"""

import struct
import sys
from array import array
from collections.abc import Iterator

from converter.reading.refusal import FileRefused

_HEADER = 512
_IN_HEADER = 109
_ENTRY = 128
_STREAM, _ROOT = 2, 5


def check_chains(data: bytes) -> None:
    """Every chain that leads to a stream ends.

    Raises:
        FileRefused: `arquivo-danificado`.
    """
    try:
        _check(data)
    except (struct.error, ValueError) as error:
        raise FileRefused("arquivo-danificado") from error


def _check(data: bytes) -> None:
    shift, small = struct.unpack_from("<HH", data, 30)
    (directory,) = struct.unpack_from("<i", data, 48)
    cutoff, minifat = struct.unpack_from("<Ii", data, 56)
    if not 7 <= shift <= 20 or small > shift:
        raise ValueError(shift)
    size = 1 << shift
    table = _numbers(data, _table_sectors(data, size), size)
    mini = _numbers(data, list(_chain(table, minifat)), size)
    for sector in _chain(table, directory):
        begin = _HEADER + sector * size
        for at in range(begin, min(begin + size, len(data) - _ENTRY + 1), _ENTRY):
            kind = data[at + 66]
            start, length = struct.unpack_from("<iI", data, at + 116)
            if kind in {_STREAM, _ROOT}:
                short = kind == _STREAM and length < cutoff
                for _ in _chain(mini if short else table, start):
                    pass


def _chain(table: "array[int]", start: int) -> Iterator[int]:
    """The sectors from `start` on."""
    left = len(table)
    while 0 <= start < len(table):
        if left == 0:
            raise ValueError(start)
        left -= 1
        yield start
        start = table[start]


def _table_sectors(data: bytes, size: int) -> list[int]:
    """Where the table of sectors stands: told by the header, and by a chain where that is full."""
    found = list(struct.unpack_from(f"<{_IN_HEADER}i", data, 76))
    (following,) = struct.unpack_from("<i", data, 68)
    count = size // 4
    seen: set[int] = set()
    while following >= 0 and _HEADER + (following + 1) * size <= len(data):
        if following in seen:
            raise ValueError(following)
        seen.add(following)
        *told, following = struct.unpack_from(f"<{count}i", data, _HEADER + following * size)
        found += told
    return [sector for sector in found if sector >= 0]


def _numbers(data: bytes, sectors: list[int], size: int) -> "array[int]":
    """What stands in these sectors, as numbers of sectors."""
    if len(set(sectors)) != len(sectors):
        raise ValueError(sectors)
    found = array("i")
    for sector in sectors:
        piece = data[_HEADER + sector * size : _HEADER + (sector + 1) * size]
        found.frombytes(piece[: len(piece) // 4 * 4])
    if sys.byteorder == "big":
        found.byteswap()
    return found
