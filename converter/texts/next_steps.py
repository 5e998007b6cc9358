"""What to do next: about lotes that wait for the prefeitura, and about all that waits for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from converter.model.outcome import LoteOutcome, LoteState, Situacao
from converter.model.run import Standing, WaitingFile
from converter.texts.command import command, with_commands
from converter.texts.folhas import PASSO_RETORNO_SIMULADO
from converter.texts.formato import contado

_MOST = 8
"""Lotes told one by one; `situacao` tells them all."""


def to_the_prefeitura(
    waiting: Sequence[LoteOutcome], saida: str, prefeituras: Mapping[str, str], ambiente: str
) -> Iterator[str]:
    """For each lote with its import file: which file goes to which site; then how to go on.

    `prefeituras` says by IBGE code which prefeitura it is, and where its site.
    """
    if not waiting:
        return
    if ambiente == "simulado":
        yield with_commands(PASSO_RETORNO_SIMULADO, ambiente)
        return
    yield "Agora, no site da prefeitura, envie o arquivo de cada lote:"
    for outcome in waiting[:_MOST]:
        yield f"  {upload(outcome, saida, prefeituras)}"
    if len(waiting) > _MOST:
        more = contado(len(waiting) - _MOST, "lote", "lotes")
        yield f"  e mais {more}; para ver todos, rode: {command('situacao', ambiente)}"
    yield (
        f"Baixe o retorno de cada um, ponha-o em retornos/ e rode: {command('converter', ambiente)}"
    )


def upload(outcome: LoteOutcome, saida: str, prefeituras: Mapping[str, str]) -> str:
    """`saida/lotes/pl….txt: Barueri/SP, https://…`."""
    codigo = outcome.lote.prestador.codigo_municipio
    return f"{outcome.import_file(saida)}: {prefeituras.get(codigo, codigo)}"


def held_lines(files: Sequence[WaitingFile], ambiente: str) -> Iterator[str]:
    """The notes of each file that are in no lote, and what they wait for."""
    for file in files:
        counts = (
            (file.rejeitadas, "com erro", "com erro"),
            (file.retidas, "retida", "retidas"),
            (file.perguntas, "pergunta", "perguntas"),
        )
        told = ", ".join(contado(number, *words) for number, *words in counts if number)
        what = "responda e corrija" if file.perguntas else "corrija"
        where = f"{file.corrigir}, ponha-o" if file.corrigir else "a planilha, ponha-a"
        run = command("converter", ambiente)
        yield f"{file.arquivo}: {told}. Para enviar, {what} {where} em entrada/ e rode: {run}"


def steps(standing: Standing, ambiente: str) -> Iterator[str]:
    """What to do about the lotes, by what they wait for, and what to type for it."""
    outcomes = [one for one in standing.outcomes if one.lote.ref not in standing.replaced]
    states = Counter(outcome.state for outcome in outcomes)
    refused, kept = (
        sum(
            answer.situacao is Situacao.RECUSADA
            for outcome in outcomes
            if bool(outcome.cancels) is cancelling
            for answer in outcome.answers
        )
        for cancelling in (False, True)
    )
    run = command("converter", ambiente)
    told = []
    if states[LoteState.GERADO]:
        waiting = contado(states[LoteState.GERADO], "lote espera", "lotes esperam")
        told.append(
            f"{waiting} a prefeitura da simulação. Rode: {run}. Se foi feito em outra API (a de "
            "PLANILOTE_URL), use antes a página dela e ponha o retorno em retornos/."
            if ambiente == "simulado"
            else f"{waiting} a prefeitura: envie o arquivo no site dela, ponha o retorno em "
            f"retornos/ e rode: {run}"
        )
    unsent = states[LoteState.PREPARADO] + states[LoteState.ENVIANDO]
    unsent += states[LoteState.DESCONHECIDO]
    if unsent:
        told.append(f"{contado(unsent, 'lote espera', 'lotes esperam')} o envio. Rode: {run}")
    if states[LoteState.RECUSADO]:
        told.append(
            f"{contado(states[LoteState.RECUSADO], 'lote foi recusado', 'lotes foram recusados')}: "
            f"corrija a planilha e rode: {run}"
        )
    if refused:
        told.append(
            f"A prefeitura recusou {contado(refused, 'nota', 'notas')}: o motivo está na aba "
            f"Resposta do resultado. Corrija a planilha e rode: {run}"
        )
    if kept:
        told.append(
            f"A prefeitura não cancelou {contado(kept, 'nota', 'notas')}, que continuam valendo: "
            "veja o motivo acima, e cancele de novo ou no site dela."
        )
    if not told and not standing.held:
        told.append("Nada a fazer: a prefeitura respondeu a todos os lotes.")
    yield from told
