"""Rows that must not go without a word: what is asked of them, and what was answered."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from converter.brazil.headers import fold, fold_words
from converter.mapping.amount_questions import (
    merged_amounts,
    parts,
    products,
    rates_as_amounts,
    scales,
    unit_prices,
)
from converter.mapping.cautions import CAUTIONS
from converter.mapping.customer_questions import (
    above_the_table,
    branches,
    headed,
    in_a_list,
    nobody,
    two_customers,
)
from converter.mapping.date_questions import FORMS, is_day_of_the_note, short_years, swapped_days
from converter.mapping.doubtful_rows import near_copies, no_services, set_aside
from converter.mapping.outside_questions import accounts, noticed
from converter.mapping.painted_rows import painted
from converter.mapping.questions import MOST_WORDS, Asked, NoteRows, of_words, options_of, quoted
from converter.mapping.remark_questions import commented, remarked, struck
from converter.mapping.rows import blanks_of
from converter.mapping.sense import Mark
from converter.mapping.statuses import distinct, silent, stopping
from converter.mapping.under import meanings
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue
from converter.model.columns import (
    BY_WORD,
    CAUTION_QUESTION,
    HIDDEN_ROWS,
    STATUS_QUESTION,
    Answers,
    ColumnUse,
    RowAnswer,
)

_CODES = {
    Mark.SITUACAO: STATUS_QUESTION,
    Mark.VENDA: STATUS_QUESTION,
    Mark.EMITIDA: "coluna-de-nota-emitida",
    Mark.EMITIR: "nota-nao-pedida",
    Mark.NOTA: STATUS_QUESTION,
    Mark.IMPEDE: STATUS_QUESTION,
    Mark.FEITO: STATUS_QUESTION,
    Mark.MOEDA: STATUS_QUESTION,
    Mark.CIF: STATUS_QUESTION,
    Mark.FOB: STATUS_QUESTION,
    **dict.fromkeys(CAUTIONS, CAUTION_QUESTION),
}
_BLANK = "(em branco)"


@dataclass(frozen=True, slots=True)
class RowDecisions:
    """What is to be asked of rows, and what was answered: Excel rows that do not go, or repeat.

    Rows that do not go may be among those that repeat: what is below them repeats them.
    `formats` says by column's letter how its dates are read, until it is answered and after.
    `followed` is what was answered of the sheet's own rows that go.
    """

    asked: tuple[Asked, ...] = ()
    dropped: frozenset[int] = frozenset()
    as_above: frozenset[int] = frozenset()
    formats: Mapping[str, str] = field(default_factory=dict)
    followed: tuple[Asked, ...] = ()


def ask_rows(notes: NoteRows, answers: Answers) -> RowDecisions:
    """Everything to ask of the rows of one sheet, but for what the person answered before."""
    following = _Following(answers.perguntas)
    for question in _questions(notes):
        following.take(question)
    following.dropped.update(_told_not_to_go(notes), _named(answers, notes.rows))
    return RowDecisions(
        tuple(following.asked),
        frozenset(following.dropped),
        frozenset(following.above),
        following.formats,
        tuple(following.followed),
    )


class _Following:
    """Follows the answers, question by question; what nobody answered is left to ask."""

    def __init__(self, answers: Sequence[RowAnswer]) -> None:
        options = vocabulary().options
        self.asked: list[Asked] = []
        self.followed: list[Asked] = []
        self.dropped: set[int] = set()
        self.above: set[int] = set()
        self.formats: dict[str, str] = {}
        self._answers = answers
        self._as_above = options["mesmo_de_cima"]
        self._rows = {options["nao_enviar"]: self.dropped, self._as_above: self.above}
        self._years = {options[key]: form for key, form in FORMS.items()}

    def take(self, question: Asked) -> None:
        """Follow what was said of one question."""
        left = set(question.rows)
        self._read_years(question, question.options[0])
        for answer in self._answers:
            known = answer.opcao in self._rows or answer.opcao in question.options
            if known and answer.key == question.key:
                meant = left if answer.linhas is None else left & set(answer.linhas)
                if answer.opcao == self._as_above:
                    meant = self._lent(question, meant)
                self._rows.get(answer.opcao, set()).update(meant)
                self._read_years(question, answer.opcao)
                left = left - meant
                if meant and answer.linhas is not None and answer.opcao not in self._rows:
                    self.followed.append(replace(_of(question, meant), answer=answer.opcao))
        if left:
            self.asked.append(_of(question, left))

    def _lent(self, question: Asked, rows: Collection[int]) -> set[int]:
        """Those of some rows that have a customer above them to take: the others stay asked."""
        lent: set[int] = set()
        upper = dict(question.above)
        for row in _of(question, rows).rows:
            above = upper.get(row)
            if above is not None and (above not in question.rows or above in lent):
                lent.add(row)
        return lent

    def _read_years(self, question: Asked, option: str) -> None:
        if question.letter and option in self._years:
            self.formats[question.letter] = self._years[option]


def _of(question: Asked, rows: Collection[int]) -> Asked:
    return replace(question, rows=tuple(row for row in question.rows if row in rows))


def _named(answers: Answers, rows: Sequence[int]) -> Iterator[int]:
    """The rows that an answer names itself as not to go.

    What made the question may be gone from a workbook to mend; the answer holds all the same.
    """
    stays = vocabulary().options["nao_enviar"]
    for answer in answers.perguntas:
        if answer.opcao == stays and answer.linhas is not None:
            yield from set(answer.linhas).intersection(rows)


def _told_not_to_go(notes: NoteRows) -> Iterator[int]:
    """The rows whose status the person named among those that do not go."""
    for index, words in notes.understood.status_words.items():
        stop = {fold(word) for word in words}
        known = {v for v in distinct(notes.columns[index]) if fold(text_of(v)) in stop}
        yield from notes.with_one_of(known, index)


def _questions(notes: NoteRows) -> Iterator[Asked]:
    """Everything that may be asked, in the order in which it is told."""
    for ask in (
        *(_hidden, set_aside, _marked, remarked, commented, struck, painted, noticed, accounts),
        *(no_services, headed, above_the_table, in_a_list, nobody, two_customers, branches),
        *(near_copies, _decimal_commas, short_years, swapped_days, _tables, _months),
        *(unit_prices, products, scales, merged_amounts, rates_as_amounts, parts),
    ):
        yield from ask(notes)


def _hidden(notes: NoteRows) -> Iterator[Asked]:
    hidden = tuple(row for row in notes.rows if row in notes.sheet.hidden_rows)
    filtered = sum(row in notes.sheet.hidden_by_filter for row in hidden)
    if hidden:
        how = "por um filtro ou à mão" if filtered else "à mão"
        how = "por um filtro" if filtered == len(hidden) else how
        yield Asked(HIDDEN_ROWS, None, hidden, options_of("nao_enviar", "enviar"), {"como": how})


def _marked(notes: NoteRows) -> Iterator[Asked]:
    """Columns of a status, of an issued note, of whether to issue: by their words.

    Beside a word stands what a legend on the sheet says of it.
    """
    told, legend = notes.understood.status_words, meanings(list(notes.texts_outside()))
    for index, mark in sorted(notes.understood.marks.items()):
        if index not in told and index < len(notes.columns):
            yield from _of_its_words(notes, mark, index, legend)
            yield from _of_its_blanks(notes, mark, index)


def _of_its_words(
    notes: NoteRows, mark: Mark, index: int, legend: Mapping[str, str]
) -> Iterator[Asked]:
    """The words of a marked column that hold their rows: each by itself, or all where many do."""
    known = notes.understood.known_words.get(index, ())
    words = [value for value in stopping(mark, notes.columns[index]) if value not in known]
    if mark is Mark.ADIA:
        words = [value for value in words if not is_day_of_the_note(notes, index, value)]
    if _CODES[mark] in BY_WORD and len(words) <= MOST_WORDS:
        for value, alike in _alike(words).items():
            asked = replace(_of_mark(notes, mark, index, alike), value=value)
            meant = legend.get(fold(text_of(alike[0])))
            yield _explained(asked, meant) if meant else asked
    elif words:
        yield _of_mark(notes, mark, index, words)


def _of_its_blanks(notes: NoteRows, mark: Mark, index: int) -> Iterator[Asked]:
    """The blank cells of a marked column, where a blank may hold its row."""
    column = notes.columns[index]
    blanks = blanks_of(column) if silent(mark, column) else ()
    if blanks:
        asked = replace(of_words(notes, STATUS_QUESTION, index, [*blanks]), value=_BLANK)
        yield replace(asked, details={"situacoes": _BLANK})


def _explained(asked: Asked, meant: str) -> Asked:
    said = vocabulary().sentences["explicada"]
    shown = said.format(situacao=asked.details["situacoes"], sentido=meant)
    return replace(asked, details={**asked.details, "situacoes": shown})


def _of_mark(notes: NoteRows, mark: Mark, index: int, words: Sequence[RawValue]) -> Asked:
    """The question about some words of a marked column, with what is doubted of their notes."""
    asked = of_words(notes, _CODES[mark], index, words)
    if mark not in CAUTIONS:
        return asked
    doubt = vocabulary().sentences[f"{mark}_duvida"]
    return replace(asked, details={**asked.details, "duvida": doubt})


def _alike(words: Sequence[RawValue]) -> Mapping[str, list[RawValue]]:
    """Spellings of one word together: `Pago`, `PAGO`."""
    found: dict[str, list[RawValue]] = {}
    for word in words:
        found.setdefault(fold_words(text_of(word)), []).append(word)
    return found


def _decimal_commas(notes: NoteRows) -> Iterator[Asked]:
    """A text file whose amounts had been parted at their decimal comma, asked once for the file."""
    commas = notes.sheet.commas
    if not commas or not notes.rows:
        return
    headed = {cell.index: cell.column for cell in notes.understood.fit.header.cells}
    joined = [text_of(notes.columns[index][0]) for index in commas]
    details = {
        "cabecalhos": quoted([headed[index].header for index in commas if index in headed]),
        "separadas": quoted([text.partition(",")[0] for text in joined]),
        "juntas": quoted(joined),
    }
    options = options_of("virgula_decimal", "nao_enviar")
    yield Asked("csv-virgula-decimal", headed.get(commas[0]), tuple(notes.rows), options, details)


def _tables(notes: NoteRows) -> Iterator[Asked]:
    """One of several tables side by side, each read as a sheet of its own."""
    tables = notes.sheet.tables
    if tables:
        details = {
            "quantas": str(len(tables)),
            "tabelas": f"{', '.join(tables[:-1])} e {tables[-1]}",
            "esta": tables[notes.sheet.table],
        }
        options = options_of("desta_tabela", "nao_enviar")
        yield Asked("tabelas-lado-a-lado", None, tuple(notes.rows), options, details)


def _months(notes: NoteRows) -> Iterator[Asked]:
    """A table with one column of amounts per month, until one of them is chosen."""
    months = notes.understood.months
    decisions = notes.understood.decisions
    if months and not any(decisions[index].use is ColumnUse.USADA for index in months):
        headers = [notes.header(index).header for index in months]
        month = vocabulary().options["mes"]
        options = (*(month.format(cabecalho=each) for each in headers), *options_of("nao_enviar"))
        details = {"meses": quoted(headers)}
        yield Asked("matriz-de-meses", None, tuple(notes.rows), options, details)
