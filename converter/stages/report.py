"""All that is known of a file at the end: situações of rows, messages at their cells, balance."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import repeat
from typing import NamedTuple, TypeAlias

from converter.errors import BalanceError
from converter.history.fate import comes_back, situacao
from converter.model.fate import Fate, Fates
from converter.model.history import First
from converter.model.notas import NOWHERE, Nota
from converter.model.origem import Origem
from converter.model.outcome import LoteOutcome, LoteState, Message, NotaAnswer, Situacao
from converter.model.problems import Problem, Severity
from converter.model.report import Balance, ResultRows
from converter.model.rows import RowRef, SheetRows
from converter.schemas.catalogue import BY_PATH
from converter.texts import resultado
from converter.texts.catalogue import CATALOGUE, message
from converter.texts.sentences import sentence

# What a good note hears when another of its lote was refused: told, but nothing to mend in it.
_OF_OTHERS = {"lote_nao_processado", "nota-nao-processada"}
COMPLETED = frozenset({"tomador-do-cadastro", "completado-por-cep", "completado-por-cnpj"})
"""What a row is told that took something from elsewhere."""
_GIVEN = ("numero", "codigo_verificacao", "uri", "caminho_xml")
_IN_LOTES = {Fate.PRONTA, Fate.EM_LOTE}
_DESTINATIONS = {
    Situacao.ENVIADA: "enviadas",
    Situacao.AUTORIZADA: "enviadas",
    Situacao.CANCELADA: "enviadas",
    Situacao.DESCONHECIDA: "enviadas",
    Situacao.RETIDA: "retidas",
    Situacao.REPETIDA: "repetidas",
    Situacao.REJEITADA: "rejeitadas",
    Situacao.RECUSADA: "rejeitadas",
}
"""Where a row of each situação is counted. One that is `DESCONHECIDA` counts as sent: its
lote may be at the API, so that it goes in no other, and nobody is to invoice it again."""
_WAITING = {
    Fate.RETIDA: "resultado.retida",
    Fate.ESPERA: "resultado.espera",
    Fate.REJEITADA: "resultado.rejeitada",
}
"""What is said of a row that is in no lote."""


class Placement(NamedTuple):
    """Where a row is: its lote, its note there, and what was answered of that."""

    outcome: LoteOutcome
    nota: Nota
    answer: NotaAnswer | None


Placements: TypeAlias = Mapping[str, Placement]
"""The placement of each row that is in a lote, by its identity."""


def placed(outcomes: Sequence[LoteOutcome], sheets: Sequence[SheetRows]) -> tuple[LoteOutcome, ...]:
    """The outcomes with each note where its row stands now: rows move, and go, after sending."""
    here: dict[str, tuple[str, int]] = {}
    for sheet in sheets:
        here.update(zip(sheet.identity, zip(repeat(sheet.planilha), sheet.rows), strict=True))
    made = []
    for outcome in outcomes:
        before = outcome.lote.notas
        now = [here.get(nota.identity, NOWHERE) for nota in before]
        if now != [(nota.planilha, nota.row) for nota in before]:
            notas = tuple(
                nota._replace(planilha=planilha, row=row)
                for nota, (planilha, row) in zip(before, now, strict=True)
            )
            made.append(replace(outcome, lote=replace(outcome.lote, notas=notas)))
        else:
            made.append(outcome)
    return tuple(made)


def result_rows(
    sheets: Sequence[SheetRows],
    fates: Fates,
    placements: Placements,
    firsts: Mapping[RowRef, First],
    origins: Mapping[tuple[str, int], Origem],
    completed: Mapping[tuple[str, int], str],
    waiting: str,
) -> ResultRows:
    """One entry per row in source order.

    `placements` tells the lote of each row, `firsts` where those that are `repetida` were first,
    `origins` where the rows of a corrected workbook came from, `completed` what a row took from
    elsewhere; `waiting` is the sentence for a row that is ready and was not sent.
    """
    rows = ResultRows(*([] for _ in range(len(ResultRows.__slots__))))
    messages = _Messages(waiting, firsts, origins, completed)
    for sheet, own in zip(sheets, fates, strict=True):
        found = _found(sheet, own, placements)
        places = map(RowRef, repeat(sheet.planilha), sheet.rows)
        said = map(messages.of, own, found, places)
        columns = (*_of_rows(sheet), *_of_lotes(own, found), said)
        for name, values in zip(ResultRows.__slots__, columns, strict=True):
            getattr(rows, name).extend(values)
    return rows


def completed_rows(problems: Iterable[Problem]) -> Mapping[tuple[str, int], str]:
    """What each row took from a register or from the API, in the words its cell was told."""
    told: dict[tuple[str, int], list[str]] = {}
    for problem in problems:
        if problem.code in COMPLETED and problem.row:
            told.setdefault((problem.planilha or "", problem.row), []).append(message(problem))
    return {where: " ".join(said) for where, said in told.items()}


def _of_rows(sheet: SheetRows) -> Iterator[Iterable[object]]:
    """The first columns of a sheet's `ResultRows`: what its rows say, whatever became of them."""
    yield [sheet.planilha] * len(sheet.rows)
    yield sheet.rows
    yield [issuer.cnpj if issuer else None for issuer in sheet.prestador]
    yield [tomador or None for tomador in sheet.tomador]
    yield [key.documento or None for key in sheet.key]
    yield sheet.valor


