"""Files while they wait for one another: small in memory, however many there are.

Nothing is read twice: what a file says is kept, as it is or as a pickle of ours, in memory or in
an unnamed temporary file that goes when the run ends.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, Generic, Self, TypeVar

from converter.model.filerun import Arrived, FileRun, InMemory, Settled, Stored, Understood

T = TypeVar("T")
P = TypeVar("P", Arrived, Understood, Settled)

IN_MEMORY = 4 * 1024 * 1024
"""Bytes of source files whose cells wait as they are; cells take some fifty times their file."""
PICKLED_IN_MEMORY = 64 * 1024 * 1024
"""Bytes of pickles that wait in memory."""
_PARTS = ("data", "source", "content", "objects")


@dataclass(frozen=True, slots=True)
class Pickled(Generic[T]):
    """A part as the bytes of its pickle."""

    content: bytes

    def load(self) -> T:
        """The part."""
        found: T = pickle.loads(self.content)  # noqa: S301 - written by this very run
        return found


@dataclass(frozen=True, slots=True)
class OnDisk(Generic[T]):
    """A part as a stretch of the temporary file."""

    file: BinaryIO
    start: int
    size: int

    def load(self) -> T:
        """The part."""
        return self.pickled().load()

    def pickled(self) -> Pickled[T]:
        """The part as bytes, which may travel."""
        self.file.seek(self.start)
        return Pickled(self.file.read(self.size))


def packed(file: FileRun[Understood]) -> FileRun[Understood]:
    """The same file with its parts as pickles."""
    return _each(file, lambda part: _pickle(part) if isinstance(part, InMemory) else part)


def portable(file: FileRun[P]) -> FileRun[P]:
    """The same file with nothing in it that is bound to this machine."""
    return _each(file, _portable)


class SpillBuffer:
    """Keeps files: as they are while they are few, then as pickles, then on disk."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._file: BinaryIO | None = None
        self._as_they_are = 0
        self._pickled = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def keep(self, file: FileRun[Understood]) -> FileRun[Understood]:
        """The same, where it takes little memory.

        Raises:
            OSError: The disk of temporary files is full.
        """
        source = file.phase.source
        if isinstance(source, InMemory):
            size = source.value.book.size if source.value.book else 0
            if self._as_they_are == 0 or self._as_they_are + size <= IN_MEMORY:
                self._as_they_are += size
                return file
        return _each(packed(file), self._put)

    def _put(self, part: Stored[object]) -> Stored[object]:
        if not isinstance(part, Pickled):
            return part
        size = len(part.content)
        if self._pickled + size <= PICKLED_IN_MEMORY:
            self._pickled += size
            return part
        if self._file is None:
            file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the buffer
            self._file = self._stack.enter_context(file)
        start = self._file.seek(0, 2)
        self._file.write(part.content)
        return OnDisk(self._file, start, size)


def _portable(part: Stored[object]) -> Stored[object]:
    if isinstance(part, InMemory | Pickled):
        return part
    return part.pickled() if isinstance(part, OnDisk) else InMemory(part.load())


def _pickle(part: Stored[T]) -> Pickled[T]:
    return Pickled(pickle.dumps(part.load(), pickle.HIGHEST_PROTOCOL))


def _each(file: FileRun[P], change: Callable[[Stored[object]], Stored[object]]) -> FileRun[P]:
    parts: dict[str, Any] = {
        name: change(part)
        for name in _PARTS
        if (part := getattr(file.phase, name, None)) is not None
    }
    return file.to(replace(file.phase, **parts))
