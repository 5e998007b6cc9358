"""What the command line says: lines made from values, printed elsewhere."""

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from converter.model.notas import Lote
from converter.model.outcome import LoteOutcome, LoteState, Situacao
from converter.model.problems import Problem, Severity
from converter.model.run import ExitCode, FileDone, ReturnDone, RunReport
from converter.texts.catalogue import hint, message
from converter.texts.formato import contado, reais

SIMULACAO = "SIMULAÇÃO, sem valor fiscal"
INTERROMPIDA = "A última execução não terminou. O que ela deixou foi conferido antes de tudo."
MAX_PROBLEMS = 8

_SITUACOES = {
    Situacao.AUTORIZADA: ("autorizada", "autorizadas"),
    Situacao.ENVIADA: ("com arquivo gerado", "com arquivo gerado"),
    Situacao.RETIDA: ("retida", "retidas"),
    Situacao.REJEITADA: ("com erro", "com erro"),
    Situacao.RECUSADA: ("recusada", "recusadas"),
    Situacao.REPETIDA: ("repetida", "repetidas"),
    Situacao.CANCELADA: ("cancelada", "canceladas"),
    Situacao.DESCONHECIDA: ("com destino desconhecido", "com destino desconhecido"),
}
_ESTADOS = {
    LoteState.PREPARADO: "preparado, ainda não enviado",
    LoteState.ENVIANDO: "envio interrompido",
    LoteState.GERADO: "arquivo gerado; leve-o ao site da prefeitura e traga o retorno",
    LoteState.RECUSADO: "recusado",
    LoteState.DESCONHECIDO: "destino desconhecido; a próxima execução pergunta de novo",
    LoteState.RESPONDIDO: "respondido pela prefeitura",
}


def opening(versao: str, ambiente: str) -> str:
    """The first line of every run."""
    mark = f" · {SIMULACAO}" if ambiente == "simulado" else ""
    return f"planilote {versao} · ambiente: {ambiente}{mark}"


def recovered(outcomes: Sequence[LoteOutcome]) -> Iterator[str]:
    """What was left by an earlier run and how it stands now."""
    if outcomes:
        count = contado(len(outcomes), "lote", "lotes")
        yield f"Resolvido antes de começar: {count} que a última execução deixou em dúvida."
        yield from (f"  {outcome.lote.ref}: {_ESTADOS[outcome.state]}" for outcome in outcomes)


def file_lines(done: FileDone, pasta: Path, *, enviar: bool) -> Iterator[str]:
    """One file: what was in it, what became of it, where the answer is."""
    report = done.report
    if report is None:
        yield f"{done.arquivo}: nada de novo ({_have(done.refs)})."
        return
    if report.book is None:
        yield f"{done.arquivo}: não foi possível ler."
    else:
        notas = contado(len(report.rows.row), "nota", "notas")
        yield f"{done.arquivo}: {notas}, {reais(report.balance.valor_lido)}"
        yield from _situacoes(report.rows.situacao, enviar=enviar)
        yield from _lotes(report.outcomes, enviar=enviar)
    yield from _problems(report.problems)
    yield from (f"  {notice}" for notice in done.notices)
    if done.resultado:
        yield f"  resultado: {_shown(done.resultado, pasta)}"
    if done.corrigir:
        yield f"  para corrigir: {_shown(done.corrigir, pasta)}"


def return_lines(done: ReturnDone) -> Iterator[str]:
    """One return file and what it told."""
    if done.outcome is None:
        yield f"retornos/{done.arquivo}: sem lote correspondente."
    else:
        counts = Counter(answer.situacao for answer in done.outcome.answers)
        told = ", ".join(contado(n, *_SITUACOES[situacao]) for situacao, n in counts.items())
        yield f"retornos/{done.arquivo}: lote {done.ref}, {told or _ESTADOS[done.outcome.state]}"
    yield from (f"  {said.text} {said.correction or ''}".rstrip() for said in done.messages)


def skipped_lines(problems: Sequence[Problem]) -> Iterator[str]:
    """Files of the folder that were left alone, and why."""
    yield from (f"{problem.arquivo}: {message(problem)}" for problem in problems)


def to_send(lotes: Sequence[Lote], ambiente: str) -> str:
    """What is about to leave the machine, asked about before it does."""
    notas = contado(sum(len(lote.notas) for lote in lotes), "nota", "notas")
    valor = reais(sum((lote.valor for lote in lotes), start=Decimal(0)))
    return f"Para enviar em {ambiente}: {contado(len(lotes), 'lote', 'lotes')}, {notas}, {valor}."


