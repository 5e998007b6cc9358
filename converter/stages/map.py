"""Map: from grids of cells to the fields of the API, sheet by sheet."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from converter.mapping.above import above
from converter.mapping.addresses import STREET, parted, parts_told
from converter.mapping.assumptions import assumptions, other_prestador
from converter.mapping.columns import column_questions, read_columns
from converter.mapping.decisions import Decision
from converter.mapping.defaults import Defaults
from converter.mapping.fields import constants, fields_of
from converter.mapping.header_problems import (
    HeaderRow,
    header_problems,
    no_sheet_problems,
    skipped_sheet,
)
from converter.mapping.left_over import NUMBERS
from converter.mapping.match import Fit, Source, agreed
from converter.mapping.names import NAME, named
from converter.mapping.notes import Notes, notes_below
from converter.mapping.questions import Asked, NoteRows, listed
from converter.mapping.resolve import CNPJ, MUNICIPIO, Resolved, resolve
from converter.mapping.row_questions import RowDecisions, ask_rows
from converter.mapping.rows import Column, below
from converter.mapping.spec import Mappings
from converter.mapping.survey import SheetKind, SheetSurvey, survey
from converter.mapping.template import template_problems
from converter.mapping.values import read
from converter.model.cells import Assumption, MappedSheet, RawBook, RawSheet
from converter.model.columns import NOTHING_ANSWERED, Answered, ColumnReading, ColumnUse, Question
from converter.model.problems import Problem, Severity
from converter.registers.complete import complete
from converter.registers.customer import NOME
from converter.registers.pointers import pointing
from converter.registers.tomadores import Tomadores, of_rows, of_sheet
from converter.texts.catalogue import message

NO_WORDS = RowDecisions()
_BESIDE_NOTES = (SheetKind.SEM_NOTAS, SheetKind.SEM_CABECALHO, SheetKind.EXCLUIDA)
NO_TOMADORES = Tomadores()
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class MappedBook:
    """The sheets that hold notes, what is wrong with their headers, and what was passed over.

    A problem of severity `erro` here stands for its whole sheet: none of its rows may be sent,
    though the sheet is among `sheets` so that its rows are counted and shown. `chosen` is the
    mapping the user named by header signature, to be given back as `remembered` in later runs.
    """

    sheets: tuple[MappedSheet, ...]
    problems: tuple[Problem, ...]
    skipped: tuple[Assumption, ...]
    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[ColumnReading, ...]:
        """What was understood of each column with data, sheet by sheet."""
        return tuple(reading for sheet in self.sheets for reading in sheet.columns)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What only the person can say, sheet by sheet."""
        return tuple(question for sheet in self.sheets for question in sheet.questions)

    @property
    def held(self) -> frozenset[str]:
        """Names of the sheets none of whose rows may be sent."""
        asked = {question.codigo for question in self.questions}
        return frozenset(
            problem.planilha
            for problem in self.problems
            if problem.severity is Severity.ERRO and problem.planilha is not None
            if problem.code not in asked
        )

    @property
    def waiting(self) -> frozenset[tuple[str, int]]:
        """(sheet, Excel row) of rows that wait for an answer."""
        return frozenset(
            (question.planilha, row) for question in self.questions for row in question.linhas
        )


def map_book(
    book: RawBook,
    mappings: Mappings,
    *,
    choice: str | None,
    defaults: Defaults,
    remembered: Mapping[str, str] = NOTHING,
    answered: Answered = NOTHING_ANSWERED,
    tomadores: Tomadores = NO_TOMADORES,
) -> MappedBook:
    """Find the notes of `book` and say which column fills which field.

    Args:
        book: As read.
        mappings: Those at hand, the user's first.
        choice: The mapping the user named, None to recognise one.
        defaults: What `planilote.toml` says where the sheet is silent.
        remembered: Mapping name by header signature, from earlier runs.
        answered: What the person said of columns and of rows.
        tomadores: The customers of `cadastros/tomadores.xlsx`.
    """
    surveyed = survey(book, mappings, choice=choice, remembered=remembered, answered=answered)
    sheets: list[MappedSheet] = []
    problems = list(template_problems(book))
    registers = (*_registers_of(surveyed), ("tomadores.xlsx", tomadores))
    lists = [one.sheet for one in surveyed if one.kind in _BESIDE_NOTES]
    for one in surveyed:
        if one.kind is SheetKind.NOTAS:
            sheet, found = _map_sheet(book, _asking_of_codes(one, lists), defaults)
            completed, told = complete(sheet, registers)
            sheets.append(completed)
            problems.extend((*found, *told))
    if not sheets:
        problems.extend(no_sheet_problems(book, surveyed, mappings, choice))
    skipped = tuple(said for one in surveyed if (said := skipped_sheet(one)) is not None)
    chosen = {
        one.header.signature: choice
        for one in surveyed
        if choice is not None and one.header is not None and one.kind is SheetKind.NOTAS
    }
    return MappedBook(tuple(sheets), tuple(problems), skipped, chosen)


def _registers_of(surveyed: Sequence[SheetSurvey]) -> Iterator[tuple[str, Tomadores]]:
    """The customers of each tab that holds no notes (`Clientes`, `Cadastro`, `Alunos`)."""
    for one in surveyed:
        if one.kind in _BESIDE_NOTES:
            found = of_rows(of_sheet(one.sheet))
            if found:
                yield f"da aba {one.sheet.name}", found


