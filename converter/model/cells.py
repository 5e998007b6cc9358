"""What a reader hands on: grids of raw values whose address is fixed once, here.

Row numbers and column letters are those Excel shows. They are given at reading and no later
stage recomputes them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from converter.model.columns import (
    ABOUT_THE_SHEET,
    COLUMN_QUESTION,
    NO_ANSWERS,
    Answers,
    ColumnReading,
    ColumnUse,
    Question,
)
from converter.model.problems import Problem, Severity


class FaultKind(StrEnum):
    """Why a cell that shows something has no value that can be trusted."""

    ERROR_VALUE = "erro"
    FORMULA_WITHOUT_VALUE = "formula-sem-valor"
    SURPLUS = "celulas-a-mais"


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be relied on: `#REF!`, a formula never calculated, a row parted wrongly.

    `readings` are the two ways to read a cell of a text file's row that has too many cells.
    """

    kind: FaultKind
    text: str
    readings: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Percent:
    """A number whose cell is formatted as a percentage: 0.03 shown as 3%."""

    fraction: float

    def __str__(self) -> str:
        return f"{self.fraction * 100:g}%".replace(".", ",")


class Formatted(float):
    """A number whose cell shows something else: fewer decimals than it has, or a currency.

    `places` are the decimals shown, None where all are; `currency` is a foreign one as the cell
    shows it (`US$`, `€`), empty for R$ and for none; `thousands` is how many times the number
    shown is divided by a thousand.
    """

    __slots__ = ("currency", "places", "thousands")
    places: int | None
    currency: str
    thousands: int

    def __new__(
        cls, number: float, places: int | None = None, currency: str = "", thousands: int = 0
    ) -> "Formatted":
        """Give the number with what its format makes of it."""
        made = super().__new__(cls, number)
        made.places = places
        made.currency = currency
        made.thousands = thousands
        return made

    def __reduce__(self) -> tuple[type["Formatted"], tuple[float, int | None, str, int]]:
        """Carry the format along: reading may happen in another process."""
        return Formatted, (float(self), self.places, self.currency, self.thousands)

    def __eq__(self, other: object) -> bool:
        """Tell apart the same number under two formats: a column keeps each distinct value once."""
        return isinstance(other, Formatted) and self.__reduce__() == other.__reduce__()

    def __ne__(self, other: object) -> bool:
        """Not `__eq__`; float brings one of its own."""
        return not self == other

    def __hash__(self) -> int:
        """Agree with `__eq__`."""
        return hash(self.__reduce__()[1])


RawValue = str | float | int | bool | date | datetime | time | timedelta | Fault | Percent | None


def is_blank(value: RawValue) -> bool:
    """True for nothing, and for text made of spaces only."""
    return value is None or (type(value) is str and not value.strip())


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a person sees on a sheet besides its values.

    `comments` are row, column and text of each comment on a cell, both counted from 1. `struck` are
    the rows with a value that is struck through. `paint` are the colours behind values, by row and
    column: of the rows that have any, all cells with a value, `""` where there is none.
    """

    comments: tuple[tuple[int, int, str], ...] = ()
    struck: frozenset[int] = frozenset()
    paint: Mapping[int, Mapping[int, str]] = field(default_factory=dict)


PLAIN = Appearance()


Range = tuple[int, int, int, int]
"""First row, first column, last row, last column: from 1, both ends included."""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet as read: `rows[i]` is Excel row `i + 1`, its item `j` is column `j` from A.

    Rows may be shorter than others; `""` and `None` are both blank. `merged` are the ranges shown
    as one cell, whose value is in their first and whose other cells are blank in `rows`.
    `hidden_rows` are those not shown; `hidden_by_filter` are those of them a filter leaves out, as
    far as the format tells (xlsx, xlsb and ods do). `zoned` are the columns, from 1, whose times
    had a zone mark behind: they are what the clock showed, and the mark is not heeded.
    `separator` parts the columns of a text file, and is empty elsewhere; `commas` are those of its
    columns, from 0, whose amounts had been parted at their decimal comma in every row. `tables` are
    the columns (`B:F`) of each table where several stand side by side: this is the one at `table`.
    `appearance` is what xlsx, xlsm and xls show besides; the other formats are not asked for it.
    """

    name: str
    rows: Sequence[Sequence[RawValue]]
    visible: bool = True
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_by_filter: frozenset[int] = frozenset()
    zoned: frozenset[int] = frozenset()
    separator: str = ""
    commas: tuple[int, ...] = ()
    tables: tuple[str, ...] = ()
    table: int = 0
    appearance: Appearance = PLAIN


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
    `literal` are texts it translates to themselves: they are what the note says, even `NULL`.
    """

    path: str
    values: Sequence[RawValue]
    column: SourceColumn | None = None
    format: str | None = None
    literal: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MappedSheet:
    """One recognised sheet: the fields by API path and what was left out, and why.

    `signature` is the fingerprint of its headers in their order, by which what the person said of
    them is remembered; `answers` is what was said.
    `apart` are the values of columns that number the rows, aligned with them: rows alike in all
    fields are one note twice only where these are alike too.
    `columns` says of every column with data what was understood of it; `questions` what only the
    person can say, `followed` what was said of these very rows.
    `repeated` is what the person said to be the customer of the row above: by row, then by column
    from A = 0, the values of its blank cells.
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
    apart: tuple[Sequence[RawValue], ...] = ()
    repeated: Mapping[int, Mapping[int, RawValue]] = field(default_factory=dict)
    followed: tuple[Question, ...] = ()

    def problem(
        self,
        code: str,
        severity: Severity,
        row: int | None = None,
        path: str | None = None,
        value: RawValue = None,
        **details: str,
    ) -> Problem:
        """A problem of a row, or of the sheet, at the column of a field where it has one."""
        known = self.fields.get(path or "")
        column = known.column if known else None
        return Problem(
            code,
            severity,
            self.arquivo,
            self.planilha,
            row,
            column.letter if column else None,
            column.header if column else None,
            path,
            None if value is None else str(value),
            details,
        )

    @property
    def row_questions(self) -> tuple[Question, ...]:
        """The questions answered in `Perguntas`, and not where the column is listed."""
        return tuple(each for each in self.questions if each.codigo != COLUMN_QUESTION)

    @property
    def asked_columns(self) -> tuple[ColumnReading, ...]:
        """The columns asked about where they are listed: no question about rows settles them."""
        waits = [each for each in self.row_questions if not each.resposta]
        letters = {each.coluna for each in waits if each.codigo not in ABOUT_THE_SHEET}
        named = [option for each in waits for option in each.opcoes]
        return tuple(
            each
            for each in self.columns
            if each.situacao is ColumnUse.PERGUNTA
            and each.coluna not in letters
            and not _is_named(each, named)
        )


def _is_named(column: ColumnReading, options: Sequence[str]) -> bool:
    """Whether an option of a question names a column by its header."""
    return bool(column.cabecalho) and any(column.cabecalho in option for option in options)
