"""A checksum of all that the journal knows of a lote, so that no flipped bit of it is believed.

The whole file has one beside it (guard.py), but only once a run has ended well. After a crash these
are compared. Triggers of the connection note which lotes a transaction touched: each changes with
its row of `lote`, `exchange`, `retorno` or `answer`, whatever else changes.
"""

import hashlib
import sqlite3
from collections.abc import Iterable

_WATCHED = {"lote": "id", "exchange": "lote", "retorno": "lote", "answer": "lote"}
_PARTS = (
    "SELECT ambiente, ref, arquivo, cnpj, inscricao_municipal, codigo_municipio, state,"
    " content.sha256, lote.content, messages, circumstance, created_at, updated_at, revision"
    " FROM lote JOIN content ON content.id = lote.payload WHERE lote.id = ?",
    "SELECT nota.ordem, nota.identity, planilha, row, documento, tomador, valor,"
    " claim.lote IS NOT NULL FROM nota JOIN lote ON lote.id = nota.lote LEFT JOIN claim"
    " ON claim.ambiente = lote.ambiente AND claim.identity = nota.identity"
    " AND claim.lote = nota.lote AND claim.ordem = nota.ordem WHERE nota.lote = ?"
    " ORDER BY nota.ordem",
    "SELECT exchange.id, kind, doubt, started_at, ended_at, status, headers, framed, fault,"
    " content.sha256 FROM exchange LEFT JOIN content ON content.id = body WHERE lote = ?"
    " ORDER BY exchange.id",
    "SELECT retorno.id, exchange, name, retorno.sha256, result, messages, content.sha256"
    " FROM retorno JOIN content ON content.id = retorno.content WHERE lote = ?"
    " ORDER BY retorno.id",
    "SELECT data FROM answer WHERE lote = ?",
    "SELECT cancelled FROM cancelamento WHERE lote = ?",
)


def watch(connection: sqlite3.Connection) -> None:
    """From now on the connection notes the lotes it touches."""
    connection.execute("CREATE TEMP TABLE touched (lote INTEGER)")
    for table, lote in _WATCHED.items():
        for event in ("INSERT", "UPDATE"):
            connection.execute(
                f"CREATE TEMP TRIGGER {table}_{event} AFTER {event} ON main.{table}"  # noqa: S608 - ours
                f" BEGIN INSERT INTO touched VALUES (NEW.{lote}); END"
            )


def renew_touched(connection: sqlite3.Connection) -> None:
    """Write the checksums of the lotes touched in this transaction; its last step."""
    renew(connection, [row[0] for row in connection.execute("SELECT DISTINCT lote FROM touched")])
    connection.execute("DELETE FROM touched")


def renew(connection: sqlite3.Connection, lotes: Iterable[int]) -> None:
    """Write the checksums of these lotes."""
    connection.executemany(
        "UPDATE lote SET checksum = ? WHERE id = ?",
        [(_checksum(connection, lote), lote) for lote in lotes],
    )


def agree(connection: sqlite3.Connection) -> bool:
    """Whether every lote and all bytes kept are those that were written."""
    lotes = connection.execute("SELECT id, checksum FROM lote")
    contents = connection.execute("SELECT sha256, data FROM content")
    return all(_checksum(connection, lote) == kept for lote, kept in lotes) and all(
        hashlib.sha256(data).digest() == kept for kept, data in contents
    )


def _checksum(connection: sqlite3.Connection, lote: int) -> bytes:
    found = hashlib.blake2b(digest_size=16)
    for part in _PARTS:
        rows = [tuple(row) for row in connection.execute(part, (lote,))]
        found.update(repr(rows).encode())
    return found.digest()
