"""The command line: the only room that prints and chooses exit codes.

Whatever a command needs is imported inside it, so that `planilote --help` answers at once.
"""
# ruff: noqa: F401 - each module has its commands join `main`

from converter import terminal
from converter.cli import convert, folder, lotes, mappings, running
from converter.cli.group import main as main

__all__ = ["main"]

terminal.speak_portuguese()
