"""The command line: the only room that prints and chooses exit codes.

Whatever a command needs is imported inside it, so that `planilote --help` answers at once.
"""

from __future__ import annotations

from converter import terminal
from converter.cli import cancel, convert, folder, journal, lotes, mappings, page, simulate, watch
from converter.cli.group import main

__all__ = [
    "cancel",
    "convert",
    "folder",
    "journal",
    "lotes",
    "main",
    "mappings",
    "page",
    "simulate",
    "watch",
]


terminal.speak_portuguese()
