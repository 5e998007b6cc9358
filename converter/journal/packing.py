"""Bytes as the journal keeps them: compressed, and the same bytes once.

What is sent and answered shrinks thirty times, and zlib is read by every language and in any year
(docs/decisoes/diario-comprimido.md). The SHA-256 is of the bytes as stored, so that a damaged one
is noticed without inflating it.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Mapping

from converter.journal.rows import load_answers
from converter.model.outcome import NotaAnswer
from converter.model.packed import pack, unpack

HEAD = 512
"""Compressed bytes that surely hold the first sixty-four: a block begins with its own codes."""

Answers = Mapping[int, NotaAnswer]


def unpack_head(data: bytes) -> bytes:
    """The first bytes of what was packed, from the first `HEAD` of its data or more."""
    return zlib.decompressobj().decompress(data, 64)


def keep(connection: sqlite3.Connection, content: bytes) -> int:
    """Store bytes, once however often they come; the id by which they are found."""
    return keep_packed(connection, pack(content))


def keep_packed(connection: sqlite3.Connection, data: bytes) -> int:
    """Store bytes that are packed already; the same."""
    digest = hashlib.sha256(data).digest()
    connection.execute("INSERT OR IGNORE INTO content (sha256, data) VALUES (?, ?)", (digest, data))
    row = connection.execute("SELECT id FROM content WHERE sha256 = ?", (digest,)).fetchone()
    return int(row[0])


def pack_answers(answers: Iterable[str]) -> bytes:
    """The answers of a lote's notes, each as `dump_answer` writes it."""
    return pack(f"[{','.join(answers)}]".encode())


def unpack_answers(data: bytes) -> Answers:
    """The answers of a lote, by the order of their notes."""
    return {answer.ordem: answer for answer in load_answers(unpack(data))}
