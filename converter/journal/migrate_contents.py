"""The step from version 2 to 3: bytes are compressed and kept once, each lote gets its checksum."""

import sqlite3
from collections.abc import Callable
from typing import Any

from converter.journal import checksums
from converter.journal.packing import keep, pack_answers
from converter.model.packed import pack

_MOVED = ("lote", "nota", "claim", "exchange", "retorno", "arquivo")
_TABLES = """
CREATE TABLE content (
    id INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    data BLOB NOT NULL
);
CREATE TABLE lote (
    id INTEGER PRIMARY KEY,
    ambiente TEXT NOT NULL,
    ref TEXT NOT NULL,
    arquivo TEXT NOT NULL,
    cnpj TEXT NOT NULL,
    inscricao_municipal TEXT NOT NULL,
    codigo_municipio TEXT NOT NULL,
    state TEXT NOT NULL,
    payload INTEGER NOT NULL REFERENCES content (id),
    content INTEGER REFERENCES exchange (id),
    messages TEXT NOT NULL DEFAULT '[]',
    circumstance INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    revision INTEGER NOT NULL,
    checksum BLOB,
    UNIQUE (ambiente, ref)
);
CREATE INDEX lote_arquivo ON lote (ambiente, arquivo);
CREATE INDEX lote_state ON lote (ambiente, state);
CREATE TABLE nota (
    lote INTEGER NOT NULL REFERENCES lote (id) ON DELETE CASCADE,
    ordem INTEGER NOT NULL,
    identity TEXT NOT NULL,
    planilha TEXT NOT NULL,
    row INTEGER NOT NULL,
    documento TEXT NOT NULL,
    tomador TEXT NOT NULL,
    valor TEXT NOT NULL,
    PRIMARY KEY (lote, ordem)
) WITHOUT ROWID;
CREATE TABLE claim (
    ambiente TEXT NOT NULL,
    identity TEXT NOT NULL,
    lote INTEGER NOT NULL,
    ordem INTEGER NOT NULL,
    PRIMARY KEY (ambiente, identity)
) WITHOUT ROWID;
CREATE VIEW claimed AS
    SELECT claim.ambiente, claim.identity, lote.id AS lote, lote.ref, lote.arquivo, lote.state,
           nota.planilha, nota.row, nota.ordem, nota.documento, nota.valor
    FROM nota JOIN lote ON lote.id = nota.lote
    JOIN claim ON claim.ambiente = lote.ambiente AND claim.identity = nota.identity
        AND claim.lote = nota.lote AND claim.ordem = nota.ordem;
CREATE TABLE exchange (
    id INTEGER PRIMARY KEY,
    lote INTEGER NOT NULL REFERENCES lote (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    doubt INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    status INTEGER,
    headers TEXT,
    framed INTEGER,
    fault TEXT,
    body INTEGER REFERENCES content (id)
);
CREATE INDEX exchange_lote ON exchange (lote);
CREATE TABLE retorno (
    id INTEGER PRIMARY KEY,
    lote INTEGER NOT NULL REFERENCES lote (id) ON DELETE CASCADE,
    exchange INTEGER REFERENCES exchange (id),
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    result TEXT NOT NULL DEFAULT 'esperando',
    messages TEXT NOT NULL DEFAULT '[]',
    content INTEGER NOT NULL REFERENCES content (id),
    UNIQUE (lote, sha256)
);
CREATE INDEX retorno_sha256 ON retorno (sha256);
CREATE TABLE answer (
    lote INTEGER PRIMARY KEY REFERENCES lote (id) ON DELETE CASCADE,
    data BLOB NOT NULL
);
CREATE TABLE cancelamento (
    lote INTEGER PRIMARY KEY REFERENCES lote (id) ON DELETE CASCADE,
    cancelled INTEGER NOT NULL REFERENCES lote (id)
);
CREATE TABLE arquivo (
    ambiente TEXT NOT NULL,
    arquivo TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    config TEXT NOT NULL,
    outputs TEXT NOT NULL,
    refs TEXT NOT NULL,
    summary BLOB NOT NULL,
    complete INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (ambiente, arquivo)
) WITHOUT ROWID
"""


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
    for statement in _TABLES.split(";\n"):
        connection.execute(statement)
    _copy(connection, "lote", "payload", lambda content: keep(connection, content))
    _copy(connection, "exchange", "body", lambda content: keep(connection, content))
    _copy(connection, "retorno", "content", lambda content: keep(connection, content))
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
    connection: sqlite3.Connection, name: str, large: str, stored: Callable[[Any], int | bytes]
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
