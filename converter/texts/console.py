"""What the command line says: lines made from values, printed elsewhere."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from converter.model.exit_code import ExitCode
from converter.model.outcome import LoteOutcome, LoteState, Situacao
from converter.model.problems import Problem, Severity
from converter.model.report import FileReport
from converter.model.run import FileDone, ReturnDone, RunReport, Standing
from converter.texts.cancelamento import not_cancelled
from converter.texts.catalogue import hint, message
from converter.texts.command import command
from converter.texts.formato import cnpj, na_pasta, reais
from converter.texts.next_steps import held_lines, steps, to_the_prefeitura, upload
from converter.texts.outgoing import summed
from converter.texts.sentences import sentence, table

MAX_PROBLEMS = 8
_SHOWN = 4
"""Lotes of one file told one by one."""


def opening(versao: str, ambiente: str, url: str | None = None) -> str:
    """The first line of every run; `url` is an API that is not the ambiente's own."""
    told = [sentence("console.abertura", versao=versao, ambiente=ambiente)]
    if ambiente == "simulado":
        told.append(sentence("console.simulacao"))
    if url:
        told.append(sentence("console.outra-api", url=url))
    return " · ".join(told)


def recovered(outcomes: Sequence[LoteOutcome]) -> Iterator[str]:
    """What was left by an earlier run and how it stands now."""
    if outcomes:
        yield sentence("console.resolvido", lotes=len(outcomes))
        states = table("console.estados")
        yield from (f"  {outcome.lote.ref}: {states[outcome.state]}" for outcome in outcomes)


def file_lines(done: FileDone, pasta: Path, *, enviar: bool) -> Iterator[str]:
    """One file: what was in it, what became of it, where the answer is."""
    report = done.report
    if report is None:
        have = _have(done.refs) if done.refs else _nothing_in(done)
        yield sentence("console.nada-de-novo", arquivo=done.arquivo, motivo=have)
        return
    yield f"{done.arquivo}: {_size(report)}"
    if report.book is not None:
        yield from _rows(report)
        yield from _lotes(report.outcomes, enviar=enviar)
    yield from _problems(report.problems, report.problems_beyond)
    yield from (f"  {notice}" for notice in done.notices)
    yield from _places(done, pasta, asked=report.asked > 0)


def file_line(done: FileDone, pasta: Path, *, enviar: bool) -> str:
    """The same in one line: what became of it, and where to go next."""
    report = done.report
    if report is None or report.book is None:
        told = (line.strip() for line in file_lines(done, pasta, enviar=enviar))
        return " ".join([*told][:2])
    parts = [f"{done.arquivo}: {_size(report)}", *_rows(report)]
    if enviar:
        parts += _reasons(report.outcomes)
    parts += [*_places(done, pasta, asked=report.asked > 0)][-1:]
    return "; ".join(part.strip().rstrip(".") for part in parts)


def _nothing_in(done: FileDone) -> str:
    """Why a file without lotes has nothing to do."""
    repeated = json.loads(done.summary or "{}").get("notas_repetidas")
    return sentence("console.ja-foram" if repeated else "console.nenhuma-nota")


def _size(report: FileReport) -> str:
    if report.book is None:
        return sentence("console.nao-lida")
    if not report.rows.row:
        return sentence("console.nada-reconhecido")
    valor = reais(report.balance.valor_lido)
    return sentence("console.notas", notas=len(report.rows.row), valor=valor)


def _rows(report: FileReport) -> Iterator[str]:
    """What became of the rows, and how many questions, warnings and ignored columns there are."""
    yield from _situacoes(report.rows.situacao, report.ready)
    warnings = sum(problem.severity is Severity.AVISO for problem in report.problems)
    counts = {"perguntas": report.asked, "avisos": warnings, "ignoradas": report.ignored}
    told = [sentence(f"console.contas.{name}", n=n) for name, n in counts.items() if n]
    if told:
        yield f"  {', '.join(told)}"


def _places(done: FileDone, pasta: Path, *, asked: bool) -> Iterator[str]:
    """Where the result is, and what is to be mended; the latter last."""
    if done.resultado:
        yield sentence("console.resultado", caminho=na_pasta(done.resultado, pasta))
    if done.corrigir:
        what = "console.para-responder" if asked else "console.para-corrigir"
        yield sentence(what, caminho=na_pasta(done.corrigir, pasta))


def return_lines(done: ReturnDone) -> Iterator[str]:
    """One return file and what it told."""
    if done.outcome is None:
        yield sentence("console.retorno-sem-lote", arquivo=done.arquivo)
    else:
        told = situacoes(answer.situacao for answer in done.outcome.answers)
        told = told or table("console.estados")[done.outcome.state]
        yield sentence("console.retorno", arquivo=done.arquivo, ref=done.ref, estado=told)
        yield from not_cancelled(done.outcome)
    yield from (f"  {said.text} {said.correction or ''}".rstrip() for said in done.messages)


