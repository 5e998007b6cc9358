"""One run at a time per working folder.

The operating system holds the lock and drops it when a process dies, so a dead run never blocks
the next one. Beside it stands a note with the holder's pid and host, for the sentence the second
run shows, and because a lock of the system may not reach across a network share.
"""

import contextlib
import json
import os
import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from converter.errors import Abort

LOCK = "planilote.trava"
NOTE = "em-uso.json"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who works in a folder, as its note says."""

    pid: int
    host: str
    since: str


class FolderLock:
    """Held while used as a context manager; `folder` is `diario/`.

    After entering, `stale` is the holder of an earlier run of this machine that died, if any.

    Raises:
        Abort: Another run works in this folder, or one of another machine never said it ended.
    """

    def __init__(
        self,
        folder: Path,
        clock: Callable[[], datetime],
        *,
        pid: int | None = None,
        host: str | None = None,
    ) -> None:
        self._me = Holder(pid or os.getpid(), host or platform.node(), clock().isoformat())
        self._note = folder / NOTE
        self._lock = FileLock(folder / LOCK, timeout=0)
        self.stale: Holder | None = None

    def __enter__(self) -> Self:
        try:
            self._note.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout:
            raise self._busy(self._read()) from None
        except OSError as error:
            raise Abort("diario-somente-leitura", pasta=str(self._note.parent)) from error
        try:
            self._take()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._note.unlink(missing_ok=True)
        self._lock.release()

    def _take(self) -> None:
        found = self._read()
        if found is not None and found.host != self._me.host:
            raise self._busy(found)
        self.stale = found
        try:
            self._note.write_text(json.dumps(asdict(self._me)), encoding="utf-8")
        except OSError as error:
            raise Abort("diario-somente-leitura", pasta=str(self._note.parent)) from error

    def _read(self) -> Holder | None:
        try:
            found = json.loads(self._note.read_text(encoding="utf-8"))
            return Holder(int(found["pid"]), str(found["host"]), str(found["since"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _busy(self, holder: Holder | None) -> Abort:
        holder = holder or Holder(0, "?", "?")
        return Abort(
            "pasta-em-uso",
            pid=str(holder.pid or "?"),
            maquina=holder.host,
            desde=_moment(holder.since),
            arquivo=str(self._note),
        )


def _moment(text: str) -> str:
    try:
        return datetime.fromisoformat(text).strftime("%d/%m/%Y %H:%M")
    except ValueError:
        return "?"
