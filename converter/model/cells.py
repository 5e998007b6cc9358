"""What a reader hands on: grids of raw values whose address is fixed once, here.

Row numbers and column letters are those Excel shows. They are given at reading and no later
stage recomputes them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from converter.model.columns import COLUMN_QUESTION, NO_ANSWERS, Answers, ColumnReading, Question


class FaultKind(StrEnum):
    """Why a cell that shows something has no value that can be trusted."""

    ERROR_VALUE = "erro"
    FORMULA_WITHOUT_VALUE = "formula-sem-valor"


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell Excel could not compute: `#REF!`, `#N/A`, or a formula never calculated."""

    kind: FaultKind
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Percent:
    """A number whose cell is formatted as a percentage: 0.03 shown as 3%."""

    fraction: float

    def __str__(self) -> str:
        return f"{self.fraction * 100:g}%".replace(".", ",")


RawValue = str | float | int | bool | date | datetime | time | timedelta | Fault | Percent | None


def is_blank(value: RawValue) -> bool:
    """True for nothing, and for text made of spaces only."""
    return value is None or (type(value) is str and not value.strip())


Range = tuple[int, int, int, int]
"""First row, first column, last row, last column: from 1, both ends included."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet as read: `rows[i]` is Excel row `i + 1`, its item `j` is column `j` from A.

    Rows may be shorter than others; `""` and `None` are both blank. `merged` are the ranges shown
    as one cell, whose value is in their first and whose other cells are blank in `rows`.
    `hidden_rows` are those not shown; `hidden_by_filter` are those of them a filter leaves out, as
    far as the format tells (xlsx, xlsb and ods do).
    """

    name: str
    rows: Sequence[Sequence[RawValue]]
    visible: bool = True
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_by_filter: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something reading or mapping decided by itself; told in `Resumo`, in these words."""

    code: str
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawBook:
    """A file of `entrada/` as read. `arquivo` is its path relative to `entrada/`, with `/`."""

    arquivo: str
    sha256: str
    size: int
    format: str
    sheets: tuple[RawSheet, ...]
    assumptions: tuple[Assumption, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceColumn:
    """Where a field comes from: the column's letter and its header as typed."""

    letter: str
    header: str


@dataclass(frozen=True, slots=True)
class MappedField:
    """The raw values of one API path, aligned with `MappedSheet.rows`.

    `column` is None for a constant or a default that no column carries. `format` is what the
    mapping says of the column (`"dd/mm/aaaa"`, `"1.234,56"`, `"fracao"`), None when it is silent.
    """

    path: str
    values: Sequence[RawValue]
    column: SourceColumn | None = None
    format: str | None = None


@dataclass(frozen=True, slots=True)
class MappedSheet:
    """One recognised sheet: the fields by API path and what was left out, and why.

    `signature` is the fingerprint of its headers in their order, by which what the person said of
    them is remembered; `answers` is what was said.
    `columns` says of every column with data what was understood of it; `questions` what only the
    person can say.
    """

    arquivo: str
    planilha: str
    mapeamento: str
    header_row: int
    rows: Sequence[int]
    fields: Mapping[str, MappedField]
    ignored: tuple[SourceColumn, ...] = ()
    blank_rows: int = 0
    total_rows: tuple[int, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    signature: str = ""
    answers: Answers = NO_ANSWERS
    columns: tuple[ColumnReading, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def row_questions(self) -> tuple[Question, ...]:
        """The questions answered in `Perguntas`, and not where the column is listed."""
        return tuple(each for each in self.questions if each.codigo != COLUMN_QUESTION)
