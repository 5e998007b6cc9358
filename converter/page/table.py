"""A file as a table: which rows there are, what is wrong with each, a page of them at a time."""

from bisect import bisect_left
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock

from converter.model.address import column_of, letters_of
from converter.model.cells import MappedSheet, RawValue
from converter.model.columns import question_key
from converter.model.outcome import Situacao
from converter.model.problems import Problem, Severity
from converter.page.tones import TONES
from converter.runtime import snapshot
from converter.runtime.mending import missing_fields
from converter.runtime.snapshot import Snapshot
from converter.schemas.catalogue import BY_PATH, label_of
from converter.schemas.shown import shown
from converter.sheets.colunas import Line, lines_of
from converter.texts.catalogue import hint, message
from converter.texts.labels import LABELS
from converter.texts.sentences import sentence

KEPT = 2
"""Files whose index stays in memory; one of 100,000 rows takes some forty megabytes."""
MOST_COLUMNS = 120
_WHOLE = 32_767
"""Characters of a cell, which is shown whole: it may be mended."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A problem in words. `name` is the letter, or the path of a field that no column has."""

    name: str
    label: str
    severity: str
    message: str
    hint: str
    code: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: its text, and the worst that is said of it."""

    name: str
    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its Excel number. `waits` tells that it may be mended."""

    number: int
    cells: Sequence[Cell]
    situacao: str = ""
    tone: str = ""
    numero: str = ""
    said: str = ""
    told: Sequence[Explained] = ()
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its name as in `Explained`, its letter (none where missing), header, meaning."""

    name: str
    letter: str
    title: str


class Table:
    """One sheet of a file."""

    def __init__(self, seen: Snapshot, place: int, mapped: MappedSheet | None) -> None:
        self._seen = seen
        self._place = place
        self.mapped = mapped
        book = seen.report.book
        self.name = book.sheets[place].name if book else ""
        self.last = seen.pieces[place].rows

    @cached_property
    def first(self) -> int:
        """The Excel row the table's rows begin at."""
        return self.mapped.header_row + 1 if self.mapped else 1

    @cached_property
    def heads(self) -> list[Head]:
        """Every column with data, then the fields that no column could be and some row lacks."""
        if self.mapped is None:
            width = min(self._seen.pieces[self._place].width, MOST_COLUMNS)
            return [Head(letter, letter, "") for letter in map(letters_of, range(1, width + 1))]
        read = [Head(one.coluna, one.coluna, one.cabecalho) for one in self.mapped.columns]
        lacking = [Head(path, "", label_of(path)) for path in self._missing]
        return [*read[:MOST_COLUMNS], *lacking]

    @cached_property
    def _missing(self) -> list[str]:
        if self.mapped is None or not self.waiting:
            return []
        return missing_fields(self._seen.report, self.mapped, sorted(self.waiting))

    @cached_property
    def lines(self) -> Mapping[str, Line]:
        """What was understood of each column, by letter, as the sheet `Colunas` has it."""
        if self.mapped is None:
            return {}
        return {one.reading.coluna: one for one in lines_of(self._seen.report, self.mapped)}

    @property
    def answers(self) -> Mapping[str, tuple[str, str]]:
        """What stands in *Usar como* and *Não enviar quando*, by letter."""
        return {letter: (line.use, line.words) for letter, line in self.lines.items()}

    def text_at(self, number: int, name: str) -> str:
        """What a cell says; nothing where no column has it."""
        if name in BY_PATH or not self.first <= number <= self.last:
            return ""
        return _at(self._seen.rows(self._place, number, number)[0], name)

    @cached_property
    def waiting(self) -> frozenset[int]:
        """The rows that come back to be mended."""
        return frozenset(row for name, row in self._seen.report.to_fix if name == self.name)

    @cached_property
    def _problems(self) -> Mapping[int, Sequence[Problem]]:
        """What is said of each row, and at 0 what is said of the whole sheet."""
        found: dict[int, list[Problem]] = defaultdict(list)
        for problem in self._seen.report.problems:
            if problem.planilha == self.name and problem.severity is not Severity.INFO:
                row = problem.row or 0
                found[row if row >= self.first else 0].append(problem)
        return found

    @cached_property
    def wrong(self) -> list[int]:
        """The rows of which something is said, or that wait for an answer."""
        asked = {row for one in self.mapped.questions for row in one.linhas} if self.mapped else ()
        return sorted({*filter(None, self._problems), *asked})

    @property
    def told(self) -> list[Explained]:
        """What is said of the whole sheet, but for what the questions say themselves."""
        asked = {one.coluna for one in self.mapped.asked_columns} if self.mapped else set()
        return [one for one in self._beside_questions if one.name not in asked]

    def told_of(self, letter: str) -> list[str]:
        """What is said of a column that is asked about, beside the question."""
        return [one.message for one in self._beside_questions if one.name == letter]

    @cached_property
    def _beside_questions(self) -> list[Explained]:
        questions = self.mapped.questions if self.mapped else ()
        asked = {question_key(one.codigo, one.coluna) for one in questions}
        said = self._problems.get(0, ())
        said = [one for one in said if question_key(one.code, one.column) not in asked]
        return list(explained(said, self._headers))

    @cached_property
    def _span(self) -> tuple[int, Sequence[int]]:
        """Where the sheet's rows begin among the file's, and their Excel numbers in order."""
        names, rows = self._seen.report.rows.planilha, self._seen.report.rows.row
        own = [at for at, name in enumerate(names) if name == self.name]
        return (own[0], rows[own[0] : own[-1] + 1]) if own else (0, ())

    def numbers(self, start: int, size: int, *, only_wrong: bool) -> list[int]:
        """The Excel numbers of a page of rows, `start` of them left out."""
        if only_wrong:
            return self.wrong[start : start + size]
        first = self.first + start
        return list(range(first, min(first + size, self.last + 1)))

    def page_of(self, number: int, size: int, *, only_wrong: bool) -> int:
        """The page, from 1, that a row is on."""
        at = bisect_left(self.wrong, number) if only_wrong else number - self.first
        return max(at, 0) // size + 1

    def rows(self, numbers: Sequence[int]) -> Iterator[Row]:
        """These rows with all that is known of them; those beside each other are read at once."""
        start = 0
        while start < len(numbers):
            stop = start + 1
            while stop < len(numbers) and numbers[stop] - numbers[stop - 1] < snapshot.ROWS:
                stop += 1
            raw = self._seen.rows(self._place, numbers[start], numbers[stop - 1])
            for number in numbers[start:stop]:
                at = number - numbers[start]
                yield self._row(number, raw[at] if at < len(raw) else ())
            start = stop

    def above(self) -> list[Sequence[str]]:
        """The rows above the header, as they are."""
        rows = self._seen.rows(self._place, 1, self.first - 2) if self.first > 2 else []
        texts = [[_text(value) for value in row[:MOST_COLUMNS]] for row in rows[-20:]]
        return [row for row in texts if any(row)]

    def _row(self, number: int, raw: Sequence[RawValue]) -> Row:
        told = list(explained(self._problems.get(number, ()), self._headers))
        tones: dict[str, str] = {}
        for one in told:
            if tones.get(one.name) != "mau":
                tones[one.name] = "mau" if one.severity == Severity.ERRO else "alerta"
        cells = [
            Cell(head.name, _at(raw, head.letter), tones.get(head.name, "")) for head in self.heads
        ]
        start, rows = self._span
        at = bisect_left(rows, number)
        if at >= len(rows) or rows[at] != number:
            return Row(number, cells, told=told, waits=number in self.waiting)
        found = self._seen.report.rows
        situacao = found.situacao[start + at]
        word, tone = str(situacao), TONES["situacao"][situacao]
        if situacao is Situacao.RETIDA and found.ref[start + at]:
            word, tone = sentence("pagina.nota-pronta"), "pronto"
        return Row(
            number,
            cells,
            word,
            tone,
            found.numero[start + at] or "",
            found.mensagens[start + at],
            told,
            waits=number in self.waiting,
        )

    @cached_property
    def _headers(self) -> Mapping[str, str]:
        return {head.letter: head.title for head in self.heads if head.letter}


