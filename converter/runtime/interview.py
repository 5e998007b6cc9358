"""`mapear` on a terminal: the questions of `Colunas` and `Perguntas`, one by one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from converter.brazil.headers import fold
from converter.mapping.answers import answered
from converter.mapping.defaults import Defaults
from converter.mapping.load import load_mappings
from converter.model.cells import MappedSheet
from converter.model.columns import (
    Answers,
    AnswerUse,
    ColumnAnswer,
    ColumnReading,
    ColumnUse,
    Question,
    RowAnswer,
)
from converter.model.said import SourceAnswers
from converter.runtime.answers import keep, kept_answers
from converter.runtime.mapping_commands import book_of
from converter.schemas.called import field_called, nearest_label
from converter.schemas.catalogue import MULTILINE, label_of
from converter.settings import Settings
from converter.stages.answers import words_of
from converter.stages.map import map_book
from converter.texts import folhas
from converter.texts.command import command
from converter.texts.formato import contado, cortado
from converter.texts.sentences import sentence

Ask = Callable[[str], str]
"""Asks a question and gives what was typed, "" for Enter alone."""
Say = Callable[[str], None]


def interview(settings: Settings, today: date, path: Path, ask: Ask, say: Say) -> list[Path] | None:
    """Ask about every column of a file; the files the answers were kept in.

    None where no table of notes is found in it, so that there is nothing to ask.

    Raises:
        SettingsError: The file or a mapping cannot be read.
    """
    sha256, sheets = _sheets(settings, path)
    if not sheets:
        return None
    say(sentence("entrevista.abre"))
    found = [
        SourceAnswers(sheet.signature, sheet.planilha, replace(said, arquivo=path.name))
        for sheet in sheets
        if (said := _Interview(sheet, sha256, ask, say).answers())
    ]
    written = keep(settings, found, today)
    if not written:
        say(sentence("entrevista.nada-novo"))
    for one in written:
        conferir = command("conferir", settings.ambiente)
        say(sentence("entrevista.escrito", arquivo=one, conferir=conferir))
    return written


def _sheets(settings: Settings, path: Path) -> tuple[str, tuple[MappedSheet, ...]]:
    """A file's fingerprint, and its sheets of notes with what is known of them."""
    book = book_of(path)
    mappings = load_mappings([settings.folders.mappings])
    defaults = Defaults.from_table(settings.tabela, settings.texto)
    known = answered(kept_answers(settings), {}, {}, book.sha256)
    mapped = map_book(book, mappings, choice=settings.mapeamento, defaults=defaults, answered=known)
    return book.sha256, mapped.sheets


