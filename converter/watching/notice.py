"""A notice on the desktop, where the system has one; it may be missed and never fails a run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

PATIENCE = 10.0
"""Seconds after which a system that does not show a notice is left alone."""
_TEXT = "PLANILOTE_AVISO"
_TOAST = Path(__file__).with_name("toast.ps1")
_APPLE = 'on run words\ndisplay notification (item 1 of words) with title "planilote"\nend run'


class _Shown(NamedTuple):
    """A program that shows a notice; the text never stands where it would be obeyed."""

    words: tuple[str, ...]
    environ: Mapping[str, str]


def notify(text: str) -> None:
    """Show a text on the desktop; nothing happens where that cannot be done."""
    shown = _command(sys.platform, text)
    program = shutil.which(shown.words[0])
    if program is None:
        return
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(  # noqa: S603 - a program of the system, the text in a place of its own
            [program, *shown.words[1:]],
            env={**os.environ, **shown.environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )


def _command(platform: str, text: str) -> _Shown:
    if platform == "win32":
        script = _TOAST.read_text("utf-8")
        words = ("powershell.exe", "-NoProfile", "-NonInteractive", "-Command", script)
        return _Shown(words, {_TEXT: text})
    if platform == "darwin":
        return _Shown(("osascript", "-e", _APPLE, text), {})
    return _Shown(("notify-send", "--app-name=planilote", "--", "planilote", text), {})