def verdict(report: RunReport) -> str:
    """The last line: how it ended and what to do next."""
    match report.exit_code:
        case ExitCode.UNKNOWN:
            count = contado(report.unknown, "lote tem", "lotes têm")
            return (
                f"Atenção: {count} destino desconhecido. Rode o mesmo comando de novo mais tarde."
            )
        case ExitCode.USAGE:
            return "Nada para ler. Ponha as planilhas na pasta entrada/ e rode de novo."
        case ExitCode.REFUSED:
            return "Terminou, mas há o que corrigir: veja a aba Erros de cada resultado."
    if not report.enviar:
        return "Tudo conferido. Nada foi enviado."
    sent = [o for done in report.files if done.report for o in done.report.outcomes if o.sent_now]
    if not sent:
        return "Pronto: nada novo para enviar."
    notas = contado(sum(len(outcome.lote.notas) for outcome in sent), "nota", "notas")
    valor = reais(sum((outcome.lote.valor for outcome in sent), start=Decimal(0)))
    return f"Pronto: {contado(len(sent), 'lote', 'lotes')}, {notas}, {valor}."


def _situacoes(situacoes: Sequence[Situacao], *, enviar: bool) -> Iterator[str]:
    counts = Counter(situacoes)
    names = dict(_SITUACOES)
    if not enviar:
        names[Situacao.RETIDA] = ("não enviada", "não enviadas")
    told = ", ".join(contado(counts[key], *names[key]) for key in names if counts[key])
    if told:
        yield f"  {told}"


def _lotes(outcomes: Sequence[LoteOutcome], *, enviar: bool) -> Iterator[str]:
    old = [outcome for outcome in outcomes if not outcome.sent_now]
    if enviar and old and len(old) == len(outcomes):
        yield f"  nada enviado: {_have([outcome.lote.ref for outcome in old])}"
        return
    for outcome in outcomes[:4]:
        lote = outcome.lote
        notas = contado(len(lote.notas), "nota", "notas")
        state = _ESTADOS[outcome.state] if enviar else "pronto para enviar"
        yield (
            f"  lote {lote.ref}: prestador {lote.prestador.cnpj}, {notas}, "
            f"{reais(lote.valor)}, {state}"
        )
    if len(outcomes) > 4:
        yield f"  e mais {contado(len(outcomes) - 4, 'lote', 'lotes')}"


def _have(refs: Sequence[str]) -> str:
    shown = ", ".join(refs[:4]) + ("…" if len(refs) > 4 else "")
    return f"já tem {contado(len(refs), 'lote', 'lotes')}: {shown}"


def _problems(problems: Sequence[Problem]) -> Iterator[str]:
    grave = [problem for problem in problems if problem.severity is Severity.ERRO]
    for problem in grave[:MAX_PROBLEMS]:
        # What a prefeitura says often has no end; ours always does.
        said = message(problem)
        end = "." if said[-1:].isalnum() or said.endswith(")") else ""
        yield f"  {_place(problem)}{said}{end} {hint(problem)}".rstrip()
    if len(grave) > MAX_PROBLEMS:
        yield f"  e mais {contado(len(grave) - MAX_PROBLEMS, 'erro', 'erros')}, todos na aba Erros"


def _place(problem: Problem) -> str:
    if problem.row is None:
        return f"{problem.planilha}: " if problem.planilha else ""
    return f"{problem.planilha}!{problem.column or 'linha '}{problem.row}: "


def _shown(path: Path, pasta: Path) -> str:
    return path.relative_to(pasta).as_posix() if path.is_relative_to(pasta) else str(path)


def report_lines(report: RunReport, pasta: Path) -> Iterator[str]:
    """The whole run, file by file."""
    if report.interrupted:
        yield INTERROMPIDA
    yield from recovered(report.recovered)
    yield from skipped_lines(report.skipped)
    for done in report.files:
        yield from file_lines(done, pasta, enviar=report.enviar)
    told = [line for done in report.returns if done.refused for line in return_lines(done)]
    read = sum(not done.refused for done in report.returns)
    if read:
        yield contado(read, "retorno da prefeitura lido", "retornos da prefeitura lidos")
    for path in report.orphans:
        yield f"  de um lote que não está mais em entrada/: {_shown(path, pasta)}"
    yield from told


def situacao_lines(outcomes: Sequence[LoteOutcome]) -> Iterator[str]:
    """Every lote: what it is, how it stands, what to do next."""
    if not outcomes:
        yield "Nenhum lote ainda. Ponha as planilhas em entrada/ e rode: planilote converter"
    for outcome in outcomes:
        lote = outcome.lote
        yield (
            f"{lote.ref} · {lote.arquivo} · prestador {lote.prestador.cnpj} · "
            f"{contado(len(lote.notas), 'nota', 'notas')} · {reais(lote.valor)}"
        )
        yield f"  {_ESTADOS[outcome.state]}"
        yield from _situacoes([answer.situacao for answer in outcome.answers], enviar=True)
