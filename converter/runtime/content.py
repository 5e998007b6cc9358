"""What is kept of a file once it was read, mapped, validated and composed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from converter.history.related_files import marks
from converter.mapping.answers import answered
from converter.model.cells import Assumption, MappedSheet, RawBook, RawValue
from converter.model.columns import Answered, ColumnUse
from converter.model.consultas import Consulta
from converter.model.filerun import Arrived, Content, FileRun, InMemory, Source, Understood
from converter.model.notas import TypedSheet
from converter.model.origem import Origem
from converter.model.problems import Problem, Severity
from converter.model.progress import Progress, Step, Tell
from converter.model.rows import KEY_PATHS, ComposedSheet
from converter.model.said import NOTHING_SAID, Said
from converter.runtime.config import RunConfig
from converter.schemas.catalogue import Kind, kind_of
from converter.stages.answers import read_answers
from converter.stages.asked import followed
from converter.stages.foresee import foresee
from converter.stages.map import MappedBook
from converter.stages.read import read
from converter.stages.write import PACKAGES
from converter.texts import catalogue
from converter.workbook.origin import corrigir_origin

_Place = tuple[str, int]
_SUMS = frozenset(
    {
        "base-calculo-ausente", "base-calculo-difere", "valor-iss-difere",
        "valor-iss-retido-difere", "valor-liquido-difere",
    }
)  # fmt: skip
"""What is told where the amounts of a row do not add up."""

Question = FileRun[Arrived] | FileRun[Understood]
"""A file to be understood, or one to be understood anew under another configuration."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a file, or the problems that keep them from being read.

    Of a workbook to mend, what it says of itself stands beside: `said` are answers to what was
    asked in it, `origins` where each of its rows came from, by (sheet, Excel row). `data` is that
    of `Source`.
    """

    book: RawBook | None
    problems: tuple[Problem, ...] = ()
    said: Said = NOTHING_SAID
    origins: Mapping[tuple[str, int], Origem] = field(default_factory=dict)
    data: bytes | None = None


def cells_of(file: Question, tell: Tell) -> Cells:
    """The cells of a file: those that were kept, or read from its bytes; `tell` hears of that."""
    if isinstance(file.phase, Arrived):
        data = file.phase.data.load()
    else:
        source = file.phase.source.load()
        content = file.phase.content.load()
        if source.book is None:
            return Cells(None, content.problems)
        if source.book.sheets or source.data is None:
            return Cells(source.book, (), content.said, content.origins, source.data)
        data = source.data
    if isinstance(data, Problem):
        return Cells(None, (data,))
    tell(Progress(file.arquivo, Step.LENDO))
    return read_cells(data, file.arquivo)


@dataclass(frozen=True, slots=True)
class Checked:
    """A book mapped, completed, asked about, validated and composed.

    `found` are its cells, `asked` is what its rows still wait for, `consultas` what the API is
    still to be asked about its customers.
    """

    book: RawBook
    found: Cells
    mapped: MappedBook
    typed: Sequence[TypedSheet]
    composed: Sequence[ComposedSheet]
    asked: Sequence[Problem]
    consultas: frozenset[Consulta]


def answers_for(config: RunConfig, said: Said, sha256: str) -> Answered:
    """All that is answered for one file: in itself, and in earlier ones with its headers."""
    return answered(config.answers, said.here, said.signatures, sha256)


def read_again(data: bytes | None, arquivo: str) -> RawBook | None:
    """The cells of a package, where they were let go and turn out to be wanted."""
    return None if data is None else read_cells(data, arquivo).book


def read_cells(data: bytes, arquivo: str) -> Cells:
    """The cells of a file from its bytes."""
    found = read(data, arquivo)
    if found.book is None:
        return Cells(None, found.problems)
    book, said = read_answers(found.book)
    book, origins = corrigir_origin(book)
    return Cells(book, (), said, origins, data if book.format in PACKAGES else None)


def unreadable(file: FileRun[Any], problems: tuple[Problem, ...]) -> FileRun[Understood]:
    """A file of which nothing is known but what is wrong with it."""
    content = Content(file.arquivo, file.sha256, problems=problems)
    return file.to(Understood(InMemory(Source()), InMemory(content), InMemory(())))


def understood(file: Question, checked: Checked, config: RunConfig) -> FileRun[Understood]:
    """A file with all that it says by itself."""
    content = content_of(checked, config)
    found, composed = checked.found, checked.composed
    book = checked.book
    if found.data is not None and not content.rejected:
        # The cells of a package are most of its memory, and few packages need them again.
        book = replace(book, sheets=())
    issuers = {issuer for sheet in composed for issuer in set(sheet.prestador)}
    return file.to(
        Understood(
            source=InMemory(Source(book, found.data)),
            content=InMemory(content),
            objects=InMemory(tuple(sheet.objects for sheet in composed)),
            mended=bool(found.origins),
            to_mend=bool(content.rejected),
            issuers=frozenset(filter(None, issuers)),
            chosen=checked.mapped.chosen,
            marks=marks(composed),
            consultas=checked.consultas,
        )
    )


def content_of(checked: Checked, config: RunConfig) -> Content:
    """What a book says, and what its cities would refuse of that."""
    said, mapped, asked = checked.found.said, checked.mapped, checked.asked
    typed, composed = checked.typed, checked.composed
    of_cells = _judged(_of_cells(mapped.problems, typed), mapped)
    repeated = list(_repeated(checked.book.arquivo, composed, config, of_cells, mapped))
    rejected = frozenset(
        (
            *((sheet.source.planilha, row) for sheet in typed for row in sheet.rejected),
            *_in_error([*asked, *repeated]),
            *_of_sheets(mapped.sheets, mapped.held | said.held),
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
    problems = (*said.problems, *asked, *of_cells, *repeated, *foreseen.problems)
    return Content(
        arquivo=checked.book.arquivo,
        sha256=checked.book.sha256,
        sheets=tuple(map(_without_values, mapped.sheets)),
        rows=tuple(sheet.without_objects() for sheet in composed),
        problems=(*mapped.problems, *problems),
        problems_beyond=sum(sheet.problems_beyond for sheet in typed),
        rejected=rejected | foreseen.rejected,
        waiting=mapped.waiting,
        assumptions=tuple(map(catalogue.assumption, _assumptions(checked, config))),
        origins=checked.found.origins,
        said=said,
    )


def _assumptions(checked: Checked, config: RunConfig) -> Iterator[Assumption]:
    yield from checked.book.assumptions
    yield from checked.mapped.skipped
    for sheet in checked.mapped.sheets:
        yield from sheet.assumptions
    yield from filter(None, map(followed, checked.mapped.sheets))
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


def _judged(told: Sequence[Problem], mapped: MappedBook) -> list[Problem]:
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
    return [one for one in told if one.code not in _SUMS or (one.planilha, one.row) not in waiting]


def _unsaid(told: Sequence[Problem], foreseen: Sequence[Problem]) -> list[Problem]:
    """What was told, less the warnings of a cell for which the city itself has a word."""
    said = {(one.planilha, one.row, one.field) for one in foreseen if one.row is not None}
    return [
        problem
        for problem in told
        if problem.severity is Severity.ERRO
        or (problem.planilha, problem.row, problem.field) not in said
    ]


def _repeated(
    arquivo: str,
    sheets: Sequence[ComposedSheet],
    config: RunConfig,
    told: Sequence[Problem],
    mapped: MappedBook,
) -> Iterator[Problem]:
    """Rows equal to one above them; none where what could tell them apart was not read.

    That is a cell in error, a column that is still asked about, or one that numbers the rows.
    """
    asked, apart = _asked(mapped), _apart(mapped)
    unread = set(_in_error([problem for problem in told if problem.field in KEY_PATHS]))
    for here, first, referencia in _alike(sheets):
        code = "referencia-repetida" if referencia else "linha-repetida"
        severity = config.severity(code)
        equal = apart.get(here) == apart.get(first) and unread.isdisjoint((here, first))
        if equal and here[0] not in asked and severity is not None:
            details = {"planilha_primeira": first[0], "primeira": str(first[1])}
            if referencia:
                details["referencia"] = referencia
            yield Problem(code, severity, arquivo, *here, details=details)


def _alike(sheets: Iterable[ComposedSheet]) -> Iterator[tuple[_Place, _Place, str]]:
    """Each row that repeats another, that one, and the reference it repeats it by."""
    for sheet in sheets:
        for row, first, key in zip(sheet.rows, sheet.repeats, sheet.key, strict=True):
            if first is not None:
                yield (sheet.planilha, row), first, key.referencia


def _asked(mapped: MappedBook) -> frozenset[str]:
    """The sheets where a column is still asked about that may tell rows apart."""
    return frozenset(
        one.planilha
        for one in mapped.columns
        if one.situacao is ColumnUse.PERGUNTA and not KEY_PATHS.isdisjoint(one.sugestoes)
    )


def _apart(mapped: MappedBook) -> Mapping[tuple[str, int], Sequence[RawValue]]:
    """What the columns that number the rows say of each row."""
    return {
        (sheet.planilha, row): values
        for sheet in mapped.sheets
        if sheet.apart
        for row, *values in zip(sheet.rows, *sheet.apart, strict=True)
    }