def explained(problems: Iterable[Problem], headers: Mapping[str, str]) -> Iterator[Explained]:
    """Each problem in words, the errors first; `headers` are those of the sheet, by letter."""
    for problem in sorted(problems, key=lambda one: one.severity is not Severity.ERRO):
        name = problem.column or problem.field or ""
        label = headers.get(name) or LABELS.get(problem.field or "", "")
        severity = str(problem.severity)
        yield Explained(name, label, severity, message(problem), hint(problem), problem.code)


@dataclass(frozen=True, slots=True)
class File:
    """One file as it was put down, with a table for each of its sheets; `order` of showing."""

    seen: Snapshot
    tables: Sequence[Table]


@dataclass(slots=True)
class Files:
    """The files that were put down in a folder; the last ones that were asked for stay here."""

    folder: Path
    _sources: dict[str, tuple[int, frozenset[str]]] = field(default_factory=dict)
    _known: OrderedDict[str, tuple[int, File]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, arquivo: str) -> File | None:
        """A file as the last run saw it; None where none did."""
        now = snapshot.stamp(self.folder, arquivo)
        if now is None:
            return None
        with self._lock:
            known = self._known.get(arquivo)
            if known is None or known[0] != now:
                seen = snapshot.read(self.folder, arquivo)
                if seen is None:
                    return None
                self._known[arquivo] = known = (now, _opened(seen))
            self._known.move_to_end(arquivo)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
            return known[1]

    def sources(self, arquivo: str) -> frozenset[str]:
        """The files that a mended copy has rows of; none for any other file."""
        now = snapshot.stamp(self.folder, arquivo)
        known = self._sources.get(arquivo)
        if now is None:
            return frozenset()
        if known is None or known[0] != now:
            self._sources[arquivo] = known = (now, snapshot.sources(self.folder, arquivo))
        return known[1]


def _opened(seen: Snapshot) -> File:
    mapped = {sheet.planilha: sheet for sheet in seen.report.sheets}
    sheets = seen.report.book.sheets if seen.report.book else ()
    tables = [Table(seen, at, mapped.get(sheet.name)) for at, sheet in enumerate(sheets)]
    # The sheets with notes come first; the sort keeps the book's order among them.
    return File(seen, sorted(tables, key=lambda table: table.mapped is None))


def _at(raw: Sequence[RawValue], letter: str) -> str:
    at = column_of(letter) - 1 if letter else -1
    return _text(raw[at]) if 0 <= at < len(raw) else ""


def _text(value: RawValue) -> str:
    return shown(value, _WHOLE)
