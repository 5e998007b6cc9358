"""What to do next: about lotes that wait for the prefeitura, and about all that waits for whom."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from converter.model.outcome import LoteOutcome, LoteState, Situacao
from converter.model.run import Standing, WaitingFile
from converter.texts.sentences import sentence

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
        yield sentence("folhas.passo-retorno-simulado", ambiente=ambiente)
        return
    yield sentence("passos.leve-os-arquivos")
    for outcome in waiting[:_MOST]:
        yield f"  {upload(outcome, saida, prefeituras, ambiente)}"
    if len(waiting) > _MOST:
        yield sentence("passos.mais-lotes", lotes=len(waiting) - _MOST, ambiente=ambiente)
    yield sentence("passos.baixe-os-retornos", ambiente=ambiente)


def upload(outcome: LoteOutcome, saida: str, prefeituras: Mapping[str, str], ambiente: str) -> str:
    """`saida/lotes/pl….txt: Barueri/SP, https://…`; a rehearsal is sent to no prefeitura."""
    codigo = outcome.lote.prestador.codigo_municipio
    simulated = ambiente == "simulado"
    where = sentence("passos.sem-site") if simulated else prefeituras.get(codigo, codigo)
    return f"{outcome.import_file(saida)}: {where}"


def held_lines(files: Sequence[WaitingFile], ambiente: str) -> Iterator[str]:
    """The notes of each file that are in no lote, and what they wait for."""
    for file in files:
        counts = {
            "situacoes.rejeitada": file.rejeitadas,
            "situacoes.retida": file.retidas,
            "console.contas.perguntas": file.perguntas,
        }
        told = ", ".join(sentence(key, n=number) for key, number in counts.items() if number)
        what = "passos.responda" if file.perguntas else "passos.corrija"
        where = sentence("passos.o-corrigir", arquivo=file.corrigir) if file.corrigir else ""
        yield sentence(
            "passos.a-corrigir",
            arquivo=file.arquivo,
            contas=told,
            faca=sentence(what),
            onde=where or sentence("passos.a-planilha"),
            ambiente=ambiente,
        )


def steps(standing: Standing, ambiente: str) -> Iterator[str]:
    """What to do about the lotes, by what they wait for, and what to type for it."""
    outcomes = [one for one in standing.outcomes if one.lote.ref not in standing.replaced]
    counts = _waiting(outcomes)
    for key, number in counts.items():
        if number:
            told = "espera-simulada" if key == "espera" and ambiente == "simulado" else key
            yield sentence(f"passos.{told}", n=number, ambiente=ambiente)
    if not any(counts.values()) and not standing.held:
        yield sentence("passos.nada-a-fazer")


def _waiting(outcomes: Sequence[LoteOutcome]) -> Mapping[str, int]:
    """How many lotes wait for the prefeitura, for sending, for mending; then notes it denied."""
    states = Counter(outcome.state for outcome in outcomes)
    unsent = LoteState.PREPARADO, LoteState.ENVIANDO, LoteState.DESCONHECIDO
    return {
        "espera": states[LoteState.GERADO],
        "a-enviar": sum(states[state] for state in unsent),
        "lote-recusado": states[LoteState.RECUSADO],
        "notas-recusadas": _denied(one for one in outcomes if not one.cancels),
        "nao-canceladas": _denied(one for one in outcomes if one.cancels),
    }


def _denied(outcomes: Iterable[LoteOutcome]) -> int:
    answers = (answer for outcome in outcomes for answer in outcome.answers)
    return sum(answer.situacao is Situacao.RECUSADA for answer in answers)
