"""The step from version 1 to 2: facts kept under keys with a prefix move to tables of their own."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence

from converter.journal.steps import run

Row = tuple[object, ...]
_MOVES: Mapping[str, tuple[str, Callable[[str, str, str, str], Sequence[Row]]]] = {
    "parentes": (
        "related_file",
        lambda ambiente, name, value, at: [(ambiente, name, one) for one in json.loads(value)],
    ),
    "bytes": ("source_name", lambda ambiente, name, value, at: [(ambiente, name, value)]),
    "marca": (
        "file_mark",
        lambda ambiente, name, value, at: [(ambiente, name, *json.loads(value))],
    ),
    "corrigida": (
        "corrected_row",
        lambda ambiente, name, value, at: [(ambiente, *_row(name), value)],
    ),
    "ao-lado": (
        "whole_lote",
        lambda ambiente, name, value, at: [(ambiente, name, ref) for ref in json.loads(value)],
    ),
    "municipio": ("municipio", lambda codigo, name, value, at: [(codigo, value, at)]),
    "mapeamento": ("header_mapping", lambda header, name, value, at: [(header, value)]),
    "enviou-tudo": ("all_sent", lambda ambiente, name, value, at: [(ambiente, at)]),
}
"""For each prefix the table its facts go to and their rows there; keys were `prefix/first/name`."""


def migrate_facts(connection: sqlite3.Connection) -> None:
    """Make the tables and fill them from `memory`, which goes."""
    run(connection, "2-fatos.sql")
    for key, value, at in connection.execute("SELECT key, value, at FROM memory").fetchall():
        prefix, _, rest = key.partition("/")
        first, _, name = rest.partition("/")
        table, rows = _MOVES[prefix]
        for row in rows(first, name, value, at):
            places = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} VALUES ({places})", row)  # noqa: S608 - ours
    connection.execute("DROP TABLE memory")


def _row(name: str) -> Row:
    """File, SHA-256, sheet and row: the file as JSON text, so that none began another's key."""
    arquivo, end = json.JSONDecoder().raw_decode(name)
    sha256, row, planilha = name[end + 1 :].split("/", 2)
    return arquivo, sha256, planilha, int(row)
