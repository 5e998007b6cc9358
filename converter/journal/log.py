"""`diario/planilote.log`: a line per event, without personal data and without tokens.

A line is a moment, the event, and `name=value` facts. Only codes, refs, counts and sizes are
written: a value that is not one of those is replaced by its length.
"""

import logging
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import walk_tb
from typing import Self

SIZE = 1_000_000
KEPT = 5
_PLAIN = re.compile(r"[a-z]{1,16}(?:[-_][a-z]{1,16})*|-?\d{1,10}(?:\.\d{1,6})?")
_REF = re.compile(r"pl[0-9a-f]{30}")


class EventLog:
    """Call it with an event and its facts. A context manager; a full disk never stops a run."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._clock = clock
        self._handler = _Quiet(path, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._handler.close()

    def __call__(self, event: str, **facts: object) -> None:
        """Write one line."""
        shown = " ".join(f"{name}={_shown(value)}" for name, value in facts.items())
        self._write(f"{event} {shown}".rstrip())

    def trace(self, lines: str) -> None:
        """Write where the program broke, as `trace_of` tells it."""
        self._write(f"defeito\n{lines}")

    def _write(self, text: str) -> None:
        moment = self._clock().isoformat(timespec="milliseconds")
        record = logging.LogRecord("planilote", logging.INFO, "", 0, f"{moment} {text}", None, None)
        self._handler.handle(record)


def trace_of(error: BaseException) -> str:
    """Where an error came from, line by line, without what it says: that may quote a cell."""
    return "\n".join(_trace(error))


def place_of(error: BaseException) -> str:
    """The innermost line of ours that an error came from, as `converter/stages/map.py:120`."""
    steps = walk_tb(error.__traceback__)
    places = [_place(frame.f_code.co_filename, line) for frame, line in steps]
    ours = [place for place in places if place.startswith("converter/")]
    return next(reversed(ours or places), "")


def _trace(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or error.__context__
    if cause is not None:
        yield from _trace(cause)
    for frame, line in walk_tb(error.__traceback__):
        yield f"  {_place(frame.f_code.co_filename, line)} {frame.f_code.co_name}"
    yield f"  {type(error).__name__} <{len(str(error))}>"


def _place(filename: str, line: int) -> str:
    """A line of code by the path inside its package: the rest names somebody's folders."""
    parts = Path(filename).parts
    roots = [number for number, part in enumerate(parts) if part in {"converter", "site-packages"}]
    start = roots[-1] + (parts[roots[-1]] == "site-packages") if roots else len(parts) - 1
    return f"{'/'.join(parts[start:])}:{line}"


class _Quiet(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - named by logging
        """The journal is what must not fail; the log may."""


def _shown(value: object) -> str:
    text = str(value)
    return text if _REF.fullmatch(text) or _PLAIN.fullmatch(text) else f"<{len(text)}>"
