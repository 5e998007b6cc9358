"""Prepared files while they wait for the others: small in memory, however many there are.

Nothing is read twice: what a file held is kept, as it is or as a pickle of ours, in memory or in
an unnamed temporary file that goes when the run ends.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import BinaryIO, Self

from converter.model.notas import Prestador
from converter.model.rows import ComposedSheet
from converter.runtime.batch import Prepared

IN_MEMORY = 4 * 1024 * 1024
"""Bytes of source files whose cells wait as they are; cells take some fifty times their file."""
PICKLED_IN_MEMORY = 64 * 1024 * 1024
"""Bytes of pickles that wait in memory."""
_MARKS = 50


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of the temporary file."""

    file: BinaryIO
    start: int
    size: int

    def read(self) -> bytes:
        """Bring the bytes back."""
        self.file.seek(self.start)
        return self.file.read(self.size)


@dataclass(frozen=True, slots=True)
class Packed:
    """A prepared file as bytes: `digest` is all but its cells, `whole` all but its payloads."""

    digest: bytes | Slot
    whole: bytes | Slot


@dataclass(frozen=True, slots=True)
class Folded:
    """A prepared file and what is asked of all files at once, without opening each.

    `mended` tells that its rows came from other files, `chosen` is the mapping the user named for
    each header signature, `issuers` are its prestadores, `rejected` tells that some of its rows
    are to be mended, `marks` are identities by which copies of it are known.
    """

    arquivo: str
    sha256: str
    mended: bool
    chosen: Mapping[str, str]
    issuers: frozenset[Prestador]
    rest: Prepared | Packed
    rejected: bool = False
    marks: frozenset[str] = frozenset()

    def digest(self) -> Prepared:
        """The file as prepared; its bytes and cells may be missing."""
        return self.rest if isinstance(self.rest, Prepared) else _opened(self.rest.digest)

    def whole(self) -> Prepared:
        """The file as prepared with its bytes and cells; its payloads may be missing."""
        return self.rest if isinstance(self.rest, Prepared) else _opened(self.rest.whole)

    def settled(self) -> Folded:
        """The same once its payloads are in lotes."""
        if isinstance(self.rest, Prepared):
            return replace(self, rest=_without_payloads(self.rest))
        return replace(self, rest=Packed(b"", self.rest.whole))

    def to_travel(self) -> Folded:
        """The same as plain bytes."""
        if isinstance(self.rest, Prepared):
            return packed(self)
        return replace(self, rest=Packed(_bytes(self.rest.digest), _bytes(self.rest.whole)))


def fold(prepared: Prepared) -> Folded:
    """A prepared file, ready to wait."""
    return Folded(
        arquivo=prepared.work.arquivo,
        sha256=prepared.work.sha256,
        mended=bool(prepared.origins),
        rejected=bool(prepared.rejected),
        marks=marks(prepared.composed),
        chosen=prepared.chosen,
        issuers=frozenset(
            issuer
            for sheet in prepared.composed
            for issuer in set(sheet.prestador)
            if issuer is not None
        ),
        rest=prepared,
    )


def marks(sheets: Sequence[ComposedSheet]) -> frozenset[str]:
    """The smallest identities of a file: copies that differ in a few rows have most of them."""
    return frozenset(
        nsmallest(_MARKS, {identity[:16] for sheet in sheets for identity in sheet.identity})
    )


def packed(folded: Folded) -> Folded:
    """The same as bytes."""
    if not isinstance(folded.rest, Prepared):
        return folded
    prepared = folded.rest
    digest = replace(
        prepared,
        work=replace(prepared.work, data=b""),
        book=prepared.book and replace(prepared.book, sheets=()),
    )
    whole = _without_payloads(prepared)
    return replace(folded, rest=Packed(_pickled(digest), _pickled(whole)))


class WaitingRoom:
    """Keeps folded files: as they are while they are few, then as pickles, then on disk."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._file: BinaryIO | None = None
        self._as_they_are = 0
        self._pickled = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def keep(self, folded: Folded) -> Folded:
        """The same, where it takes little memory.

        Raises:
            OSError: The disk of temporary files is full.
        """
        if isinstance(folded.rest, Prepared):
            size = folded.rest.book.size if folded.rest.book else 0
            if self._as_they_are == 0 or self._as_they_are + size <= IN_MEMORY:
                self._as_they_are += size
                return folded
            folded = packed(folded)
        if not isinstance(folded.rest, Packed):
            return folded
        rest = Packed(self._put(folded.rest.digest), self._put(folded.rest.whole))
        return replace(folded, rest=rest)

    def _put(self, content: bytes | Slot) -> bytes | Slot:
        if isinstance(content, Slot):
            return content
        if self._pickled + len(content) <= PICKLED_IN_MEMORY:
            self._pickled += len(content)
            return content
        if self._file is None:
            file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the room
            self._file = self._stack.enter_context(file)
        start = self._file.seek(0, 2)
        self._file.write(content)
        return Slot(self._file, start, len(content))


def _without_payloads(prepared: Prepared) -> Prepared:
    composed = tuple(replace(sheet, objects=[]) for sheet in prepared.composed)
    return replace(prepared, composed=composed)


def _pickled(prepared: Prepared) -> bytes:
    return pickle.dumps(prepared, pickle.HIGHEST_PROTOCOL)


def _bytes(content: bytes | Slot) -> bytes:
    return content.read() if isinstance(content, Slot) else content


def _opened(content: bytes | Slot) -> Prepared:
    found = pickle.loads(_bytes(content))  # noqa: S301 - written by this very run
    if not isinstance(found, Prepared):
        raise TypeError(type(found))
    return found
