"""What a file says, put together: read, mapped, validated, composed, and foreseen of its city."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from converter.history.equal_rows import equal_rows
from converter.history.related_files import marks
from converter.mapping.answers import answered
from converter.model.cells import Assumption, MappedSheet, RawBook
from converter.model.columns import Answered
from converter.model.filerun import Checked, Content, FileRun, InMemory, Source, Understood
from converter.model.notas import TypedSheet
from converter.model.problems import Problem, Severity
from converter.model.readfile import ReadFile
from converter.model.rows import KEY_PATHS, ComposedSheet
from converter.model.said import Said
from converter.runtime.config import RunConfig
from converter.schemas.catalogue import Kind, kind_of
from converter.stages.asked import followed
from converter.stages.foresee import foresee
from converter.stages.map import MappedBook
from converter.texts import catalogue

_SUMS = frozenset(
    {
        "base-calculo-ausente", "base-calculo-difere", "valor-iss-difere",
        "valor-iss-retido-difere", "valor-liquido-difere",
    }
)  # fmt: skip
"""What is told where the amounts of a row do not add up."""


def answers_for(config: RunConfig, said: Said, sha256: str) -> Answered:
    """All that is answered for one file: in itself, and in earlier ones with its headers."""
    return answered(config.answers, said.here, said.signatures, sha256)


def unreadable(file: FileRun[Any], problems: tuple[Problem, ...]) -> FileRun[Understood]:
    """A file of which nothing is known but what is wrong with it."""
    content = Content(file.arquivo, file.sha256, problems=problems)
    return file.to(Understood(InMemory(Source()), InMemory(content), InMemory(())))


def understood(cells: ReadFile, checked: Checked) -> Understood:
    """All that a file says by itself."""
    book = cells.book
    if book is not None and cells.data is not None and not checked.content.rejected:
        # The cells of a package are most of its memory, and few packages need them again.
        book = replace(book, sheets=())
    issuers = {issuer for sheet in checked.composed for issuer in set(sheet.prestador)}
    return Understood(
        source=InMemory(Source(book, cells.data)),
        content=InMemory(checked.content),
        objects=InMemory(tuple(sheet.objects for sheet in checked.composed)),
        mended=bool(cells.origins),
        to_mend=bool(checked.content.rejected),
        issuers=frozenset(filter(None, issuers)),
        chosen=checked.chosen,
        marks=marks(checked.composed),
        consultas=checked.consultas,
    )


def content_of(
    book: RawBook,
    cells: ReadFile,
    mapped: MappedBook,
    typed: Sequence[TypedSheet],
    composed: Sequence[ComposedSheet],
    asked: Sequence[Problem],
    config: RunConfig,
) -> Content:
    """What a book says, and what its cities would refuse of that.

    `cells` has what else was in its file, `asked` is what its rows still wait for.
    """
    of_cells = _judged(_of_cells(mapped.problems, typed), mapped)
    unread = set(_in_error([problem for problem in of_cells if problem.field in KEY_PATHS]))
    repeated = list(equal_rows(book.arquivo, composed, mapped.sheets, unread, config.severity))
    rejected = frozenset(
        (
            *((sheet.source.planilha, row) for sheet in typed for row in sheet.rejected),
            *_in_error([*asked, *repeated]),
            *_of_sheets(mapped.sheets, mapped.held | cells.said.held),
            *mapped.waiting,
        )
    )
    foreseen = foresee(
        list(zip(composed, typed, strict=True)),
        layouts=config.layouts,
        rejected=rejected,
        now=config.rules.now,
        severity=config.severity,
    )
    of_cells = _unsaid(of_cells, foreseen.problems)
    problems = (*cells.said.problems, *asked, *of_cells, *repeated, *foreseen.problems)
    return Content(
        arquivo=book.arquivo,
        sha256=book.sha256,
        sheets=tuple(map(_without_values, mapped.sheets)),
        rows=tuple(sheet.without_objects() for sheet in composed),
        problems=(*mapped.problems, *problems),
        problems_beyond=sum(sheet.problems_beyond for sheet in typed),
        rejected=rejected | foreseen.rejected,
        waiting=mapped.waiting,
        assumptions=tuple(map(catalogue.assumption, _assumptions(book, mapped, config))),
        origins=cells.origins,
        said=cells.said,
    )


def _assumptions(book: RawBook, mapped: MappedBook, config: RunConfig) -> Iterator[Assumption]:
    yield from book.assumptions
    yield from mapped.skipped
    for sheet in mapped.sheets:
        yield from sheet.assumptions
    yield from filter(None, map(followed, mapped.sheets))
    yield from config.changed


def _without_values(sheet: MappedSheet) -> MappedSheet:
    fields = {path: replace(field, values=()) for path, field in sheet.fields.items()}
    return replace(sheet, fields=fields, apart=())


def _in_error(problems: Sequence[Problem]) -> Iterator[tuple[str, int]]:
    for problem in problems:
        if problem.severity is Severity.ERRO and problem.row is not None:
            yield problem.planilha or "", problem.row


def _of_sheets(sheets: Sequence[MappedSheet], held: Collection[str]) -> Iterator[tuple[str, int]]:
    for sheet in sheets:
        if sheet.planilha in held:
            yield from ((sheet.planilha, row) for row in sheet.rows)


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


def _judged(problems: Sequence[Problem], mapped: MappedBook) -> list[Problem]:
    """What was told, less the sums of rows that wait to be told what one of their amounts is."""
    asked = {
        (one.planilha, one.coluna)
        for one in mapped.columns
        if any(kind_of(path) is Kind.MONEY for path in one.sugestoes)
    }
    waiting = {
        (one.planilha, row)
        for one in mapped.questions
        if (one.planilha, one.coluna) in asked
        for row in one.linhas
    }
    return [
        one for one in problems if one.code not in _SUMS or (one.planilha, one.row) not in waiting
    ]


def _unsaid(problems: Sequence[Problem], foreseen: Sequence[Problem]) -> list[Problem]:
    """What was told, less the warnings of a cell for which the city itself has a word."""
    said = {(one.planilha, one.row, one.field) for one in foreseen if one.row is not None}
    return [
        problem
        for problem in problems
        if problem.severity is Severity.ERRO
        or (problem.planilha, problem.row, problem.field) not in said
    ]
