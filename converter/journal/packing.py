"""Bytes as the journal keeps them: compressed, and the same bytes once.

What is sent and answered shrinks thirty times, and zlib is read by every language and in any year
(docs/decisoes/diario-comprimido.md). The SHA-256 is of the bytes as stored, so that a damaged one
is noticed without inflating it.
"""

import hashlib
import sqlite3
import zlib

HEAD = 512
"""Compressed bytes that surely hold the first sixty-four: a block begins with its own codes."""


def unpack_head(data: bytes) -> bytes:
    """The first bytes of what was packed, from the first `HEAD` of its data or more."""
    return zlib.decompressobj().decompress(data, 64)


def keep(connection: sqlite3.Connection, data: bytes) -> int:
    """Store packed bytes, once however often they come; the id by which they are found."""
    digest = hashlib.sha256(data).digest()
    connection.execute("INSERT OR IGNORE INTO content (sha256, data) VALUES (?, ?)", (digest, data))
    row = connection.execute("SELECT id FROM content WHERE sha256 = ?", (digest,)).fetchone()
    return int(row[0])
