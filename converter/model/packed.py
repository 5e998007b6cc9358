"""Bytes as they are kept, in memory and in the journal: what is sent shrinks thirty times."""

import zlib

from converter.model.deflate import QUICK, codec


def pack(content: bytes) -> bytes:
    """The bytes, smaller, to be kept for years (docs/decisoes/diario-comprimido.md)."""
    return zlib.compress(content, 6)


def pack_for_now(content: bytes) -> bytes:
    """The bytes, smaller, to be kept for a run."""
    return codec.compress(content, QUICK)


def unpack(data: bytes) -> bytes:
    """The bytes that were packed. Raises `codec.error` where they are not what was."""
    return codec.decompress(data)
