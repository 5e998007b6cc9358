"""What the journal says of a file and of each of its rows, before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from converter.model.origem import Origem
from converter.model.problems import Problem
from converter.model.rows import RowRef

LINHA_ALTERADA = "linha-alterada"
"""The code of the problem of a row that changed after it was sent."""


class RowHistory(StrEnum):
    """What the journal says of a row of a file.

    `IN_LOTE`: sent from this file, or to be sent. `REFUSED`: refused alone by the prefeitura, and
    not changed since. `REPEATED`: another file has it in a lote. `CORRECTED`: in error here, and
    sent as corrected in another file. `EDITED`: like a sent row that is here no more.
    """

    NEW = "new"
    IN_LOTE = "in a lote"
    REFUSED = "refused"
    REPEATED = "repeated"
    CORRECTED = "corrected"
    EDITED = "edited"


class First(NamedTuple):
    """Where a repeated row appeared first; `corrected` when that is this row, corrected."""

    arquivo: str
    planilha: str
    row: int
    ref: str
    numero: str | None = None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is to be written down of a file.

    `related` are other files. By ref, `moved` says where rows of lotes that become this file's own
    stand now, `released` which rows the user wants sent again, `held` how many good rows of this
    file a lote has; rows are named by their identity. `claimed` are those in a lote, `mended` those
    that came from another file, with their origin, where no correction of that is known yet.
    `whole` are lotes of which no row that came from another file is to correct.
    """

    related: frozenset[str] = frozenset()
    moved: Mapping[str, Mapping[str, RowRef]] = field(default_factory=dict)
    released: Mapping[str, Collection[str]] = field(default_factory=dict)
    held: Mapping[str, int] = field(default_factory=dict)
    claimed: frozenset[str] = frozenset()
    mended: Sequence[tuple[Origem, str]] = ()
    whole: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FileHistory:
    """What the journal says of one file.

    `rows` says it of every row, sheet by sheet; `firsts` holds the first appearance of its repeated
    rows, `refs` the lotes its rows are in. `edited` are rows that changed after they were sent,
    `problems` say so at their cells; `corrected` are those that were sent as corrected in another
    file. `left` tells that rows sent from the file are in it no more.
    """

    rows: Sequence[Sequence[RowHistory]] = ()
    firsts: Mapping[RowRef, First] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    edited: frozenset[RowRef] = frozenset()
    corrected: frozenset[RowRef] = frozenset()
    left: bool = False
    refs: tuple[str, ...] = ()
    learnt: Learnt = Learnt()

    def lean(self) -> FileHistory:
        """The same once its rows have fates and what was learnt is written down.

        Its lotes are those of `Decided` then, which has the new ones too.
        """
        return replace(self, rows=(), refs=(), learnt=Learnt())
