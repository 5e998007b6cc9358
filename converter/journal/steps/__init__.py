"""The steps from each version of the journal to the next: its tables in SQL, what moves in Python.

A step, once released, is never edited, nor read from a later one: the next change is a new step.
"""

import sqlite3
from pathlib import Path


def run(connection: sqlite3.Connection, script: str) -> None:
    """Execute a script of this folder inside the transaction that is open."""
    text = Path(__file__).with_name(script).read_text(encoding="utf-8")
    for statement in filter(str.strip, text.split(";\n")):
        connection.execute(statement)
