"""Answers: what the person wrote in `Colunas` and `Perguntas` of a workbook put back."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from converter.brazil.headers import fold
from converter.model.address import letters_of
from converter.model.cells import RawBook, RawSheet
from converter.model.columns import (
    ABOUT_THE_SHEET,
    Answers,
    AnswerUse,
    ColumnAnswer,
    Question,
    RowAnswer,
)
from converter.model.problems import Problem, Severity
from converter.model.said import NOTHING_SAID, Said, SourceAnswers
from converter.schemas.called import field_called, nearest_label
from converter.schemas.catalogue import MULTILINE, label_of
from converter.texts import folhas
from converter.texts.formato import cortado
from converter.workbook import asked
from converter.workbook.answer_cells import Cell, headed, text_at, titled
from converter.workbook.asked import Asked, AskedColumn, AskedRows
from converter.workbook.origin import Mended, mended

_WORDS = re.compile(r"[;/\n]|,\s")


def read_answers(book: RawBook) -> tuple[RawBook, Said]:
    """Take the sheets of questions out of a book, and say what was answered there.

    A book without them comes back as it is. What cannot be followed is a problem at its cell.
    """
    columns = list(headed(book, asked.COLUMN_HEADER))
    questions = list(headed(book, asked.QUESTION_HEADER))
    notes = list(filter(None, map(mended, book.sheets)))
    if not columns and not questions and not any(one.waits for one in notes):
        return book, NOTHING_SAID
    ours = {sheet.name for sheet, *_ in (*columns, *questions)}
    left = tuple(sheet for sheet in book.sheets if sheet.name not in ours)
    reading = _Reading(book.arquivo, notes, frozenset(sheet.name for sheet in left))
    for sheet, row, hidden in columns:
        reading.columns(sheet, row, hidden)
    for sheet, row, hidden in questions:
        reading.questions(sheet, row, hidden)
    return replace(book, sheets=left), reading.said()


_Used = tuple[Cell, AskedColumn, ColumnAnswer, bool]
"""A line that makes its column a field, what it says, and whether the person said so."""


class _Reading:
    """The answers of one workbook as they are found."""

    def __init__(self, arquivo: str, notes: Sequence[Mended], sheets: frozenset[str]) -> None:
        self._arquivo = arquivo
        self._sheets = sheets
        self._notes = notes
        self._known = {sha256 for one in notes for sha256, _ in one.sources}
        self._problems: list[Problem] = []
        self._held: set[str] = set()
        self._columns: dict[tuple[str, str], dict[str, ColumnAnswer]] = defaultdict(dict)
        self._rows: dict[tuple[str, str], dict[str, tuple[AskedRows, str]]] = defaultdict(dict)
        self._shown: dict[tuple[str, str], dict[str, ColumnAnswer]] = defaultdict(dict)
        self._texts: dict[tuple[tuple[str, str], str], AskedRows] = {}
        self._signatures: dict[tuple[str, str], str] = {}
        self._forgotten: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._lines: dict[tuple[str, str], dict[str, AskedColumn]] = defaultdict(dict)
        self._asked: dict[tuple[str, str], dict[str, AskedRows]] = defaultdict(dict)

    # -- what the sheets say

    def columns(self, sheet: RawSheet, header: int, hidden: int) -> None:
        """Read the lines of `Colunas`; the header stands at a zero-based row."""
        use_at = titled(sheet.rows[header], folhas.USAR_COMO, hidden - 2)
        words_at = titled(sheet.rows[header], folhas.NAO_ENVIAR, hidden - 1)
        used: dict[tuple[str, str, str], list[_Used]] = defaultdict(list)
        rows = sheet.rows[header + 1 :]
        told = [asked.read_column(row[hidden] if hidden < len(row) else None) for row in rows]
        for each in filter(None, told):
            self._lines[each.source][each.coluna] = each
        for number, (row, line) in enumerate(zip(rows, told, strict=True), header + 2):
            words = text_at(row, words_at)
            cell = Cell(sheet.name, number, use_at, folhas.USAR_COMO, text_at(row, use_at))
            if line is None:
                if cell.value or words:
                    self._wrong("resposta-sem-coluna", cell)
                continue
            if not self._belongs(line, cell):
                return
            answer, mine = self._line(line, cell, words)
            if answer is not None and answer.campo is not None:
                said = (cell, line, answer, mine)
                used[line.sha256, line.planilha, answer.campo].append(said)
        for (_, _, path), lines in used.items():
            self._by_several(path, lines)

    def _line(self, line: AskedColumn, cell: Cell, words: str) -> tuple[ColumnAnswer | None, bool]:
        """Take one line: what is said of its column, and whether the person said so."""
        self._signatures[line.source] = line.assinatura
        said = not _same(cell.value, line.usar_como) or not _same(words, line.nao_enviar)
        if not cell.value:
            if line.usar_como:
                self._forgotten[line.source].add(line.coluna)
            if words:
                self._wrong("resposta-palavras-a-mais", cell, line)
            return None, False
        mine = said or line.respondida
        answer = self._column_answer(line, cell, words, said=mine)
        if answer is None:
            return None, False
        if self._there(line, cell, said=said):
            if mine:
                self._take(line, answer, cell)
            elif line.firme:
                self._shown[line.source][line.coluna] = replace(answer, dita=False)
        return answer, mine

    def questions(self, sheet: RawSheet, header: int, hidden: int) -> None:
        """Read the lines of `Perguntas`; the header stands at a zero-based row."""
        answer_at = titled(sheet.rows[header], folhas.RESPOSTA, hidden - 1)
        for number, row in enumerate(sheet.rows[header + 1 :], header + 2):
            typed = text_at(row, answer_at)
            cell = Cell(sheet.name, number, answer_at, folhas.RESPOSTA, typed)
            line = asked.read_rows(row[hidden] if hidden < len(row) else None)
            if line is None:
                if typed:
                    self._wrong("resposta-sem-pergunta", cell)
                continue
            if not self._belongs(line, cell):
                return
            self._signatures[line.source] = line.assinatura
            self._asked[line.source].setdefault(line.coluna, line)
            self._texts[line.source, line.question] = line
            if not typed:
                continue
            option = next((one for one in line.opcoes if _same(one, typed)), None)
            if option is None:
                self._wrong("resposta-desconhecida", cell, line, opcoes=_listed(line.opcoes))
                continue
            before = self._rows[line.source].setdefault(line.question, (line, option))
            if before[1] != option:
                self._wrong("resposta-contraditoria", cell, line, outra=before[1])

    def _column_answer(
        self, line: AskedColumn, cell: Cell, words: str, *, said: bool
    ) -> ColumnAnswer | None:
        """What a line says of its column; None, and a problem, where that cannot be followed."""
        made = partial(ColumnAnswer, line.coluna, fold(line.cabecalho), titulo=line.cabecalho)
        if _same(cell.value, folhas.SITUACAO_DA_NOTA) or _same(cell.value, folhas.SITUACAO_CURTA):
            told = words_of(words)
            if told:
                return made(AnswerUse.SITUACAO, nao_enviar=told)
            self._wrong("resposta-situacao-sem-palavras", cell, line)
            return None
        if words and said:
            self._wrong("resposta-palavras-a-mais", cell, line)
            return None
        if _same(cell.value, folhas.NAO_E_DA_NOTA):
            return made(AnswerUse.NADA)
        path = field_called(cell.value)
        if path is None and not said:
            path = cell.value
        if path is None:
            near = nearest_label(cell.value)
            known = f"“{near}”" if near else "um item da lista"
            self._wrong("resposta-desconhecida", cell, line, opcoes=known)
            return None
        return made(AnswerUse.CAMPO, path)

    def _take(self, line: AskedColumn, answer: ColumnAnswer, cell: Cell) -> None:
        self._columns[line.source].setdefault(line.coluna, answer)
        # What is said of a sheet holds for all with its headers: those of other months too.
        said = (
            lines[line.coluna]
            for other, lines in self._columns.items()
            if self._signatures[other] == self._signatures[line.source] and line.coluna in lines
        )
        before = next((one for one in said if one != answer), None)
        if before is not None:
            other = before.campo and label_of(before.campo)
            self._wrong("resposta-contraditoria", cell, line, outra=other or str(before.uso))

    def _there(self, line: AskedColumn, cell: Cell, *, said: bool) -> bool:
        """Whether the column still stands in the sheet it was asked of."""
        there = all(self._letter(notes, line) for notes in self._of(line.source))
        if said and not there:
            where = {"coluna": line.coluna, "cabecalho": line.cabecalho}
            self._wrong("resposta-coluna-ausente", cell, line, **where)
        return there

    def _now(self, notes: Mended, key: tuple[str, str], letter: str) -> str:
        """The letter in a sheet of a column of its source; "" where it is gone."""
        asked_there = self._asked[key].get(letter)
        line = self._lines[key].get(letter)
        if line is None and asked_there is not None and asked_there.celula:
            return self._letter(notes, asked_there)
        return self._letter(notes, line) if line else letter

    def _letter(self, notes: Mended, line: AskedColumn | AskedRows) -> str:
        """Where a column stands in a sheet now; "" where it is gone, or two could be it."""
        now = [letter for letter, text in notes.header.items() if cortado(text) == line.celula]
        lines = list(self._lines[line.source].values())
        alone = bool(line.celula) and sum(one.celula == line.celula for one in lines) < 2
        if alone and len(now) < 2:
            return "".join(now)
        moved = not lines or any(_elsewhere(notes, one) for one in lines)
        return line.coluna if _stands(notes, line) and not moved else ""

    def _as_it_was(self, notes: Mended, key: tuple[str, str]) -> bool:
        """Whether the columns stand as in the source: else what letters say is of no column."""
        lines = self._lines[key].values()
        return bool(lines) and all(self._letter(notes, line) == line.coluna for line in lines)

    def _by_several(self, path: str, lines: Sequence[_Used]) -> None:
        """Columns said to be one field: a text, what was shown as good as said; or none."""
        columns = {line.coluna for _, line, *_ in lines}
        if len(columns) < 2 or not any(mine for *_, mine in lines):
            return
        label = label_of(path)
        for cell, line, answer, mine in lines:
            if path in MULTILINE:
                if not mine and self._there(line, cell, said=False):
                    self._take(line, answer, cell)
            elif mine:
                others = _listed(sorted(columns - {line.coluna}))
                self._wrong("resposta-em-duas-colunas", cell, line, colunas=others, rotulo=label)

    # -- what comes of it

    def said(self) -> Said:
        """All of it."""
        here: dict[str, Answers] = {}
        waiting: dict[str, tuple[Question, ...]] = {}
        signatures: dict[str, str] = {}
        for notes in self._notes:
            columns: list[ColumnAnswer] = []
            rows: list[RowAnswer] = []
            for key in notes.sources:
                if key in self._signatures and self._as_it_was(notes, key):
                    signatures[notes.name] = self._signatures[key]
                for letter, answer in (*self._answered(key), *self._left(key)):
                    columns.append(replace(answer, coluna=self._now(notes, key, letter)))
                for question, (line, option) in self._rows.get(key, {}).items():
                    here_now = replace(line, coluna=self._now(notes, key, line.coluna))
                    rows.append(_row_answer(here_now, option, notes.asked(key, question)))
            if columns or rows:
                here[notes.name] = Answers(tuple(columns), tuple(rows), self._arquivo)
            waiting[notes.name] = tuple(self._open(notes))
        return Said(
            here,
            signatures,
            tuple(self._source()),
            tuple(self._problems),
            frozenset(self._held),
            {name: asked_there for name, asked_there in waiting.items() if asked_there},
        )

    def _answered(self, key: tuple[str, str]) -> Iterator[tuple[str, ColumnAnswer]]:
        """What was said of each column; of one that `Perguntas` asks about, only what it is."""
        return self._but_of_rows(key, self._columns.get(key, {}))

    def _but_of_rows(
        self, key: tuple[str, str], said: Mapping[str, ColumnAnswer]
    ) -> Iterator[tuple[str, ColumnAnswer]]:
        lines = [line for line, _ in self._rows.get(key, {}).values()]
        about_rows = {line.coluna for line in lines if line.codigo not in ABOUT_THE_SHEET}
        for letter, answer in said.items():
            if answer.uso is not AnswerUse.NADA or letter not in about_rows:
                yield letter, answer

    def _left(self, key: tuple[str, str]) -> Iterator[tuple[str, ColumnAnswer]]:
        """What was understood and left so: in this workbook it is not to be understood anew."""
        shown = self._shown.get(key, {})
        said = self._columns.get(key, {})
        fields = Counter(one.campo for one in (*shown.values(), *said.values()) if one.campo)
        for letter, answer in self._but_of_rows(key, shown):
            path = answer.campo or ""
            if letter not in said and (fields[path] < 2 or path in MULTILINE):
                yield letter, answer

    def _source(self) -> Iterator[SourceAnswers]:
        held = {key for one in self._notes if one.name in self._held for key in one.sources}
        for key, signature in self._signatures.items():
            if key in held:
                continue
            columns = tuple(answer for _, answer in self._answered(key))
            rows = tuple(
                _row_answer(line, option, self._rows_there(key, name), *key)
                for name, (line, option) in self._rows.get(key, {}).items()
                if option != line.resposta
            )
            gone = frozenset(self._forgotten.get(key, ()))
            if columns or rows or gone:
                yield SourceAnswers(signature, key[1], Answers(columns, rows, self._arquivo), gone)

    def _rows_there(self, key: tuple[str, str], question: str) -> tuple[int, ...]:
        return tuple(row for notes in self._of(key) for row in notes.asked_there(key, question))

    def _open(self, notes: Mended) -> Iterator[Question]:
        for key, question in notes.waits:
            codigo, coluna, *valor = question.split(":", 2)
            said = self._columns.get(key, {}).get(coluna)
            # How a column that is none of the note's is written need not be known.
            ignored = said is not None and said.uso is AnswerUse.NADA
            if question in self._rows.get(key, {}) or (codigo in ABOUT_THE_SHEET and ignored):
                continue
            line = self._texts.get((key, question))
            letter = self._now(notes, key, coluna)
            yield Question(
                codigo,
                notes.name,
                letter or None,
                notes.asked(key, question),
                line.texto if line else "",
                line.opcoes if line else (),
                "".join(valor),
            )

    def _of(self, key: tuple[str, str]) -> Iterator[Mended]:
        return (one for one in self._notes if key in one.sources)

    def _belongs(self, line: Asked, cell: Cell) -> bool:
        told = {one.name for one in self._notes}
        bare = line.planilha in self._sheets - told and not any(self._of(line.source))
        if line.sha256 in self._known and not bare:
            return True
        self._wrong("respostas-de-outro-arquivo", cell)
        return False

    def _wrong(self, code: str, cell: Cell, line: Asked | None = None, **details: str) -> None:
        """A problem at the cell; the rows it speaks of wait, all where that is unknown."""
        concerned = () if line is None else self._of(line.source)
        # A sheet without its hidden column may be the one that was asked about.
        self._held |= {one.name for one in concerned} or self._sheets
        self._problems.append(
            Problem(
                code,
                Severity.ERRO,
                self._arquivo,
                cell.planilha,
                cell.row,
                letters_of(cell.column + 1),
                cell.header,
                value=cell.value,
                details=details,
            )
        )


def _stands(notes: Mended, line: AskedColumn | AskedRows) -> bool:
    """Whether the header of a column stands under its letter."""
    return cortado(notes.header.get(line.coluna, "")) == line.celula


def _elsewhere(notes: Mended, line: AskedColumn) -> bool:
    """Whether the header of a column stands under another letter alone: columns were moved."""
    headers = map(cortado, notes.header.values())
    return bool(line.celula) and not _stands(notes, line) and line.celula in headers


def _row_answer(
    line: AskedRows, option: str, rows: tuple[int, ...], sha256: str = "", planilha: str = ""
) -> RowAnswer:
    """What was chosen for a line of `Perguntas`."""
    coluna = line.coluna or None
    about = (line.valor, line.cabecalho)
    return RowAnswer(line.codigo, coluna, option, rows, sha256, planilha, *about)


def words_of(typed: str) -> tuple[str, ...]:
    """The words of *Não enviar quando*, one by one."""
    return tuple(filter(None, map(str.strip, _WORDS.split(typed))))


def _same(one: str, other: str) -> bool:
    """Whether two texts say the same in other letters or signs."""
    return one == other or (fold(one) == fold(other) and bool(fold(one)) == bool(fold(other)))


def _listed(texts: Sequence[str]) -> str:
    return " ou ".join(f"“{text}”" for text in texts)