class _Interview:
    """The questions of one sheet."""

    def __init__(self, sheet: MappedSheet, sha256: str, ask: Ask, say: Say) -> None:
        self._sheet = sheet
        self._sha256 = sha256
        self._ask = ask
        self._say = say
        self._used = {
            each.campo: each.coluna
            for each in sheet.columns
            if each.situacao is ColumnUse.USADA and each.campo
        }

    def answers(self) -> Answers:
        """What the person said; an answer that says what was understood anyway is none."""
        asked = list(self._sheet.asked_columns)
        others = [each for each in self._sheet.columns if each.situacao is not ColumnUse.PERGUNTA]
        if not asked and not self._sheet.row_questions:
            self._say(sentence("entrevista.sem-perguntas", planilha=self._sheet.planilha))
        columns = list(filter(None, map(self._column, asked)))
        rows = [found for each in self._sheet.row_questions if (found := self._rows(each))]
        if others and self._wants_the_rest(len(others)):
            columns += self._changed(others)
        columns += self._together(columns)
        return Answers(tuple(columns), tuple(rows))

    def _together(self, said: Sequence[ColumnAnswer]) -> Iterator[ColumnAnswer]:
        """The columns that say a text with one of those answered, as good as said themselves."""
        texts = MULTILINE.intersection(one.campo for one in said if one.campo)
        letters = {one.coluna for one in said}
        for each in self._sheet.columns:
            used = each.situacao is ColumnUse.USADA and each.campo in texts
            if used and each.coluna not in letters:
                where = (each.coluna, fold(each.cabecalho))
                yield ColumnAnswer(*where, AnswerUse.CAMPO, each.campo, titulo=each.cabecalho)

    def _changed(self, readings: Sequence[ColumnReading]) -> list[ColumnAnswer]:
        said = [(each, self._column(each)) for each in readings]
        return [answer for each, answer in said if answer and not _as_understood(each, answer)]

    def _wants_the_rest(self, count: int) -> bool:
        quantas = contado(count, "coluna", "colunas")
        question = sentence("entrevista.rever", quantas=quantas, planilha=self._sheet.planilha)
        return fold(self._ask(question)) in {"s", "sim"}

    def _column(self, reading: ColumnReading) -> ColumnAnswer | None:
        """What the person said a column is; None where that is left for later."""
        first, *others = _options(reading)
        options = [*filter(None, [first]), *others]
        for line in _shown(reading, options):
            self._say(line)
        question = sentence("entrevista.pergunta-sem-sugestao")
        if first:
            question = sentence("entrevista.pergunta", primeira=first)
        while True:
            typed = self._ask(question).strip()
            if typed.isdecimal() and 0 < int(typed) <= len(options):
                typed = options[int(typed) - 1]
            if not typed and not first:
                return None
            answer = self._understood(reading, typed or first)
            if answer is not None:
                return answer

    def _understood(self, reading: ColumnReading, typed: str) -> ColumnAnswer | None:
        """The answer typed, None after saying why it cannot be one."""
        where = (reading.coluna, fold(reading.cabecalho))
        if fold(typed) in {fold(sentence("entrevista.nada")), fold(folhas.NAO_E_DA_NOTA)}:
            return ColumnAnswer(*where, AnswerUse.NADA, titulo=reading.cabecalho)
        if fold(typed) in {fold(sentence("entrevista.situacao")), fold(folhas.SITUACAO_CURTA)}:
            words = words_of(self._ask(sentence("entrevista.palavras")))
            made = ColumnAnswer(*where, AnswerUse.SITUACAO, None, words, reading.cabecalho)
            return made if words else None
        path = field_called(typed)
        if path is None:
            near = nearest_label(typed)
            seria = sentence("entrevista.seria", rotulo=near) if near else ""
            self._say(sentence("entrevista.desconhecida", valor=typed, seria=seria))
            return None
        taken = self._used.get(path, reading.coluna)
        if taken != reading.coluna and path not in MULTILINE:
            known = {"rotulo": label_of(path), "coluna": taken, "letra": reading.coluna}
            self._say(sentence("entrevista.duas", **known))
            return None
        self._used[path] = reading.coluna
        return ColumnAnswer(*where, AnswerUse.CAMPO, path, titulo=reading.cabecalho)

    def _rows(self, question: Question) -> RowAnswer | None:
        self._say(question.texto)
        for number, option in enumerate(question.opcoes, 1):
            self._say(sentence("entrevista.opcao", numero=number, rotulo=option))
        while typed := self._ask(sentence("entrevista.escolha")).strip():
            if typed.isdecimal() and 0 < int(typed) <= len(question.opcoes):
                option = question.opcoes[int(typed) - 1]
                return RowAnswer(
                    question.codigo,
                    question.coluna,
                    option,
                    question.linhas,
                    self._sha256,
                    question.planilha,
                    question.valor,
                )
            self._say(sentence("entrevista.numero", quantas=len(question.opcoes)))
        return None


def _options(reading: ColumnReading) -> Iterator[str]:
    """What is offered, the first of which Enter takes: "" where nothing is likely."""
    likely = [path for path in (reading.campo, *reading.sugestoes) if path is not None]
    yield from map(label_of, likely)
    if not likely and reading.situacao is ColumnUse.PERGUNTA:
        yield ""
    yield folhas.NAO_E_DA_NOTA


def _shown(reading: ColumnReading, options: list[str]) -> Iterator[str]:
    yield sentence(
        "entrevista.coluna",
        letra=reading.coluna,
        cabecalho=cortado(reading.cabecalho),
        planilha=reading.planilha,
    )
    if reading.amostras:
        shown = " | ".join(cortado(sample, 40) for sample in reading.amostras)
        yield sentence("entrevista.exemplos", amostras=shown)
    for reason in reading.motivos:
        yield sentence("entrevista.motivo", motivo=reason)
    for number, option in enumerate(options, 1):
        yield sentence("entrevista.opcao", numero=number, rotulo=option)


def _as_understood(reading: ColumnReading, answer: ColumnAnswer) -> bool:
    if reading.situacao is ColumnUse.IGNORADA:
        return answer.uso is AnswerUse.NADA
    return answer.campo is not None and answer.campo == reading.campo