def _of_lotes(own: Sequence[Fate], found: Sequence[Placement | None]) -> Iterator[Iterable[object]]:
    """The next: what became of the rows, in which lote, and what the prefeitura gave them."""
    yield [
        situacao(fate, one.outcome, one.answer) if one else situacao(fate, None, None)
        for fate, one in zip(own, found, strict=True)
    ]
    yield [one.outcome.lote.ref if one else None for one in found]
    yield [one.nota.ordem if one else None for one in found]
    answers = [one.answer if one else None for one in found]
    for name in _GIVEN:
        yield [getattr(answer, name) if answer else None for answer in answers]


def rows_to_fix(
    sheets: Sequence[SheetRows],
    fates: Fates,
    placements: Placements,
    edited: Collection[RowRef],
) -> frozenset[RowRef]:
    """The rows that go back to the user to correct.

    A row `edited` after it was sent does not: brought back in another workbook it would be sent
    again.
    """
    rows = (
        RowRef(sheet.planilha, row)
        for sheet, own in zip(sheets, fates, strict=True)
        for row, fate, place in zip(sheet.rows, own, _found(sheet, own, placements), strict=True)
        if (
            comes_back(fate, place.outcome, place.answer) if place else comes_back(fate, None, None)
        )
    )
    return frozenset(rows) - {*edited}


def _found(sheet: SheetRows, own: Sequence[Fate], placements: Placements) -> list[Placement | None]:
    """The placement of each row, None where its fate is to be in no lote."""
    found = map(placements.get, sheet.identity)
    if _IN_LOTES.issuperset(own):
        return list(found)
    return [place if fate in _IN_LOTES else None for place, fate in zip(found, own, strict=True)]


def balance(rows: ResultRows, blank: int) -> Balance:
    """Rows and R$ by destination.

    Raises:
        BalanceError: A row has no destination, or more than one.
    """
    count: Counter[str] = Counter()
    amount: dict[str, Decimal] = defaultdict(Decimal)
    for word, valor in zip(rows.situacao, rows.valor, strict=True):
        destination = _DESTINATIONS[word]
        count[destination] += 1
        if valor:
            amount[destination] += valor
    made = Balance(
        lidas=len(rows.row) + blank,
        em_branco=blank,
        enviadas=count["enviadas"],
        retidas=count["retidas"],
        rejeitadas=count["rejeitadas"],
        repetidas=count["repetidas"],
        valor_lido=sum(filter(None, rows.valor), Decimal(0)),
        valor_enviado=amount["enviadas"],
        valor_retido=amount["retidas"],
        valor_rejeitado=amount["rejeitadas"],
        valor_repetido=amount["repetidas"],
    )
    if not made.holds():
        raise BalanceError("balanco-nao-fecha", conta=str(made))
    return made


def answer_problems(
    arquivo: str,
    outcomes: Sequence[LoteOutcome],
    columns: Mapping[tuple[str, str], tuple[str, str]],
) -> tuple[Problem, ...]:
    """What the API and the prefeitura said, at the cells they speak of.

    `columns` gives letter and header by (sheet, API path).
    """
    problems: list[Problem] = []
    for outcome in outcomes:
        notas = {nota.ordem: nota for nota in outcome.lote.notas}
        for said in outcome.messages:
            nota = notas.get(said.ordem or 0)
            code = "api-recusou" if outcome.state is LoteState.RECUSADO else "lote-mensagem"
            problems.append(_problem(code, arquivo, outcome, said, nota, columns))
        for answer in outcome.answers:
            problems.extend(
                _problem(_kind(answer, said), arquivo, outcome, said, nota, columns)
                for said in answer.messages
                if (nota := notas.get(answer.ordem))
            )
    return tuple(problems)