def skipped_lines(problems: Sequence[Problem]) -> Iterator[str]:
    """Files of the folder that were left alone, and why."""
    for problem in problems:
        said = message(problem)
        yield said if problem.arquivo in said else f"{problem.arquivo}: {said}"


def verdict(report: RunReport) -> str:
    """The last line: how it ended and what to do next; what has no fiscal value says so first."""
    return table("console.sem-valor").get(report.ambiente, "") + _ended(report)


def _ended(report: RunReport) -> str:
    again = command("converter" if report.enviar else "conferir", report.ambiente)
    match report.exit_code:
        case ExitCode.UNKNOWN:
            return sentence("console.desconhecido", lotes=report.unknown, comando=again)
        case ExitCode.USAGE if report.files:
            return sentence("console.nada-lido")
        case ExitCode.USAGE:
            return sentence("console.nada-para-ler", comando=again)
        case ExitCode.REFUSED:
            return _refused(report, again)
    if report.enviar:
        return _done(report, again)
    return sentence("console.tudo-conferido", ambiente=report.ambiente)


def _done(report: RunReport, again: str) -> str:
    sent = [outcome for outcome in report.outcomes if outcome.sent_now]
    if not sent:
        return sentence("console.nada-novo")
    lotes = summed([outcome.lote for outcome in sent])
    if not any(outcome.state is LoteState.GERADO for outcome in sent):
        return sentence("console.pronto", lotes=lotes, saida=report.saida)
    key = "console.pronto-simulado" if report.ambiente == "simulado" else "console.pronto-gerado"
    return sentence(key, lotes=lotes, comando=again)


def _refused(report: RunReport, again: str) -> str:
    if any(done.refused for done in report.files):
        if any(done.report and done.report.asked for done in report.files):
            return sentence("console.perguntas", converter=again)
        mended = any(done.corrigir for done in report.files)
        key = "console.corrigir-arquivos" if mended else "console.corrigir-erros"
        return sentence(key, comando=again)
    if report.unsent:
        return sentence("console.nao-enviados", lotes=report.unsent, comando=again)
    return sentence("console.recusado")


def situacoes(found: Iterable[Situacao]) -> str:
    """How many there are of each: `3 autorizadas, 1 recusada`, in the order of the first ones."""
    counts = Counter(found)
    return ", ".join(sentence(f"situacoes.{each}", n=n) for each, n in counts.items())


def _situacoes(found: Sequence[Situacao], ready: int = 0) -> Iterator[str]:
    """How many rows of each situação; of those held back, `ready` wait for nothing but sending."""
    counts: Counter[str] = Counter(found)
    counts[Situacao.RETIDA] -= ready
    told = [sentence("console.prontas", n=ready)] if ready else []
    ordered = [key for key in table("situacoes") if counts[key] > 0]
    told += [sentence(f"situacoes.{key}", n=counts[key]) for key in ordered]
    if told:
        yield f"  {', '.join(told)}"


def _lotes(outcomes: Sequence[LoteOutcome], *, enviar: bool) -> Iterator[str]:
    fresh = [one for one in outcomes if one.sent_now or one.state is LoteState.PREPARADO]
    if outcomes and not fresh:
        have = _have([outcome.lote.ref for outcome in outcomes])
        yield sentence("console.nada-a-enviar", motivo=have)
        return
    for outcome in outcomes[:_SHOWN]:
        state = table("console.estados")[outcome.state]
        if outcome.state is LoteState.PREPARADO:
            state = sentence("console.nao-enviado" if enviar else "console.pronto-para-enviar")
        yield sentence("console.lote", **_facts(outcome), estado=state)
    if len(outcomes) > _SHOWN:
        yield sentence("console.mais-lotes", lotes=len(outcomes) - _SHOWN)
    if enviar:
        yield from _reasons(outcomes)


def _facts(outcome: LoteOutcome) -> dict[str, object]:
    lote = outcome.lote
    issuer, notas = cnpj(lote.prestador.cnpj), len(lote.notas)
    return {"ref": lote.ref, "cnpj": issuer, "notas": notas, "valor": reais(lote.valor)}


def _reasons(outcomes: Sequence[LoteOutcome]) -> Iterator[str]:
    """Why lotes were not sent, each reason once."""
    unsent = (one for one in outcomes if one.state is LoteState.PREPARADO)
    for why in dict.fromkeys(said for one in unsent for said in one.messages):
        told = f"{why.text} {why.correction or ''}".rstrip()
        yield sentence("console.por-que-nao", motivo=told)


def _have(refs: Sequence[str]) -> str:
    shown = ", ".join(refs[:_SHOWN]) + ("…" if len(refs) > _SHOWN else "")
    return sentence("console.ja-tem", lotes=len(refs), refs=shown)