def _asking_of_codes(one: SheetSurvey, lists: Sequence[RawSheet]) -> SheetSurvey:
    """Ask of a column of codes that a list of customers says are of others than the row names."""
    if one.understood is None or not lists:
        return one
    columns = below(one.sheet, one.fit.header.row)
    named = [columns[index] for index, each in one.decisions.items() if each.path == NOME]
    left = {
        index: columns[index]
        for index, each in one.decisions.items()
        if each.use is ColumnUse.IGNORADA and each.why != "resposta" and index < len(columns)
    }
    asks = Decision(ColumnUse.PERGUNTA, why="aponta")
    asked = {index: asks for names in named for index in pointing(left, names, lists)}
    understood = replace(one.understood, decisions={**one.decisions, **asked})
    return replace(one, understood=understood) if asked else one


def _map_sheet(
    book: RawBook, one: SheetSurvey, defaults: Defaults
) -> tuple[MappedSheet, tuple[Problem, ...]]:
    """One sheet of notes: its fields by API path, and what is asked or said of it."""
    fit = one.fit
    found = notes_below(one.sheet, fit)
    words = _row_questions(one, found)
    sources = agreed(one.chosen)
    repeated = found.repeated(words.as_above, _of_customers(sources))
    notes = found.filled(repeated).without(words.dropped)
    taken = {path: read(source, notes.columns) for path, source in sources.items()}
    free = {} if fit.mapping.exclusive else taken
    addresses, names = parted(free, len(notes.numbers)), named(free, len(notes.numbers))
    resolved = _stand_ins(book, one, defaults, taken)
    values = {**taken, **addresses.values, **names.values}
    fields = fields_of(values, sources, resolved, words)
    fields |= constants(resolved, {*fields, *fit.duplicates}, len(notes.numbers))
    readings, asked = _column_readings(one, words, notes)
    questions = [_question(book.arquivo, one, each) for each in (*words.asked, *asked)]
    sheet = MappedSheet(
        arquivo=book.arquivo,
        planilha=one.sheet.name,
        mapeamento=fit.mapping.name,
        header_row=fit.header.row,
        rows=notes.numbers,
        fields=fields,
        ignored=tuple(cell.column for cell in fit.ignored),
        blank_rows=len(notes.rows.blank),
        total_rows=_left_out(fit, notes, words),
        assumptions=tuple(assumptions(one, notes, words, fields, resolved)),
        columns=readings,
        questions=tuple(question for question, _ in questions),
        followed=tuple(_question(book.arquivo, one, each)[0] for each in words.followed),
        signature=fit.header.signature,
        answers=one.answers,
        apart=tuple(notes.columns[index] for index in _numbering(one, notes)),
        repeated=repeated,
    )
    return sheet, (
        *header_problems(book.arquivo, one, fields, len(notes.numbers)),
        *(problem for _, problem in questions),
        *parts_told(sheet, STREET, addresses, "endereco-dividido"),
        *parts_told(sheet, NAME, names, "nome-com-documento"),
        *other_prestador(sheet, resolved),
    )


def _of_customers(sources: Mapping[str, Source]) -> Collection[int]:
    """The columns that say something of the customer."""
    told = (source for path, source in sources.items() if path.startswith("tomador."))
    return {cell.index for source in told for cell in source.cells}


def _row_questions(one: SheetSurvey, notes: Notes) -> RowDecisions:
    """What is asked of rows, and what was answered; nothing where several mappings fit."""
    if one.understood is None:
        return NO_WORDS
    said = {each.codigo for each in one.answers.perguntas if each.linhas is not None}
    asked_of = NoteRows(one.sheet, one.understood, notes.columns, notes.numbers, said)
    return ask_rows(asked_of, one.answers)


def _stand_ins(
    book: RawBook, one: SheetSurvey, defaults: Defaults, taken: Mapping[str, Column]
) -> Resolved:
    """What fills blank cells and missing columns; a mapping's own columns do without the top."""
    fit = one.fit
    return resolve(
        defaults,
        fit.mapping.constants,
        folder=book.arquivo.rpartition("/")[0],
        prestadores=taken.get(CNPJ),
        municipios=taken.get(MUNICIPIO),
        above=() if fit.mapping.own else above(one.sheet, fit.header.row),
    )


def _column_readings(
    one: SheetSurvey, words: RowDecisions, notes: Notes
) -> tuple[tuple[ColumnReading, ...], Iterable[Asked]]:
    """What was understood of each column, and what is asked of it; a draft asks nothing."""
    if one.understood is None:
        return (), ()
    readings = read_columns(one.sheet.name, one.understood, words.asked, notes.columns)
    if one.fit.mapping.draft:
        return readings, ()
    return readings, column_questions(readings, one.understood, notes.columns, notes.numbers)


def _left_out(fit: Fit, notes: Notes, words: RowDecisions) -> tuple[int, ...]:
    """Excel rows with something in them that are no notes, or that are not to go."""
    first = fit.header.row + 1
    return tuple(sorted((*(first + place for place in notes.rows.left_out), *words.dropped)))


def _numbering(one: SheetSurvey, notes: Notes) -> Iterator[int]:
    """The columns that number the rows."""
    for index, each in one.decisions.items():
        if each.why == NUMBERS and index < len(notes.columns):
            yield index


def _question(arquivo: str, one: SheetSurvey, asked: Asked) -> tuple[Question, Problem]:
    """What is asked, and the problem that tells it once, at the header of its column."""
    column, place = asked.column, HeaderRow(arquivo, one.sheet.name, one.fit.header.row)
    rows = {"linhas": str(len(asked.rows)), "quais": listed(asked.rows)}
    problem = place.problem(
        asked.codigo, Severity.ERRO, asked.field, column, **{**asked.details, **rows}
    )
    question = Question(
        asked.codigo,
        one.sheet.name,
        asked.letter,
        asked.rows,
        message(problem),
        asked.options,
        asked.value,
        asked.answer,
    )
    return question, problem
