"""Map: from grids of cells to the fields of the API, sheet by sheet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from converter.mapping.above import above
from converter.mapping.addresses import addresses_told, parted
from converter.mapping.assignment import NUMBERS
from converter.mapping.columns import column_questions, read_columns
from converter.mapping.defaults import Defaults
from converter.mapping.header_problems import (
    header_problems,
    no_sheet_problems,
    skipped_sheet,
    template_problems,
)
from converter.mapping.instructions import instructions
from converter.mapping.match import Fit
from converter.mapping.questions import Asked, RowDecisions, ask_rows
from converter.mapping.repeated import as_above, unmerge
from converter.mapping.resolve import CNPJ, MUNICIPIO, resolve
from converter.mapping.rows import Column, Rows, below, sort_rows
from converter.mapping.spec import Constant, Mappings
from converter.mapping.surplus import held, surplus
from converter.mapping.survey import VALOR, SheetSurvey, Verdict, survey
from converter.mapping.told import assumptions, listed, of_words, other_folder
from converter.mapping.values import filled, read
from converter.model.cells import (
    Assumption,
    MappedField,
    MappedSheet,
    RawBook,
    RawSheet,
)
from converter.model.columns import NOTHING_ANSWERED, Answered, ColumnReading, Question
from converter.model.problems import Problem, Severity
from converter.registers.complete import complete
from converter.registers.tomadores import Tomadores, of_rows, of_sheet
from converter.schemas.catalogue import BY_PATH, Kind
from converter.texts.catalogue import message

NO_WORDS = RowDecisions()
_BESIDE_NOTES = (Verdict.SEM_NOTAS, Verdict.SEM_CABECALHO, Verdict.EXCLUIDA)
NO_TOMADORES = Tomadores()
NOTHING: Mapping[str, str] = MappingProxyType({})
_AMOUNTS = (Kind.MONEY, Kind.RATE, Kind.DECIMAL)


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
    for one in surveyed:
        if one.verdict is Verdict.NOTAS:
            sheet, found = _map_sheet(book, one, defaults, answered)
            completed, told = complete(sheet, registers)
            sheets.append(completed)
            problems.extend((*found, *told))
    if not sheets:
        problems.extend(no_sheet_problems(book, surveyed, mappings, choice))
    skipped = tuple(said for one in surveyed if (said := skipped_sheet(one)) is not None)
    chosen = {
        one.header.signature: choice
        for one in surveyed
        if choice is not None and one.header is not None and one.verdict is Verdict.NOTAS
    }
    return MappedBook(tuple(sheets), tuple(problems), skipped, chosen)


def _registers_of(surveyed: Sequence[SheetSurvey]) -> Iterator[tuple[str, Tomadores]]:
    """The customers of each tab that holds no notes (`Clientes`, `Cadastro`, `Alunos`)."""
    for one in surveyed:
        if one.verdict in _BESIDE_NOTES:
            found = of_rows(of_sheet(one.sheet))
            if found:
                yield f"da aba {one.sheet.name}", found


def _map_sheet(
    book: RawBook, one: SheetSurvey, defaults: Defaults, answered: Answered
) -> tuple[MappedSheet, tuple[Problem, ...]]:
    fit = one.chosen[0]
    shared = _shared_paths(one.chosen)
    columns = below(one.sheet, fit.header.row)
    first = fit.header.row + 1
    merged = unmerge(columns, one.sheet.merged, first)
    rows = _sorted(one.sheet, fit, columns)
    if len(rows.notes) != (len(columns[0]) if columns else 0):
        columns = [[column[i] for i in rows.notes] for column in columns]
    columns = _with_surplus_held(one, fit, columns)
    numbers: Sequence[int] = (
        range(first, first + len(rows.notes))
        if isinstance(rows.notes, range)
        else [first + i for i in rows.notes]
    )
    words = NO_WORDS
    if one.understood is not None:
        words = ask_rows(one.sheet, one.understood, one.answers, columns, numbers)
    if words.dropped:
        kept = [i for i, row in enumerate(numbers) if row not in words.dropped]
        columns = [[column[i] for i in kept] for column in columns]
        numbers = [numbers[i] for i in kept]
    count = len(numbers)
    taken = {path: read(source, columns) for path, source in fit.sources.items() if path in shared}
    folder = book.arquivo.rpartition("/")[0]
    written = () if fit.mapping.own else above(one.sheet, fit.header.row)
    resolved = resolve(
        defaults,
        {**{each.path: each.value for each in written}, **fit.mapping.constants},
        folder=folder,
        prestadores=taken.get(CNPJ),
        municipios=taken.get(MUNICIPIO),
    )
    whence = {each.path: f"a linha {each.row}, acima da tabela" for each in written}
    resolved = replace(resolved, origins={**resolved.origins, **whence})
    own = fit.mapping.own and not fit.mapping.shipped
    streets = parted({} if own else taken, count)
    fields = {
        path: MappedField(
            path,
            filled(streets.values.get(path, values), resolved.values.get(path)),
            fit.sources[path].column,
            fit.sources[path].spec.format or words.formats.get(fit.sources[path].column.letter),
            frozenset(
                typed for typed, said in fit.sources[path].spec.values.items() if typed == said
            ),
        )
        for path, values in taken.items()
    }
    for path in streets.values.keys() - taken.keys():
        fields[path] = MappedField(path, filled(streets.values[path], resolved.values.get(path)))
    if words.as_above:
        fields |= as_above(fields, numbers, words.as_above)
    for path, value in resolved.values.items():
        if path not in fields and path not in fit.duplicates:
            fields[path] = MappedField(path, _repeated(value, count))
    readings: tuple[ColumnReading, ...] = ()
    asked = list(words.asked)
    if one.understood is not None:
        readings = read_columns(one.sheet.name, one.understood, words.asked, columns)
        if not fit.mapping.draft:
            asked.extend(column_questions(readings, one.understood, columns, numbers))
    told = [_question(book.arquivo, one, each) for each in asked]
    sheet = MappedSheet(
        arquivo=book.arquivo,
        planilha=one.sheet.name,
        mapeamento=fit.mapping.name,
        header_row=fit.header.row,
        rows=numbers,
        fields=fields,
        ignored=tuple(cell.column for cell in fit.ignored),
        blank_rows=len(rows.blank),
        total_rows=tuple(sorted((*(first + i for i in rows.left_out), *words.dropped))),
        assumptions=(
            *assumptions(one, fit, fields, resolved, rows),
            *of_words(one.sheet.name, words, merged),
        ),
        columns=readings,
        questions=tuple(question for question, _ in told),
        signature=fit.header.signature,
        answers=answered.of(one.sheet.name, fit.header.signature),
        apart=tuple(columns[index] for index in _numbering(one) if index < len(columns)),
    )
    complaints = header_problems(book.arquivo, one, fields, count)
    questions = (problem for _, problem in told)
    addresses = addresses_told(sheet, streets)
    return sheet, (
        *complaints,
        *questions,
        *addresses,
        *other_folder(sheet, resolved),
    )


def _numbering(one: SheetSurvey) -> Iterator[int]:
    decisions = one.understood.decisions if one.understood else {}
    return (index for index, each in decisions.items() if each.why == NUMBERS)


def _question(arquivo: str, one: SheetSurvey, asked: Asked) -> tuple[Question, Problem]:
    """What is asked, and the problem that tells it once, at the header of its column."""
    column = asked.column
    problem = Problem(
        asked.codigo,
        Severity.ERRO,
        arquivo,
        one.sheet.name,
        one.chosen[0].header.row,
        column.letter if column else None,
        column.header if column else None,
        asked.field,
        column.header if column else None,
        {**asked.details, "linhas": str(len(asked.rows)), "quais": listed(asked.rows)},
    )
    question = Question(
        asked.codigo,
        one.sheet.name,
        column.letter if column else None,
        asked.rows,
        message(problem),
        asked.options,
        asked.value,
    )
    return question, problem


def _with_surplus_held(one: SheetSurvey, fit: Fit, columns: Sequence[Column]) -> Sequence[Column]:
    """Hold the rows of a text file that have more cells than its header."""
    used, amounts = _used(fit)
    found = surplus(one.sheet, fit.header.row, columns, amounts)
    return held(columns, found, used) if found else columns


def _shared_paths(chosen: Sequence[Fit]) -> frozenset[str]:
    """What all the mappings that fit equally agree on; with one mapping, everything."""
    paths = frozenset(chosen[0].sources)
    for other in chosen[1:]:
        paths &= frozenset(
            path
            for path, source in other.sources.items()
            if path in chosen[0].sources and source.column == chosen[0].sources[path].column
        )
    return paths


def _sorted(sheet: RawSheet, fit: Fit, columns: Sequence[Column]) -> Rows:
    used, amounts = _used(fit)
    return sort_rows(
        columns,
        used=used,
        identity=[index for index in used if index not in amounts],
        amounts=amounts,
        header=[(cell.index, cell.folded) for cell in fit.header.cells if cell.folded],
        instructions=instructions(sheet.rows[fit.header.row :]),
    )


def _used(fit: Fit) -> tuple[Sequence[int], Sequence[int]]:
    """The columns that fill fields, the note's total first, and those of them with amounts."""
    used: list[int] = []
    amounts: list[int] = []
    claimed = {path: source.cells for path, source in fit.sources.items()}
    for path, cells in sorted(
        {**claimed, **fit.duplicates}.items(), key=lambda item: item[0] != VALOR
    ):
        field = BY_PATH.get(path)
        for cell in cells:
            if cell.index not in used:
                used.append(cell.index)
                if field is not None and field.kind in _AMOUNTS:
                    amounts.append(cell.index)
    return used, amounts


def _repeated(value: Constant | Sequence[Constant | None], count: int) -> Column:
    return [value] * count if isinstance(value, str | int | float | bool) else value
