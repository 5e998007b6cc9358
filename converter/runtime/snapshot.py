"""A file as a run saw it, put down in pieces for whoever shows it: the page of `planilote abrir`.

The cells lie on the disk a few hundred rows at a time, so that a page of them costs a moment and
no memory. The folder is this program's own and goes when it ends: it is read with pickle.
"""

import hashlib
import pickle
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from converter.model.cells import RawBook, RawValue
from converter.model.report import FileReport
from converter.runtime.memory import gc_paused

ROWS = 200
"""Rows in one piece."""
_TRIES, _PAUSE = 20, 0.05


class Pieces(NamedTuple):
    """Where the rows of one sheet lie: `starts` of each piece in the file; `rows` in all."""

    rows: int
    width: int
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One file: its report, whose book has its sheets without rows, and where those lie.

    `stem` is what its results are called. `sources` are the files that its rows were mended from;
    none unless it is a mended copy.
    """

    report: FileReport
    stem: str
    sources: frozenset[str]
    pieces: tuple[Pieces, ...] = ()
    cells: Path = Path()

    def rows(self, sheet: int, first: int, last: int) -> list[Sequence[RawValue]]:
        """The rows of a sheet (counted from 0) from Excel row `first` to `last`, both included."""
        pieces = self.pieces[sheet]
        start, stop = max(first, 1) - 1, min(last, pieces.rows)
        found: list[Sequence[RawValue]] = []
        with self.cells.open("rb") as stream:
            for number in range(start // ROWS, -(-stop // ROWS)):
                stream.seek(pieces.starts[number])
                found += pickle.load(stream)  # noqa: S301 - written by this program, for itself
        before = start // ROWS * ROWS
        return found[start - before : stop - before]

    def book(self) -> RawBook | None:
        """The whole book again."""
        book = self.report.book
        if book is None:
            return None
        sheets = (
            replace(sheet, rows=self.rows(number, 1, self.pieces[number].rows))
            for number, sheet in enumerate(book.sheets)
        )
        return replace(book, sheets=tuple(sheets))


def take(folder: Path, seen: Snapshot, book: RawBook | None) -> None:
    """Put a file down with the cells of `book`, in the place of what is there of an earlier run.

    Raises:
        OSError: The disk fails.
    """
    place = _place(folder, seen.report.arquivo)
    cells = place.with_suffix(f".{secrets.token_hex(4)}.cells")
    sheets = book.sheets if book else ()
    with cells.open("wb") as stream:
        pieces = []
        for sheet in sheets:
            starts = []
            for start in range(0, len(sheet.rows), ROWS):
                starts.append(stream.tell())
                pickle.dump(list(sheet.rows[start : start + ROWS]), stream, pickle.HIGHEST_PROTOCOL)
            width = max(map(len, sheet.rows), default=0)
            pieces.append(Pieces(len(sheet.rows), width, tuple(starts)))
    bare = book and replace(book, sheets=tuple(replace(sheet, rows=()) for sheet in sheets))
    report = replace(seen.report, book=bare)
    made = replace(seen, report=report, pieces=tuple(pieces), cells=cells)
    fresh = cells.with_suffix(".report")
    with fresh.open("wb") as stream:
        # Apart, and first: it is asked of every file at once.
        pickle.dump(seen.sources, stream, pickle.HIGHEST_PROTOCOL)
        pickle.dump(made, stream, pickle.HIGHEST_PROTOCOL)
    _put(fresh, place)
    for old in folder.glob(f"{place.name}.*.cells"):
        if old != cells:
            # Somebody may be reading it; it goes with the folder.
            with suppress(OSError):
                old.unlink()


def _put(fresh: Path, place: Path) -> None:
    """Give a file its name; Windows refuses while somebody reads the one that has it."""
    for _ in range(_TRIES):
        try:
            fresh.replace(place)
        except PermissionError:
            time.sleep(_PAUSE)
        else:
            return
    fresh.replace(place)


def stamp(folder: Path, arquivo: str) -> int | None:
    """What changes whenever a file is put down anew; None where it is not there."""
    try:
        return _place(folder, arquivo).stat().st_mtime_ns
    except OSError:
        return None


def read(folder: Path, arquivo: str) -> Snapshot | None:
    """A file as last put down; None where it is not there."""
    try:
        # Of millions of values none is garbage: looking for it takes most of the time.
        with _place(folder, arquivo).open("rb") as stream, gc_paused():
            pickle.load(stream)  # noqa: S301 - written by this program, for itself
            made: Snapshot = pickle.load(stream)  # noqa: S301 - the same
    except OSError:
        return None
    return made


def sources(folder: Path, arquivo: str) -> frozenset[str]:
    """The files that the rows of one were mended from; none where it is not there."""
    try:
        with _place(folder, arquivo).open("rb") as stream:
            found: frozenset[str] = pickle.load(stream)  # noqa: S301 - written by this program
    except OSError:
        return frozenset()
    return found


def _place(folder: Path, arquivo: str) -> Path:
    return folder / hashlib.sha256(arquivo.encode("utf-8", "surrogatepass")).hexdigest()[:32]
