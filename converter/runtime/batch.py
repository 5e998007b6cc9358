"""What one file says by itself: the stages that need neither the journal nor the API.

They run anywhere: in this process, in others, on another machine. Bytes go in, values come out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from converter.mapping.answers import answered
from converter.model.cells import MappedSheet, RawBook
from converter.model.notas import TypedSheet
from converter.model.origem import Origem
from converter.model.problems import Problem, Severity
from converter.model.progress import Progress, Step, Tell, unheard
from converter.model.rows import ComposedSheet
from converter.model.said import NOTHING_SAID, Said
from converter.runtime.config import Policies
from converter.stages.answers import followed, left_open, read_answers, unanswered
from converter.stages.compose import KEY_PATHS, compose
from converter.stages.map import MappedBook, map_book
from converter.stages.read import read
from converter.stages.validate import validate
from converter.stages.write import PACKAGES
from converter.texts import catalogue
from converter.workbook.origin import corrigir_origin


@dataclass(frozen=True, slots=True)
class FileWork:
    """A file to work on: its name under `entrada/` and its bytes."""

    arquivo: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a file says. `book` is None where it could not be read.

    A book all of whose rows may go comes without its cells; `book_of` reads them again.

    `sheets` come without their values: what those said is in `composed`. `rejected` holds (sheet,
    Excel row) of rows with an error or that wait for an answer, `waiting` the latter; `origins`
    where each row of a mended workbook came from; `chosen` the mapping the user named for each
    header signature.
    """

    work: FileWork
    book: RawBook | None = None
    sheets: tuple[MappedSheet, ...] = ()
    composed: tuple[ComposedSheet, ...] = ()
    problems: tuple[Problem, ...] = ()
    problems_beyond: int = 0
    rejected: frozenset[tuple[str, int]] = frozenset()
    waiting: frozenset[tuple[str, int]] = frozenset()
    assumptions: tuple[str, ...] = ()
    origins: Mapping[tuple[str, int], Origem] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    said: Said = NOTHING_SAID


def prepare(work: FileWork, policies: Policies, tell: Tell = unheard) -> Prepared:
    """Read, map, validate and compose one file; `tell` hears of each step."""
    tell(Progress(work.arquivo, Step.LENDO))
    found = read(work.data, work.arquivo)
    if found.book is None:
        return Prepared(work, problems=found.problems)
    book, said = read_answers(found.book)
    book, origins = corrigir_origin(book)
    return _from_cells(work, book, origins, said, policies, tell)


def book_of(work: FileWork) -> RawBook | None:
    """The cells of a file again, where they were let go."""
    found = read(work.data, work.arquivo).book
    return found and corrigir_origin(read_answers(found)[0])[0]


def prepare_again(prepared: Prepared, policies: Policies, tell: Tell = unheard) -> Prepared:
    """The same file under other policies, without reading it again where its cells are kept."""
    if prepared.book is None:
        return prepared
    if not prepared.book.sheets:
        return prepare(prepared.work, policies, tell)
    return _from_cells(
        prepared.work, prepared.book, prepared.origins, prepared.said, policies, tell
    )