def _kind(answer: NotaAnswer, one: Message) -> str:
    """What the prefeitura says of a note it took is no refusal; what we say is not hers."""
    if one.code in CATALOGUE:
        return "nota-mensagem"
    return "prefeitura-recusou" if answer.situacao is Situacao.RECUSADA else "prefeitura-mensagem"


def _problem(
    code: str,
    arquivo: str,
    outcome: LoteOutcome,
    said: Message,
    nota: Nota | None,
    columns: Mapping[tuple[str, str], tuple[str, str]],
) -> Problem:
    here = nota is not None and (nota.planilha, nota.row) != NOWHERE
    planilha = nota.planilha if nota and here else None
    letter, header = columns.get((planilha or "", said.field or ""), (None, None))
    own = CATALOGUE.get(said.code) if code == "nota-mensagem" else None
    severity = (own or CATALOGUE[code]).severity
    return Problem(
        code=code,
        severity=Severity.INFO if said.code in _OF_OTHERS else severity,
        arquivo=arquivo,
        planilha=planilha,
        row=nota.row if nota and here else None,
        column=letter,
        header=header,
        field=said.field,
        details={
            "codigo": said.code,
            "mensagem": said.text,
            "correcao": said.correction or _correction(said, columns),
            "ref": outcome.lote.ref,
        },
    )


def _correction(said: Message, columns: Mapping[tuple[str, str], object]) -> str:
    """What to do where nobody said it: a field is best known by the column that would hold it."""
    missing = BY_PATH.get(said.field or "")
    if missing is None or any(path == missing.path for _, path in columns):
        return sentence("resultado.sem-correcao")
    return sentence("resultado.sem-coluna", rotulo=missing.label)


def placements_of(outcomes: Sequence[LoteOutcome]) -> Placements:
    """The lote of each row by identity: the newest, unless only an older one did not refuse it."""
    placements: dict[str, Placement] = {}
    for outcome in outcomes:
        answers = {answer.ordem: answer for answer in outcome.answers}
        for nota in outcome.lote.notas:
            place = Placement(outcome, nota, answers.get(nota.ordem))
            older = placements.get(nota.identity)
            if older is None or _refused(older) or not _refused(place):
                placements[nota.identity] = place
    return placements


def _refused(place: Placement) -> bool:
    return situacao(Fate.EM_LOTE, place.outcome, place.answer) is Situacao.RECUSADA


class _Messages:
    """The message of each row. What a whole lote was told is put together once."""

    def __init__(
        self,
        waiting: str,
        firsts: Mapping[RowRef, First],
        origins: Mapping[tuple[str, int], Origem],
        completed: Mapping[tuple[str, int], str],
    ) -> None:
        self._waiting = waiting
        self._firsts = firsts
        self._origins = origins
        self._completed = completed
        self._of_lote: dict[str, str | None] = {}

    def of(self, fate: Fate, place: Placement | None, where: RowRef) -> str:
        """What the row's line says, what completed it, and where a mended row came from."""
        if fate is Fate.REPETIDA:
            told = resultado.repetida(self._firsts.get(where))
        elif fate in _WAITING:
            told = sentence(_WAITING[fate])
        else:
            told = self._of_place(place)
        origem = self._origins.get(where) if self._origins else None
        came = ""
        if origem:
            source = {"arquivo": origem.arquivo, "aba": origem.planilha, "linha": origem.row}
            came = sentence("resultado.veio-de", **source)
        completed = self._completed.get(where, "") if self._completed else ""
        return " · ".join(filter(None, (told, completed, came)))

    def _of_place(self, place: Placement | None) -> str:
        if place is None:
            return self._waiting
        ref = place.outcome.lote.ref
        if ref not in self._of_lote:
            self._of_lote[ref] = self._same_for_all(place.outcome)
        same = self._of_lote[ref]
        if same is not None and (place.answer is None or not place.answer.messages):
            return same
        own = [m for m in place.outcome.messages if m.ordem in {None, place.nota.ordem}]
        own.extend(place.answer.messages if place.answer else ())
        return _joined(own)

    def _same_for_all(self, outcome: LoteOutcome) -> str | None:
        """What all notes of a lote are told, None where the lote was told of single ones."""
        if outcome.state is LoteState.PREPARADO:
            return " · ".join(message.text for message in outcome.messages) or self._waiting
        if any(message.ordem is not None for message in outcome.messages):
            return None
        return _joined(outcome.messages)


def _joined(messages: Iterable[Message]) -> str:
    return " · ".join(map(resultado.dito, messages))