def _problems(problems: Sequence[Problem], beyond: int) -> Iterator[str]:
    """The errors, those alike told once, and what to do where it was not said just before."""
    groups = _alike(problems)
    advised = ""
    for group in groups[:MAX_PROBLEMS]:
        said, advice = message(group[0]), hint(group[0])
        # What a prefeitura says often has no end; ours always does.
        end = "." if said[-1:].isalnum() or said.endswith(")") else ""
        yield f"  {_place(group)}{said}{end} {advice if advice != advised else ''}".rstrip()
        advised = advice
    left = sum(map(len, groups[MAX_PROBLEMS:])) + beyond
    if left:
        yield sentence("console.outros-erros", n=left)


def _alike(problems: Sequence[Problem]) -> list[list[Problem]]:
    """The errors, together those of one column or with the same words."""
    alike: dict[tuple[str, ...], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.severity is Severity.ERRO:
            # A question names its rows itself: two of one column are not alike.
            at_cell = problem.row and problem.column and "quais" not in problem.details
            about = problem.column if at_cell and problem.column else message(problem)
            alike[problem.planilha or "", problem.code, about].append(problem)
    return list(alike.values())


def _place(alike: Sequence[Problem]) -> str:
    """Where the first of some problems is, and how many more there are like it."""
    first, more = alike[0], len(alike) - 1
    place, key = first.planilha or "", ""
    if first.row and first.column:
        place, key = f"{place}!{first.column}{first.row}", "console.mais-celulas"
    elif first.row:
        place = sentence("console.aba-linha", aba=place, linha=first.row)
        key = "console.mais-linhas"
    if key and more:
        place = sentence(key, lugar=place, n=more)
    return f"{place}: " if place else ""


def notices(report: RunReport) -> Iterator[str]:
    """What a run has to say before its files."""
    if report.interrupted:
        yield sentence("console.interrompida")
    yield from recovered(report.recovered)
    if report.apart:
        yield sentence("console.a-parte", saida=report.saida)


def report_lines(report: RunReport, pasta: Path) -> Iterator[str]:
    """The whole run, file by file."""
    yield from notices(report)
    yield from skipped_lines(report.skipped)
    for done in report.files:
        yield from file_lines(done, pasta, enviar=report.enviar)
    yield from returns_read(report)
    for path in report.orphans:
        yield sentence("console.avulso", caminho=na_pasta(path, pasta))
    yield from _refused_returns(report)
    waiting = [outcome for outcome in report.outcomes if outcome.state is LoteState.GERADO]
    yield from to_the_prefeitura(waiting, report.saida, report.prefeituras, report.ambiente)


def returns_read(report: RunReport) -> Iterator[str]:
    """How many return files told nothing bad."""
    if read := sum(not done.refused for done in report.returns):
        yield sentence("console.retornos-lidos", n=read)


def _refused_returns(report: RunReport) -> Iterator[str]:
    shown = {done.arquivo for done in report.files if done.report}
    for back in report.returns:
        # What a return refused is told above, in the file of its notes, where that was shown.
        outcome = back.outcome
        here = back.read and outcome and not outcome.cancels and outcome.lote.arquivo in shown
        if back.refused and not here:
            yield from return_lines(back)


def situacao_lines(standing: Standing, ambiente: str) -> Iterator[str]:
    """Every lote, those that wait last; the notes in no lote; then what to do next."""
    outcomes = standing.outcomes
    if not outcomes and not standing.held:
        yield sentence("console.nenhum-lote", ambiente=ambiente)
        return
    answered = [one for one in outcomes if one.state is LoteState.RESPONDIDO]
    waiting = [one for one in outcomes if one.state is not LoteState.RESPONDIDO]
    for outcome in (*answered, *waiting):
        yield from _standing(outcome, standing, ambiente)
    yield from held_lines(standing.held, ambiente)
    yield from steps(standing, ambiente)


def _standing(outcome: LoteOutcome, standing: Standing, ambiente: str) -> Iterator[str]:
    """One lote, and how it stands."""
    lote = outcome.lote
    cancels = sentence("console.cancela", ref=outcome.cancels) if outcome.cancels else ""
    yield sentence("console.situacao", **_facts(outcome), cancela=cancels, arquivo=lote.arquivo)
    yield f"  {table('console.estados')[outcome.state]}"
    if outcome.state is LoteState.GERADO and outcome.file_name:
        yield f"  {upload(outcome, standing.saida, standing.prefeituras, ambiente)}"
    yield from _situacoes([answer.situacao for answer in outcome.answers])
    yield from not_cancelled(outcome)
    if newer := standing.replaced.get(lote.ref):
        refused = outcome.state is LoteState.RECUSADO
        key = "console.de-novo" if refused else "console.devolvido-de-novo"
        yield sentence(key, refs=", ".join(newer))
    elif outcome.state is not LoteState.RESPONDIDO:
        yield from (f"  {said.text} {said.correction or ''}".rstrip() for said in outcome.messages)
