"""The step from version 2 to 3: bytes are compressed and kept once, each lote gets its checksum."""

import sqlite3
from collections.abc import Callable

from converter.journal import checksums
from converter.journal.packing import keep
from converter.journal.rows import pack_answers
from converter.journal.steps import run
from converter.model.packed import pack

_MOVED = ("lote", "nota", "claim", "exchange", "retorno", "arquivo")


def migrate_contents(connection: sqlite3.Connection) -> None:
    """Make the tables anew and fill them from the old ones, which go.

    `claim` loses its index by lote, as large as itself: the rows of a lote are known from `nota`.
    """
    for name in ("lote_arquivo", "lote_state", "claim_lote", "exchange_lote", "retorno_sha256"):
        connection.execute(f"DROP INDEX {name}")
    connection.execute("DROP VIEW claimed")
    # Or the tables that refer to a renamed one would go on referring to it.
    connection.execute("PRAGMA legacy_alter_table = ON")
    for name in _MOVED:
        connection.execute(f"ALTER TABLE {name} RENAME TO old_{name}")
    connection.execute("PRAGMA legacy_alter_table = OFF")
    run(connection, "3-conteudos.sql")
    for name, large in (("lote", "payload"), ("exchange", "body"), ("retorno", "content")):
        _copy(connection, name, large, lambda content: keep(connection, pack(content)))
    _copy(connection, "arquivo", "summary", lambda summary: pack(summary.encode()))
    for name, columns in (
        ("nota", "lote, ordem, identity, planilha, row, documento, tomador, valor"),
        ("claim", "ambiente, identity, lote, ordem"),
    ):
        connection.execute(f"INSERT INTO {name} SELECT {columns} FROM old_{name}")  # noqa: S608 - ours
    for (lote,) in connection.execute("SELECT DISTINCT lote FROM old_nota WHERE answer NOT NULL"):
        rows = connection.execute(
            "SELECT answer FROM old_nota WHERE lote = ? AND answer NOT NULL ORDER BY ordem", (lote,)
        )
        packed = pack_answers(row[0] for row in rows)
        connection.execute("INSERT INTO answer VALUES (?, ?)", (lote, packed))
    for name in reversed(_MOVED):
        connection.execute(f"DROP TABLE old_{name}")
    checksums.renew(connection, [row[0] for row in connection.execute("SELECT id FROM lote")])


def _copy(
    connection: sqlite3.Connection, name: str, large: str, stored: Callable[..., int | bytes]
) -> None:
    """The rows of an old table, one at a time, its large column as it is now `stored`."""
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info(old_{name})")]
    places = ", ".join("?" * len(columns))
    into = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - ours
    for row in connection.execute(f"SELECT {', '.join(columns)} FROM old_{name}"):  # noqa: S608 - ours
        values = dict(zip(columns, row, strict=True))
        if values[large] is not None:
            values[large] = stored(values[large])
        connection.execute(into, [*values.values()])
