"""Rows that must not go without a word: what is still asked of them, and what was answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from converter.brazil.headers import fold
from converter.mapping.row_questions import YEARS, Asked, NoteRows, questions
from converter.mapping.rows import Column
from converter.mapping.statuses import distinct, rows_with
from converter.mapping.understanding import Understood
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawSheet
from converter.model.columns import Answers, RowAnswer, question_key

__all__ = ["Asked", "RowDecisions", "ask_rows"]


@dataclass(frozen=True, slots=True)
class RowDecisions:
    """What is to be asked of rows, and what was answered: Excel rows that do not go, or repeat.

    `formats` says by column's letter how its dates are read, until it is answered and after.
    """

    asked: tuple[Asked, ...] = ()
    dropped: frozenset[int] = frozenset()
    as_above: frozenset[int] = frozenset()
    formats: Mapping[str, str] = field(default_factory=dict)


def ask_rows(
    sheet: RawSheet,
    understood: Understood,
    answers: Answers,
    columns: Sequence[Column],
    rows: Sequence[int],
) -> RowDecisions:
    """Everything to ask of the rows of one sheet.

    Args:
        sheet: As read.
        understood: What its columns are.
        answers: What the person said before.
        columns: The notes' values, column by column from A.
        rows: Their Excel rows.
    """
    following = _Following()
    for question in questions(NoteRows(sheet, understood, columns, rows)):
        following.take(question, answers.perguntas)
    following.dropped.update(_told_not_to_go(understood, columns, rows))
    following.dropped.update(_named(answers, rows))
    return RowDecisions(
        tuple(following.asked),
        frozenset(following.dropped),
        frozenset(following.above - following.dropped),
        following.formats,
    )


class _Following:
    """Follows the answers, question by question; what nobody answered is left to ask."""

    def __init__(self) -> None:
        options = vocabulary().options
        self.asked: list[Asked] = []
        self.dropped: set[int] = set()
        self.above: set[int] = set()
        self.formats: dict[str, str] = {}
        self._rows = {options["nao_enviar"]: self.dropped, options["mesmo_de_cima"]: self.above}
        self._years = {options[key]: form for key, form in YEARS.items()}

    def take(self, question: Asked, answers: Sequence[RowAnswer]) -> None:
        """Follow what was said of one question."""
        left = set(question.rows)
        self._read_years(question, question.options[0])
        for answer in answers:
            known = answer.opcao in self._rows or answer.opcao in question.options
            if known and _answers(answer, question):
                meant = left if answer.linhas is None else left & set(answer.linhas)
                self._rows.get(answer.opcao, set()).update(meant)
                self._read_years(question, answer.opcao)
                left = left - meant
        if left:
            remaining = tuple(row for row in question.rows if row in left)
            self.asked.append(replace(question, rows=remaining))

    def _read_years(self, question: Asked, option: str) -> None:
        if question.column and option in self._years:
            self.formats[question.column.letter] = self._years[option]


def _answers(answer: RowAnswer, question: Asked) -> bool:
    letter = question.column.letter if question.column else None
    return answer.key == question_key(question.codigo, letter, question.value)


def _named(answers: Answers, rows: Sequence[int]) -> Iterator[int]:
    """The rows that an answer names itself as not to go.

    What made the question may be gone from a workbook to mend; the answer holds all the same.
    """
    stays = vocabulary().options["nao_enviar"]
    for answer in answers.perguntas:
        if answer.opcao == stays and answer.linhas is not None:
            yield from set(answer.linhas).intersection(rows)


def _told_not_to_go(
    understood: Understood, columns: Sequence[Column], rows: Sequence[int]
) -> Iterator[int]:
    """The rows whose status the person named among those that do not go."""
    for index, words in understood.status_words.items():
        stop = {fold(word) for word in words}
        known = {value for value in distinct(columns[index]) if fold(text_of(value)) in stop}
        yield from rows_with(known, columns[index], rows)
