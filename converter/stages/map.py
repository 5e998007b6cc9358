"""Map: from grids of cells to the fields of the API, sheet by sheet."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from converter.mapping.above import above
from converter.mapping.addresses import STREET, parted, parts_told
from converter.mapping.around import NOTHING_AROUND, Around, around
from converter.mapping.assumptions import assumptions, other_prestador
from converter.mapping.coded import Listed
from converter.mapping.columns import column_questions, read_columns
from converter.mapping.decisions import Decision
from converter.mapping.defaults import Defaults
from converter.mapping.fields import constants, fields_of
from converter.mapping.forms import Form, form_above, form_alone
from converter.mapping.header_problems import (
    HeaderRow,
    form_problem,
    header_problems,
    no_sheet_problems,
    skipped_sheet,
)
from converter.mapping.issuers import issued_by
from converter.mapping.left_over import NUMBERS
from converter.mapping.match import Fit, Source, agreed
from converter.mapping.names import named
from converter.mapping.notes import Notes, notes_below
from converter.mapping.questions import Asked, NoteRows, listed
from converter.mapping.resolve import CNPJ, MUNICIPIO, Resolved, resolve
from converter.mapping.row_questions import RowDecisions, ask_rows
from converter.mapping.rows import Column, below
from converter.mapping.sense import NOME, WHO
from converter.mapping.spec import Mappings
from converter.mapping.survey import SheetKind, SheetSurvey, survey
from converter.mapping.template import template_problems
from converter.mapping.values import read
from converter.mapping.withheld import withheld
from converter.model.cells import Assumption, MappedSheet, RawBook, RawSheet
from converter.model.columns import NOTHING_ANSWERED, Answered, ColumnReading, ColumnUse, Question
from converter.model.problems import Problem, Severity
from converter.registers.complete import complete
from converter.registers.pointers import pointing
from converter.registers.tomadores import Tomador, Tomadores, of_rows, of_sheet
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
    listed = _lists(surveyed)
    for one in surveyed:
        if one.kind is SheetKind.NOTAS:
            told = issued_by(_asking_of_codes(one, lists), defaults)
            sheet, found = _map_sheet(book, told, defaults, listed)
            completed, filled = complete(sheet, registers)
            sheets.append(completed)
            problems.extend((*found, *filled))
        elif one.kind is SheetKind.FICHA and (form := form_alone(one.sheet)):
            problems.append(form_problem(book.arquivo, one.sheet.name, form))
    if not sheets:
        problems.extend(no_sheet_problems(book, surveyed, mappings, choice))
    skipped = tuple(said for one in surveyed if (said := skipped_sheet(one)) is not None)
    return MappedBook(tuple(sheets), tuple(problems), skipped, _chosen(surveyed, choice))


def _chosen(surveyed: Sequence[SheetSurvey], choice: str | None) -> Mapping[str, str]:
    """The mapping the user named, by the signature of each header it was used for."""
    if choice is None:
        return {}
    notes = (one for one in surveyed if one.kind is SheetKind.NOTAS)
    return {one.header.signature: choice for one in notes if one.header is not None}


def _registers_of(surveyed: Sequence[SheetSurvey]) -> Iterator[tuple[str, Tomadores]]:
    """The customers of each tab that holds no notes (`Clientes`, `Cadastro`, `Alunos`)."""
    for one in surveyed:
        if one.kind in _BESIDE_NOTES:
            found = of_rows(_customers_of(one))
            if found:
                yield f"da aba {one.sheet.name}", found


def _customers_of(one: SheetSurvey) -> Iterable[Tomador]:
    """The customers of a sheet that holds no notes, by its columns as they were understood."""
    if not one.fits:
        return of_sheet(one.sheet)
    fit = one.fits[0]
    alone = {path: each.cells for path, each in fit.sources.items() if len(each.cells) == 1}
    return of_sheet(one.sheet, {c[0].index: path for path, c in alone.items()}, fit.header.row)


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
    book: RawBook, one: SheetSurvey, defaults: Defaults, lists: Sequence[Listed]
) -> tuple[MappedSheet, tuple[Problem, ...]]:
    """One sheet of notes: its fields by API path, and what is asked or said of it."""
    fit = one.fit
    found = notes_below(one.sheet, fit)
    form = _form_above(one)
    beside = NOTHING_AROUND if form else _around(one, found, lists, defaults)
    words = NO_WORDS if form else _row_questions(book.arquivo, one, found, beside)
    sources = agreed(one.chosen)
    repeated = found.repeated(words.as_above, _of_customers(sources))
    notes = found.filled(repeated).without(words.dropped)
    taken = {path: read(source, notes.columns) for path, source in sources.items()}
    free = {} if fit.mapping.exclusive else taken
    addresses, names = parted(free, len(notes.numbers)), named(free, len(notes.numbers))
    resolved = _stand_ins(book, one, defaults, taken, beside)
    values = {**withheld(taken), **taken, **addresses.values, **names.values}
    if beside.by_code:
        values[NOME] = beside.by_code.of(notes.columns[beside.by_code.index])
    fields = fields_of(values, sources, resolved, words)
    fields |= constants(resolved, {*fields, *fit.duplicates}, len(notes.numbers), values)
    readings, asked = _column_readings(one, words, notes)
    # What a form says is written anew, in a table: nothing of it is asked.
    every = () if form else (*words.asked, *asked)
    questions, doubts = _questions(book.arquivo, one, every)
    followed, _ = _questions(book.arquivo, one, words.followed)
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
        assumptions=(
            *assumptions(one, notes, words, fields, resolved),
            *beside.told(one.sheet.name),
        ),
        columns=readings,
        questions=questions,
        followed=followed,
        signature=fit.header.signature,
        answers=one.answers,
        apart=tuple(notes.columns[index] for index in _numbering(one, notes)),
        repeated=repeated,
    )
    return sheet, (
        *([form_problem(book.arquivo, one.sheet.name, form)] if form else ()),
        *header_problems(book.arquivo, one, fields, len(notes.numbers)),
        *doubts,
        *parts_told(sheet, STREET, addresses, "endereco-dividido"),
        *parts_told(sheet, NOME, names, "nome-com-documento"),
        *other_prestador(sheet, resolved),
    )


def _of_customers(sources: Mapping[str, Source]) -> Collection[int]:
    """The columns that say something of the customer."""
    told = (source for path, source in sources.items() if path.startswith("tomador."))
    return {cell.index for source in told for cell in source.cells}


def _form_above(one: SheetSurvey) -> Form | None:
    """The form whose items a table lists, none of whose columns says the customer."""
    if one.fit.mapping.own or not one.fit.sources.keys().isdisjoint(WHO):
        return None
    return form_above(one.sheet, one.fit.header.row)


def _around(one: SheetSurvey, notes: Notes, lists: Sequence[Listed], defaults: Defaults) -> Around:
    """What is around the table; nothing for a mapping of the user's, or a customer told for all."""
    told = {*one.fit.mapping.constants, *defaults.general}
    if one.understood is None or one.fit.mapping.own or not told.isdisjoint(WHO):
        return NOTHING_AROUND
    own = {each.cnpj for each in defaults.prestadores}
    return around(one.sheet, one.fit, lists, notes.columns, own)


