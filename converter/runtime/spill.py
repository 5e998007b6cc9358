"""Files while they wait for one another: small in memory, however many there are.

Nothing is read twice: what a file says is kept, as it is or as a pickle of ours, in memory or in
an unnamed temporary file that goes when the run ends.
"""

import os
import pickle
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import IO, Any, Generic, Self, TypeVar

from converter.model.filerun import FileRun, InMemory, Stored, Understood

T = TypeVar("T")
F = TypeVar("F", bound=FileRun[Any])

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
class Spilled(Generic[T]):
    """A part as a stretch of the temporary file."""

    file: IO[bytes]
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


def portable(file: F) -> F:
    """The same file with nothing in it that is bound to this machine."""
    return _each(file, _portable)


class SpillBuffer:
    """Keeps files: as they are while they are few, then as pickles, then on disk."""

    def __init__(self) -> None:
        # In memory as long as it is small.
        self._file = tempfile.SpooledTemporaryFile(PICKLED_IN_MEMORY)  # noqa: SIM115 - closed with the buffer
        self._as_they_are = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

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
        start = self._file.seek(0, os.SEEK_END)
        self._file.write(part.content)
        return Spilled(self._file, start, len(part.content))


def _portable(part: Stored[object]) -> Stored[object]:
    if isinstance(part, InMemory | Pickled):
        return part
    return part.pickled() if isinstance(part, Spilled) else InMemory(part.load())


def _pickle(part: Stored[T]) -> Pickled[T]:
    return Pickled(pickle.dumps(part.load(), pickle.HIGHEST_PROTOCOL))


def _each(file: F, change: Callable[[Stored[object]], Stored[object]]) -> F:
    parts: dict[str, Any] = {
        name: change(part)
        for name in _PARTS
        if (part := getattr(file.phase, name, None)) is not None
    }
    return replace(file, phase=replace(file.phase, **parts))
