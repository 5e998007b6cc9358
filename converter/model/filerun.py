"""One file of `entrada/` on its way through the stages, and what is known of it at each phase.

A part of a file is reached by `load()`: while files wait for one another it may be a pickle, or
lie on the disk (`runtime/spill.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from converter.model.cells import MappedSheet, RawBook
from converter.model.consultas import Consulta
from converter.model.fate import Fates
from converter.model.history import FileHistory
from converter.model.notas import Lote, Prestador, TypedSheet
from converter.model.origem import Origem
from converter.model.outcome import LoteOutcome
from converter.model.problems import Problem
from converter.model.report import FileReport, Rendered
from converter.model.rows import ComposedSheet, SheetRows
from converter.model.said import NOTHING_SAID, Said

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
P = TypeVar("P")
Q = TypeVar("Q")


class Stored(Protocol[T_co]):
    """A part of a file, wherever it waits."""

    def load(self) -> T_co:
        """The part."""


@dataclass(frozen=True, slots=True)
class InMemory(Generic[T]):
    """A part as it is."""

    value: T

    def load(self) -> T:
        """The part."""
        return self.value


@dataclass(frozen=True, slots=True)
class FileRun(Generic[P]):
    """A file by its name under `entrada/`, and the phase it has come to.

    `Arrived`, `Understood`, `Decided`, `Settled`, `Reported`: each stage takes one and gives the
    next. `stem` is what its results are called in `saida/`.
    """

    arquivo: str
    sha256: str
    stem: str
    phase: P

    def to(self, phase: Q) -> FileRun[Q]:
        """The same file, a phase further."""
        return FileRun(self.arquivo, self.sha256, self.stem, phase)


@dataclass(frozen=True, slots=True)
class Arrived:
    """It lies in `entrada/`: its size and its bytes, or why they cannot be read after all."""

    size: int
    data: Stored[bytes | Problem]


@dataclass(frozen=True, slots=True)
class Source:
    """What the result of a file is made beside.

    `book` is None where the file could not be read. `data` is a package (xlsx, xlsm), which is
    written into again; of any other file the cells are all there is, and `data` is None. The
    cells of a package of which no row is to come back are read from `data` if they are wanted.
    """

    book: RawBook | None = None
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """What a file says: read, mapped, validated and composed.

    `sheets` tell where each field comes from; their values are in `rows`, and as JSON in the
    `objects` that go beside. `rejected` holds (sheet, Excel row) of rows with an error or that wait
    for an answer, `waiting` the latter; `origins` where each row of a mended workbook came from,
    `said` what it answers of what was asked. `assumptions` are finished sentences;
    `problems_beyond` counts problems found but not kept.
    """

    arquivo: str
    sha256: str
    sheets: tuple[MappedSheet, ...] = ()
    rows: tuple[SheetRows, ...] = ()
    problems: tuple[Problem, ...] = ()
    problems_beyond: int = 0
    rejected: frozenset[tuple[str, int]] = frozenset()
    assumptions: tuple[str, ...] = ()
    origins: Mapping[tuple[str, int], Origem] = field(default_factory=dict)
    said: Said = NOTHING_SAID
    waiting: frozenset[tuple[str, int]] = frozenset()


Objects = tuple[Sequence[str], ...]
"""For each sheet the `lista_nfse` item of each row, as canonical JSON text."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A book as far as it can be understood by itself: what it says, its rows typed and composed.

    `chosen` and `consultas` are those of `Understood`.
    """

    content: Content
    typed: Sequence[TypedSheet]
    composed: Sequence[ComposedSheet]
    chosen: Mapping[str, str]
    consultas: frozenset[Consulta]


@dataclass(frozen=True, slots=True)
class Understood:
    """All that the file says by itself, and what is asked of all files at once.

    `mended` tells that its rows came from other files, `to_mend` that some are to come back,
    `issuers` are its prestadores, `chosen` is the mapping the user named for each header
    signature, `marks` are identities by which copies of it are known, `consultas` what the API
    is still to be asked about its customers.
    """

    source: Stored[Source]
    content: Stored[Content]
    objects: Stored[Objects]
    mended: bool = False
    to_mend: bool = False
    issuers: frozenset[Prestador] = frozenset()
    chosen: Mapping[str, str] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()
    consultas: frozenset[Consulta] = frozenset()


@dataclass(frozen=True, slots=True)
class Decided:
    """It is known what becomes of its rows: `ready` are its lotes to send, `refs` all it is in."""

    source: Stored[Source]
    content: Stored[Content]
    history: FileHistory
    fates: Fates
    ready: tuple[Lote, ...]
    refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """Sending is over: `outcomes` are its lotes as they stand now."""

    source: Stored[Source]
    content: Stored[Content]
    history: FileHistory
    fates: Fates
    outcomes: tuple[LoteOutcome, ...]


@dataclass(frozen=True, slots=True)
class Reported:
    """Its report without cells, and everything that is written of it, as bytes.

    `summary` is what to answer where the file has nothing new next time (JSON); None where
    something in it still waits. `left` is that of its `FileHistory`.
    """

    report: FileReport
    rendered: Rendered
    summary: str | None
    left: bool