def _lists(surveyed: Sequence[SheetSurvey]) -> list[Listed]:
    """The sheets beside the notes, as their columns were understood."""
    beside = (one for one in surveyed if one.kind in _BESIDE_NOTES)
    return [(one.sheet, one.fits[0]) for one in beside if one.fits]


def _row_questions(arquivo: str, one: SheetSurvey, notes: Notes, beside: Around) -> RowDecisions:
    """What is asked of rows, and what was answered; nothing where several mappings fit."""
    if one.understood is None:
        return NO_WORDS
    said = {each.codigo for each in one.answers.perguntas if each.linhas is not None}
    asked_of = NoteRows(
        one.sheet, one.understood, notes.columns, notes.numbers, said, beside, arquivo
    )
    return ask_rows(asked_of, one.answers)


def _stand_ins(
    book: RawBook,
    one: SheetSurvey,
    defaults: Defaults,
    taken: Mapping[str, Column],
    beside: Around,
) -> Resolved:
    """What fills blank cells and missing columns; a mapping's own columns do without the top."""
    fit = one.fit
    written = () if fit.mapping.own else above(one.sheet, fit.header.row)
    return resolve(
        defaults,
        fit.mapping.constants,
        folder=book.arquivo.rpartition("/")[0],
        prestadores=taken.get(CNPJ),
        municipios=taken.get(MUNICIPIO),
        above=(*written, *(beside.above.values if beside.above else ())),
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


def _questions(
    arquivo: str, one: SheetSurvey, asked: Iterable[Asked]
) -> tuple[tuple[Question, ...], tuple[Problem, ...]]:
    """Everything asked of a sheet, and the problems that tell it, in the same order."""
    told = [_question(arquivo, one, each) for each in asked]
    return tuple(question for question, _ in told), tuple(problem for _, problem in told)


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
