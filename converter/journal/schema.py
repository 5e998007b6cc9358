"""The version of a journal: `user_version` holds the number of steps applied.

Large values stand last in their row: SQLite reads a row from its start, and a column behind a
payload costs reading the payload.
"""

import sqlite3
from collections.abc import Callable
from functools import partial

from converter.journal.steps import run
from converter.journal.steps.contents import migrate_contents
from converter.journal.steps.facts import migrate_facts

APPLICATION_ID = 0x706C6F74
STEPS: tuple[Callable[[sqlite3.Connection], object], ...] = (
    partial(run, script="1-tabelas.sql"),
    migrate_facts,
    migrate_contents,
    partial(run, script="4-consultas.sql"),
)
WITH_CHECKSUMS = 3
"""The version from which on each lote has its checksum."""


def version(connection: sqlite3.Connection) -> int:
    """How many steps the open file has been through; 0 for a new one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, last: int | None = None) -> None:
    """Bring the open file to the last step, or to an earlier one, each step whole or not at all."""
    for number in range(version(connection), len(STEPS) if last is None else last):
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            STEPS[number](connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number + 1}")
