"""What is kept of a file once it was read, mapped, validated and composed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from converter.history.related_files import marks
from converter.model.cells import MappedSheet, RawBook
from converter.model.filerun import Arrived, Content, FileRun, InMemory, Objects, Source, Understood
from converter.model.notas import TypedSheet
from converter.model.problems import Problem, Severity
from converter.model.progress import Progress, Step, Tell
from converter.model.rows import KEY_PATHS, ComposedSheet
from converter.runtime.config import RunConfig
from converter.stages.map import MappedBook
from converter.stages.read import Read, read
from converter.stages.write import PACKAGES
from converter.texts import catalogue

_NO_OBJECTS: Objects = ()

Question = FileRun[Arrived] | FileRun[Understood]
"""A file to be understood, or one to be understood anew under another configuration."""


def cells_of(file: Question, tell: Tell) -> Read:
    """The cells of a file: those that were kept, or read from its bytes; `tell` hears of that."""
    if isinstance(file.phase, Arrived):
        data = file.phase.data.load()
    else:
        source = file.phase.source.load()
        content = file.phase.content.load()
        if source.book is None:
            return Read(None, content.problems)
        if source.book.sheets or source.data is None:
            return Read(source.book, origins=content.origins)
        data = source.data
    if isinstance(data, Problem):
        return Read(None, (data,))
    tell(Progress(file.arquivo, Step.LENDO))
    return read(data, file.arquivo)


def read_again(data: bytes | None, arquivo: str) -> RawBook | None:
    """The cells of a package, where they were let go and turn out to be wanted."""
    return None if data is None else read(data, arquivo).book


def unreadable(file: FileRun[Any], problems: tuple[Problem, ...]) -> FileRun[Understood]:
    """A file of which nothing is known but what is wrong with it."""
    content = Content(
        arquivo=file.arquivo,
        sha256=file.sha256,
        sheets=(),
        rows=(),
        problems=problems,
        problems_beyond=0,
        rejected=frozenset(),
        assumptions=(),
        origins={},
        chosen={},
    )
    return file.to(Understood(InMemory(Source()), InMemory(content), InMemory(_NO_OBJECTS)))


def understood(
    file: Question,
    found: Read,
    mapped: MappedBook,
    typed: Sequence[TypedSheet],
    composed: Sequence[ComposedSheet],
    config: RunConfig,
) -> FileRun[Understood]:
    """A file with all that it says by itself."""
    book = found.book
    if book is None:
        raise TypeError("a file without cells says nothing")
    of_cells = _of_cells(mapped.problems, typed)
    repeated = list(_repeated(file.arquivo, composed, config, of_cells))
    rejected = frozenset(_rejected(mapped, typed, repeated))
    package = book.format in PACKAGES
    content = Content(
        arquivo=file.arquivo,
        sha256=file.sha256,
        sheets=tuple(map(_without_values, mapped.sheets)),
        rows=tuple(sheet.without_objects() for sheet in composed),
        problems=(*mapped.problems, *of_cells, *repeated),
        problems_beyond=sum(sheet.problems_beyond for sheet in typed),
        rejected=rejected,
        assumptions=tuple(
            catalogue.assumption(said)
            for said in (
                *book.assumptions,
                *mapped.skipped,
                *(said for sheet in mapped.sheets for said in sheet.assumptions),
                *config.changed,
            )
        ),
        origins=found.origins,
        chosen=mapped.chosen,
    )
    issuers = {issuer for sheet in composed for issuer in set(sheet.prestador)}
    return file.to(
        Understood(
            # The cells of a package are most of its memory, and few packages need them again.
            source=InMemory(
                Source(
                    book if rejected or not package else replace(book, sheets=()),
                    _data(file) if package else None,
                )
            ),
            content=InMemory(content),
            objects=InMemory(tuple(sheet.objects for sheet in composed)),
            mended=bool(found.origins),
            to_mend=bool(rejected),
            issuers=frozenset(issuer for issuer in issuers if issuer is not None),
            chosen=mapped.chosen,
            marks=marks(composed),
        )
    )


def _data(file: Question) -> bytes | None:
    if isinstance(file.phase, Understood):
        return file.phase.source.load().data
    data = file.phase.data.load()
    return None if isinstance(data, Problem) else data


def _without_values(sheet: MappedSheet) -> MappedSheet:
    fields = {path: replace(field, values=()) for path, field in sheet.fields.items()}
    return replace(sheet, fields=fields)


def _rejected(
    mapped: MappedBook, typed: Sequence[TypedSheet], repeated: Sequence[Problem]
) -> Iterator[tuple[str, int]]:
    """(sheet, Excel row) of every row with an error, and of sheets none of whose rows may go."""
    yield from ((sheet.source.planilha, row) for sheet in typed for row in sheet.rejected)
    for problem in repeated:
        if problem.severity is Severity.ERRO and problem.row is not None:
            yield problem.planilha or "", problem.row
    for sheet in mapped.sheets:
        if sheet.planilha in mapped.held:
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


def _repeated(
    arquivo: str,
    sheets: Sequence[ComposedSheet],
    config: RunConfig,
    told: Sequence[Problem],
) -> Iterator[Problem]:
    """Rows equal to one above them; none where a cell that could tell them apart was not read."""
    unread = {
        (problem.planilha, problem.row)
        for problem in told
        if problem.severity is Severity.ERRO and problem.field in KEY_PATHS
    }
    for sheet in sheets:
        for row, first, key in zip(sheet.rows, sheet.repeats, sheet.key, strict=True):
            if first is None or unread & {(sheet.planilha, row), first}:
                continue
            code = "referencia-repetida" if key.referencia else "linha-repetida"
            severity = config.severity(code)
            if severity is None:
                continue
            details = {"planilha_primeira": first[0], "primeira": str(first[1])}
            if key.referencia:
                details["referencia"] = key.referencia
            yield Problem(code, severity, arquivo, sheet.planilha, row, details=details)