def _from_cells(
    work: FileWork,
    book: RawBook,
    origins: Mapping[tuple[str, int], Origem],
    said: Said,
    policies: Policies,
    tell: Tell,
) -> Prepared:
    mapped = map_book(
        book,
        policies.mappings,
        choice=policies.choice,
        defaults=policies.defaults,
        remembered=policies.remembered,
        answered=answered(policies.answers, said.here, said.signatures, work.sha256),
        tomadores=policies.tomadores,
    )
    mapped, asked = _still_asked(mapped, said)
    rows = sum(len(sheet.rows) for sheet in mapped.sheets)
    tell(Progress(work.arquivo, Step.CONFERINDO, rows))
    typed = [validate(sheet, policies.rules) for sheet in mapped.sheets]
    tell(Progress(work.arquivo, Step.MONTANDO))
    composed = compose(typed)
    of_cells = _of_cells(mapped.problems, typed)
    rejected = {(sheet.source.planilha, row) for sheet in typed for row in sheet.rejected}
    repeated = _repeated(work.arquivo, composed, policies, of_cells)
    problems = (*mapped.problems, *said.problems, *asked, *of_cells, *repeated)
    rejected |= {
        (problem.planilha or "", problem.row)
        for problem in (*asked, *repeated)
        if problem.severity is Severity.ERRO and problem.row is not None
    }
    rejected |= {
        (sheet.planilha, row)
        for sheet in mapped.sheets
        if sheet.planilha in mapped.held | said.held
        for row in sheet.rows
    }
    rejected |= mapped.waiting
    package = book.format in PACKAGES
    return Prepared(
        # Only a package is written into again; of other files the cells are all there is. Of a
        # package they are needed where some row is to come back, and are most of its memory.
        work=work if package else replace(work, data=b""),
        book=book if rejected or not package else replace(book, sheets=()),
        sheets=tuple(map(_without_values, mapped.sheets)),
        composed=composed,
        problems=problems,
        problems_beyond=sum(sheet.problems_beyond for sheet in typed),
        rejected=frozenset(rejected),
        waiting=mapped.waiting,
        assumptions=tuple(
            catalogue.assumption(said)
            for said in (
                *book.assumptions,
                *mapped.skipped,
                *(said for sheet in mapped.sheets for said in sheet.assumptions),
                *filter(None, map(followed, mapped.sheets)),
                *policies.changed,
            )
        ),
        origins=origins,
        chosen=mapped.chosen,
        said=said,
    )


def _still_asked(mapped: MappedBook, said: Said) -> tuple[MappedBook, list[Problem]]:
    """The book with the questions its rows brought along, and a problem at each of those rows."""
    sheets: list[MappedSheet] = []
    problems: list[Problem] = []
    for sheet in mapped.sheets:
        brought = left_open(sheet, said)
        problems.extend(unanswered(sheet, brought))
        sheets.append(replace(sheet, questions=(*sheet.questions, *brought)))
    return replace(mapped, sheets=tuple(sheets)), problems


def _without_values(sheet: MappedSheet) -> MappedSheet:
    fields = {path: replace(field, values=()) for path, field in sheet.fields.items()}
    return replace(sheet, fields=fields)


def _of_cells(told: Sequence[Problem], sheets: Sequence[TypedSheet]) -> list[Problem]:
    """What validation adds to what mapping told: no column twice, nothing of a guessed header."""
    columns = {(problem.planilha, problem.field) for problem in told}
    guessed = {problem.planilha for problem in told if problem.code == "mapeamento-ambiguo"}
    return [
        problem
        for sheet in sheets
        for problem in sheet.problems
        if problem.planilha not in guessed
        and (problem.row is not None or (problem.planilha, problem.field) not in columns)
    ]


def _repeated(
    arquivo: str,
    sheets: Sequence[ComposedSheet],
    policies: Policies,
    told: Sequence[Problem],
) -> list[Problem]:
    """Rows equal to one above them; none where a cell that could tell them apart was not read."""
    unread = {
        (problem.planilha, problem.row)
        for problem in told
        if problem.severity is Severity.ERRO and problem.field in KEY_PATHS
    }
    problems: list[Problem] = []
    for sheet in sheets:
        for row, first, key in zip(sheet.rows, sheet.repeats, sheet.key, strict=True):
            if first is None or unread & {(sheet.planilha, row), first}:
                continue
            code = "referencia-repetida" if key.referencia else "linha-repetida"
            severity = policies.severity(code)
            if severity is None:
                continue
            details = {"planilha_primeira": first[0], "primeira": str(first[1])}
            if key.referencia:
                details["referencia"] = key.referencia
            problems.append(Problem(code, severity, arquivo, sheet.planilha, row, details=details))
    return problems
