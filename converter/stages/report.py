"""Everything known of one file at the end: a fate per row, messages at their cells, the balance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from converter.model.notas import Nota
from converter.model.origem import Origem
from converter.model.outcome import LoteOutcome, LoteState, Message, NotaAnswer, Situacao
from converter.model.problems import Problem, Severity
from converter.model.report import Balance, ResultRows
from converter.stages.compose import ComposedSheet
from converter.stages.group import Fate
from converter.texts import resultado
from converter.texts.catalogue import CATALOGUE

_BEFORE_SENDING = {
    Fate.REJEITADA: Situacao.REJEITADA,
    Fate.RETIDA: Situacao.RETIDA,
    Fate.REPETIDA: Situacao.REPETIDA,
}
_BY_STATE = {
    LoteState.PREPARADO: Situacao.RETIDA,
    LoteState.ENVIANDO: Situacao.DESCONHECIDA,
    LoteState.DESCONHECIDO: Situacao.DESCONHECIDA,
    LoteState.GERADO: Situacao.ENVIADA,
    LoteState.RECUSADO: Situacao.RECUSADA,
    LoteState.RESPONDIDO: Situacao.ENVIADA,
}
# What a good note hears when another of its lote was refused: told, but nothing to mend in it.
_OF_OTHERS = {"lote_nao_processado", "nota-nao-processada"}
_SENT = {
    Situacao.ENVIADA,
    Situacao.AUTORIZADA,
    Situacao.CANCELADA,
    Situacao.DESCONHECIDA,
}


class BalanceError(Exception):
    """Rows or R$ do not add up: a bug, and a reason to stop before anything is believed."""


Where = str | tuple[str, int]
"""A row by its identity, or by its sheet and Excel row."""


@dataclass(frozen=True, slots=True)
class First:
    """Where a repeated row appeared first; `corrected` when that is this row, mended."""

    arquivo: str
    planilha: str
    row: int
    ref: str
    numero: str | None = None
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    outcome: LoteOutcome
    nota: Nota
    answer: NotaAnswer | None


def result_rows(
    sheets: Sequence[ComposedSheet],
    fates: Mapping[tuple[str, int], Fate],
    outcomes: Sequence[LoteOutcome],
    firsts: Mapping[Where, First],
    origins: Mapping[tuple[str, int], Origem],
    waiting: str,
) -> ResultRows:
    """One entry per row in source order.

    `firsts` holds the first appearance of rows that are `repetida`, by identity or by (sheet,
    row); `origins` where the rows of a mended workbook came from; `waiting` is the sentence for a
    row that is ready and was not sent.
    """
    places = _places(outcomes)
    columns: tuple[list[object], ...] = tuple([] for _ in range(13))
    for sheet in sheets:
        for index, row in enumerate(sheet.rows):
            identity = sheet.identity[index]
            fate = fates[(sheet.planilha, row)]
            place = places.get(identity) if fate is Fate.EM_LOTE else None
            prestador = sheet.prestador[index]
            entry = (
                sheet.planilha,
                row,
                prestador.cnpj if prestador else None,
                sheet.tomador[index] or None,
                sheet.key[index].documento or None,
                sheet.valor[index],
                _situacao(fate, place),
                *_lote_columns(place),
                _with_origin(
                    _mensagem(
                        fate,
                        place,
                        firsts.get(identity) or firsts.get((sheet.planilha, row)),
                        waiting,
                    ),
                    origins.get((sheet.planilha, row)),
                ),
            )
            for column, value in zip(columns, entry, strict=True):
                column.append(value)
    return ResultRows(*columns)  # type: ignore[arg-type]  # the tuple above is in field order


def rows_to_fix(
    fates: Mapping[tuple[str, int], Fate], outcomes: Sequence[LoteOutcome]
) -> frozenset[tuple[str, int]]:
    """(sheet, Excel row) of what comes back to the user to mend: rejected, held, refused.

    A lote refused for a reason that is not in its rows (a company not enabled) stays out.
    """
    held = {Fate.REJEITADA, Fate.RETIDA}
    waiting = {place for place, fate in fates.items() if fate in held}
    for outcome in outcomes:
        refused = any(answer.situacao is Situacao.RECUSADA for answer in outcome.answers)
        spoken = any(said.ordem for said in outcome.messages)
        if refused or (outcome.state is LoteState.RECUSADO and spoken):
            waiting.update((nota.planilha, nota.row) for nota in outcome.lote.notas)
    return frozenset(waiting)


def balance(rows: ResultRows, blank: int) -> Balance:
    """Rows and R$ by destination.

    Raises:
        BalanceError: A row has no destination, or more than one.
    """
    groups: dict[str, tuple[int, Decimal]] = {}
    total = Decimal(0)
    for situacao, valor in zip(rows.situacao, rows.valor, strict=True):
        count, amount = groups.get(kind := _destination(situacao), (0, Decimal(0)))
        groups[kind] = (count + 1, amount + (valor or 0))
        total += valor or 0
    zero = (0, Decimal(0))
    sent, held = groups.get("enviadas", zero), groups.get("retidas", zero)
    rejected, repeated = groups.get("rejeitadas", zero), groups.get("repetidas", zero)
    made = Balance(
        lidas=len(rows.row) + blank,
        em_branco=blank,
        enviadas=sent[0],
        retidas=held[0],
        rejeitadas=rejected[0],
        repetidas=repeated[0],
        valor_lido=total,
        valor_enviado=sent[1],
        valor_retido=held[1],
        valor_rejeitado=rejected[1],
        valor_repetido=repeated[1],
    )
    if not made.holds():
        raise BalanceError(f"linhas ou valores não fecham: {made}")
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


def _kind(answer: NotaAnswer, said: Message) -> str:
    """What the prefeitura says of a note it took is no refusal; what we say is not hers."""
    if said.code in CATALOGUE:
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
    planilha = nota.planilha if nota else None
    letter, header = columns.get((planilha or "", said.field or ""), (None, None))
    own = CATALOGUE.get(said.code) if code == "nota-mensagem" else None
    severity = (own or CATALOGUE[code]).severity
    return Problem(
        code=code,
        severity=Severity.INFO if said.code in _OF_OTHERS else severity,
        arquivo=arquivo,
        planilha=planilha,
        row=nota.row if nota else None,
        column=letter,
        header=header,
        field=said.field,
        details={
            "codigo": said.code,
            "mensagem": said.text,
            "correcao": said.correction or resultado.SEM_CORRECAO,
            "ref": outcome.lote.ref,
        },
    )


def _places(outcomes: Sequence[LoteOutcome]) -> dict[str, _Place]:
    places: dict[str, _Place] = {}
    for outcome in outcomes:
        answers = {answer.ordem: answer for answer in outcome.answers}
        for nota in outcome.lote.notas:
            places[nota.identity] = _Place(outcome, nota, answers.get(nota.ordem))
    return places


def _situacao(fate: Fate, place: _Place | None) -> Situacao:
    if place is None:
        return _BEFORE_SENDING.get(fate, Situacao.RETIDA)
    return place.answer.situacao if place.answer else _BY_STATE[place.outcome.state]


def _lote_columns(place: _Place | None) -> tuple[object, ...]:
    if place is None:
        return (None, None, None, None, None)
    answer = place.answer
    return (
        place.outcome.lote.ref,
        place.nota.ordem,
        answer.numero if answer else None,
        answer.codigo_verificacao if answer else None,
        answer.uri if answer else None,
    )


def _mensagem(fate: Fate, place: _Place | None, first: First | None, waiting: str) -> str:
    if fate is Fate.REPETIDA:
        if first is None:
            return resultado.REPETIDA
        told = resultado.corrigida if first.corrected else resultado.ja_enviada
        return told(first.arquivo, first.planilha, first.row, first.ref, first.numero)
    if fate is Fate.RETIDA:
        return resultado.RETIDA
    if fate is Fate.REJEITADA:
        return resultado.REJEITADA
    if place is None or place.outcome.state is LoteState.PREPARADO:
        said = [message.text for message in place.outcome.messages] if place else []
        return " · ".join(said) or waiting
    own = [m for m in place.outcome.messages if m.ordem in {None, place.nota.ordem}]
    own.extend(place.answer.messages if place.answer else ())
    return " · ".join(f"{m.code}: {m.text}" if m.code else m.text for m in own)


def _with_origin(message: str, origem: Origem | None) -> str:
    if origem is None:
        return message
    told = resultado.veio_de(origem.arquivo, origem.planilha, origem.row)
    return f"{message} · {told}" if message else told


def _destination(situacao: Situacao) -> str:
    if situacao in _SENT:
        return "enviadas"
    if situacao is Situacao.RETIDA:
        return "retidas"
    if situacao is Situacao.REPETIDA:
        return "repetidas"
    return "rejeitadas"
