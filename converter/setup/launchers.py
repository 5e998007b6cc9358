"""Files to double-click: they run planilote in their own folder and keep the window open."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_TEMPLATES = Path(__file__).with_name("launchers")
EXECUTABLE = frozenset({".command", ".desktop", ".sh"})
"""Endings of files that Linux and macOS start only with the permission to run."""


@dataclass(frozen=True, slots=True)
class Command:
    """How this installation is started, word by word: a Python and `-m converter`, or a program."""

    words: tuple[str, ...]

    @classmethod
    def of_this_installation(cls) -> Command:
        """The command that started us."""
        if getattr(sys, "frozen", False):
            return cls((sys.executable,))
        return cls((sys.executable, "-m", "converter"))

    @property
    def posix(self) -> str:
        """The words for a POSIX shell."""
        return shlex.join(self.words)

    @property
    def windows(self) -> str:
        """The words for `cmd.exe`, where a percent sign in a path would be a variable's."""
        return " ".join(f'"{word}"' for word in self.words).replace("%", "%%")


def files(command: Command) -> Mapping[str, bytes]:
    """The launchers by file name, in UTF-8; the `.bat` switches its window to it."""
    made: dict[str, bytes] = {}
    for path in sorted(_TEMPLATES.iterdir()):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".bat":
            text = text.replace("{planilote}", command.windows).replace("\n", "\r\n")
        else:
            text = text.replace("{planilote}", command.posix)
        made[path.name] = text.encode("utf-8")
    return made
