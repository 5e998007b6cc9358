"""`diario/planilote.log`: a line per event, without personal data and without tokens.

A line is a moment, the event, and `name=value` facts. Only codes, refs, counts and sizes are
written: a value that is not one of those is replaced by its length.
"""

import logging
import re
from collections.abc import Callable
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
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
        moment = self._clock().isoformat(timespec="milliseconds")
        said = " ".join(f"{name}={_shown(value)}" for name, value in facts.items())
        record = logging.LogRecord(
            "planilote", logging.INFO, "", 0, f"{moment} {event} {said}".rstrip(), None, None
        )
        self._handler.handle(record)


class _Quiet(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - named by logging
        """The journal is what must not fail; the log may."""


def _shown(value: object) -> str:
    text = str(value)
    return text if _REF.fullmatch(text) or _PLAIN.fullmatch(text) else f"<{len(text)}>"
