"""What the command line says: lines made from values, printed elsewhere."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from converter.model.outcome import LoteOutcome, LoteState, Situacao
from converter.model.problems import Problem, Severity
from converter.model.report import FileReport
from converter.model.run import ExitCode, FileDone, ReturnDone, RunReport, Standing
from converter.texts.cancelamento import not_cancelled
from converter.texts.catalogue import hint, message
from converter.texts.command import command, with_commands
from converter.texts.formato import cnpj, contado, na_pasta, reais
from converter.texts.next_steps import held_lines, steps, to_the_prefeitura, upload
from converter.texts.outgoing import summed

SIMULACAO = "SIMULAÇÃO, sem valor fiscal"
INTERROMPIDA = "A última execução não terminou. O que ela deixou foi conferido antes de tudo."
JSON_SEM_PERGUNTA = (
    "Com --json não há a quem perguntar antes de enviar em produção. Acrescente --sim para enviar, "
    "ou use planilote conferir --json para só ver o que iria."
)
A_PARTE = (
    "Em saida/ continuam os resultados do que já foi enviado em um ambiente mais real. Os desta "
    "execução ficam à parte, em {saida}/."
)
SEM_RESPOSTA = "Sem resposta, nada é feito. Para não ter a pergunta, use --sim."
PERGUNTAS = (
    "Terminou, mas há perguntas: responda nas abas Colunas e Perguntas dos arquivos _corrigir, "
    "salve, ponha-os em entrada/ e rode: {converter}"
)
MAX_PROBLEMS = 8
_SEM_VALOR = {
    "simulado": "Ensaio, sem valor fiscal. ",
    "homologacao": "Homologação, sem valor fiscal. ",
}

SITUACOES = {
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
    LoteState.GERADO: "arquivo gerado, espera a prefeitura",
    LoteState.RECUSADO: "recusado",
    LoteState.DESCONHECIDO: "destino desconhecido; a próxima execução pergunta de novo",
    LoteState.RESPONDIDO: "respondido pela prefeitura",
}


def opening(versao: str, ambiente: str, url: str | None = None) -> str:
    """The first line of every run; `url` is an API that is not the ambiente's own."""
    mark = f" · {SIMULACAO}" if ambiente == "simulado" else ""
    mark += f" · API em {url}" if url else ""
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
        have = _have(done.refs) if done.refs else _nothing_in(done)
        yield f"{done.arquivo}: nada de novo ({have})."
        return
    if report.book is None:
        yield f"{done.arquivo}: não foi possível ler."
    else:
        yield f"{done.arquivo}: {_size(report)}"
        unsent = (one for one in report.outcomes if one.state is LoteState.PREPARADO)
        ready = sum(len(outcome.lote.notas) for outcome in unsent)
        yield from _situacoes(report.rows.situacao, ready)
        yield from _counts(report)
        yield from _lotes(report.outcomes, enviar=enviar)
    yield from _problems(report.problems, report.problems_beyond)
    yield from (f"  {notice}" for notice in done.notices)
    if done.resultado:
        yield f"  resultado: {na_pasta(done.resultado, pasta)}"
    if done.corrigir:
        what = "para responder e corrigir" if report.asked else "para corrigir"
        yield f"  {what}: {na_pasta(done.corrigir, pasta)}"


def file_line(done: FileDone, pasta: Path, *, enviar: bool) -> str:
    """The same in one line: what became of it, and where to go next."""
    report = done.report
    told = [line.strip() for line in file_lines(done, pasta, enviar=enviar)]
    if report is None or report.book is None:
        return " ".join(told[:2])
    unsent = (one for one in report.outcomes if one.state is LoteState.PREPARADO)
    ready = sum(len(outcome.lote.notas) for outcome in unsent)
    said = [*_situacoes(report.rows.situacao, ready), *_counts(report)]
    kept = [line.strip() for line in said]
    if enviar:
        kept += [line.strip() for line in _reasons(report.outcomes)]
    place = told[-1] if done.corrigir or done.resultado else ""
    return "; ".join(part.rstrip(".") for part in (told[0], *kept, place) if part)


def _nothing_in(done: FileDone) -> str:
    """Why a file without lotes has nothing to do."""
    repeated = json.loads(done.summary or "{}").get("notas_repetidas")
    return "as notas já foram em outra planilha" if repeated else "nenhuma nota para enviar"


def _counts(report: FileReport) -> Iterator[str]:
    """Questions, warnings and ignored columns: `3 perguntas, 2 avisos, 4 colunas ignoradas`."""
    warnings = sum(problem.severity is Severity.AVISO for problem in report.problems)
    counts = (
        (report.asked, "pergunta", "perguntas"),
        (warnings, "aviso", "avisos"),
        (report.ignored, "coluna ignorada", "colunas ignoradas"),
    )
    told = [contado(count, *names) for count, *names in counts if count]
    if told:
        yield f"  {', '.join(told)}"


def _size(report: FileReport) -> str:
    if not report.rows.row:
        return "nenhuma nota reconhecida"
    notas = contado(len(report.rows.row), "nota", "notas")
    return f"{notas}, {reais(report.balance.valor_lido)}"


def return_lines(done: ReturnDone) -> Iterator[str]:
    """One return file and what it told."""
    if done.outcome is None:
        yield f"retornos/{done.arquivo}: sem lote correspondente."
    else:
        counts = Counter(answer.situacao for answer in done.outcome.answers)
        told = ", ".join(contado(n, *SITUACOES[situacao]) for situacao, n in counts.items())
        yield f"retornos/{done.arquivo}: lote {done.ref}, {told or _ESTADOS[done.outcome.state]}"
        yield from not_cancelled(done.outcome)
    yield from (f"  {said.text} {said.correction or ''}".rstrip() for said in done.messages)


def skipped_lines(problems: Sequence[Problem]) -> Iterator[str]:
    """Files of the folder that were left alone, and why."""
    for problem in problems:
        said = message(problem)
        yield said if problem.arquivo in said else f"{problem.arquivo}: {said}"


def verdict(report: RunReport) -> str:
    """The last line: how it ended and what to do next; what has no fiscal value says so first."""
    return f"{_SEM_VALOR.get(report.ambiente, '')}{_ended(report)}"


def _ended(report: RunReport) -> str:
    match report.exit_code:
        case ExitCode.UNKNOWN:
            count = contado(report.unknown, "lote tem", "lotes têm")
            return f"Atenção: {count} destino desconhecido. Mais tarde, rode: {_again(report)}"
        case ExitCode.USAGE if report.files:
            return "Nenhuma planilha pôde ser lida. Acima está o que fazer com cada uma."
        case ExitCode.USAGE:
            return f"Nada para ler. Ponha as planilhas na pasta entrada/ e rode: {_again(report)}"
        case ExitCode.REFUSED:
            return _refused(report)
    if report.enviar:
        return _done(report)
    run = command("converter", report.ambiente)
    return f"Tudo conferido. Nada foi enviado. Para enviar, rode: {run}"


def _again(report: RunReport) -> str:
    return command("converter" if report.enviar else "conferir", report.ambiente)


def _done(report: RunReport) -> str:
    sent = [o for done in report.files if done.report for o in done.report.outcomes if o.sent_now]
    if not sent:
        return "Pronto: nada novo para enviar."
    told = f"Pronto: {summed([outcome.lote for outcome in sent])}."
    if any(outcome.state is LoteState.GERADO for outcome in sent):
        site = (
            "à prefeitura da simulação"
            if report.ambiente == "simulado"
            else "ao site da prefeitura"
        )
        what = f"Leve os arquivos {site}, ponha o retorno em retornos/ e rode"
        return f"{told} {what}: {_again(report)}"
    return f"{told} Abra os resultados em {report.saida}/."


def _refused(report: RunReport) -> str:
    if any(done.refused for done in report.files):
        if any(done.report and done.report.asked for done in report.files):
            return PERGUNTAS.format(converter=_again(report))
        end = "corrija o que a aba Erros de cada resultado aponta"
        if any(done.corrigir for done in report.files):
            end = "corrija os arquivos _corrigir, ponha-os em entrada/"
        return f"Terminou, mas há o que corrigir: {end} e rode: {_again(report)}"
    if report.unsent:
        left = contado(report.unsent, "lote não foi enviado", "lotes não foram enviados")
        return f"Terminou, mas {left}. Nada se perdeu. Para enviar, rode: {_again(report)}"
    return "Terminou, mas a prefeitura ou a API recusou alguma coisa: veja acima."


def _situacoes(situacoes: Sequence[Situacao], ready: int = 0) -> Iterator[str]:
    """How many rows of each situação; of those held back, `ready` wait for nothing but sending."""
    counts = Counter(situacoes)
    counts[Situacao.RETIDA] -= ready
    told = [contado(ready, "pronta para enviar", "prontas para enviar")] if ready else []
    told += [contado(counts[key], *SITUACOES[key]) for key in SITUACOES if counts[key] > 0]
    if told:
        yield f"  {', '.join(told)}"


def _lotes(outcomes: Sequence[LoteOutcome], *, enviar: bool) -> Iterator[str]:
    fresh = [one for one in outcomes if one.sent_now or one.state is LoteState.PREPARADO]
    if outcomes and not fresh:
        yield f"  nada a enviar: {_have([outcome.lote.ref for outcome in outcomes])}"
        return
    for outcome in outcomes[:4]:
        lote = outcome.lote
        notas = contado(len(lote.notas), "nota", "notas")
        yield (
            f"  lote {lote.ref}: prestador {cnpj(lote.prestador.cnpj)}, {notas}, "
            f"{reais(lote.valor)}, {_state(outcome, enviar=enviar)}"
        )
    if len(outcomes) > 4:
        yield f"  e mais {contado(len(outcomes) - 4, 'lote', 'lotes')}"
    if enviar:
        yield from _reasons(outcomes)


def _reasons(outcomes: Sequence[LoteOutcome]) -> Iterator[str]:
    """Why lotes were not sent, each reason once."""
    unsent = (one for one in outcomes if one.state is LoteState.PREPARADO)
    for why in dict.fromkeys(said for one in unsent for said in one.messages):
        yield f"  Não enviado: {why.text} {why.correction or ''}".rstrip()


def _state(outcome: LoteOutcome, *, enviar: bool) -> str:
    if outcome.state is LoteState.PREPARADO:
        return "não enviado" if enviar else "pronto para enviar"
    return _ESTADOS[outcome.state]


def _have(refs: Sequence[str]) -> str:
    shown = ", ".join(refs[:4]) + ("…" if len(refs) > 4 else "")
    return f"já tem {contado(len(refs), 'lote', 'lotes')}: {shown}"


def _problems(problems: Sequence[Problem], beyond: int) -> Iterator[str]:
    """The errors, those alike told once, and what to do where it was not said just before."""
    alike: dict[tuple[str, ...], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.severity is Severity.ERRO:
            # A question names its rows itself: two of one column are not alike.
            at_cell = problem.row and problem.column and "quais" not in problem.details
            about = problem.column if at_cell and problem.column else message(problem)
            alike[problem.planilha or "", problem.code, about].append(problem)
    groups = list(alike.values())
    advised = ""
    for group in groups[:MAX_PROBLEMS]:
        said, advice = message(group[0]), hint(group[0])
        # What a prefeitura says often has no end; ours always does.
        end = "." if said[-1:].isalnum() or said.endswith(")") else ""
        yield f"  {_place(group)}{said}{end} {advice if advice != advised else ''}".rstrip()
        advised = advice
    left = sum(map(len, groups[MAX_PROBLEMS:])) + beyond
    if left:
        yield f"  {contado(left, 'outro erro está', 'outros erros estão')} na aba Erros"


def _place(alike: Sequence[Problem]) -> str:
    """Where the first of some problems is, and how many more there are like it."""
    first, more = alike[0], len(alike) - 1
    place = first.planilha or ""
    if first.row and first.column:
        place = f"{place}!{first.column}{first.row}"
        place += f" e mais {contado(more, 'célula', 'células')}" if more else ""
    elif first.row:
        place = f"{place}, linha {first.row}"
        place += f" e mais {contado(more, 'linha', 'linhas')}" if more else ""
    return f"{place}: " if place else ""


def report_lines(report: RunReport, pasta: Path) -> Iterator[str]:
    """The whole run, file by file."""
    if report.interrupted:
        yield INTERROMPIDA
    yield from recovered(report.recovered)
    if report.apart:
        yield A_PARTE.format(saida=report.saida)
    yield from skipped_lines(report.skipped)
    for done in report.files:
        yield from file_lines(done, pasta, enviar=report.enviar)
    read = sum(not done.refused for done in report.returns)
    if read:
        yield contado(read, "retorno da prefeitura lido", "retornos da prefeitura lidos")
    for path in report.orphans:
        yield f"  de um lote que não está mais em entrada/: {na_pasta(path, pasta)}"
    yield from _refused_returns(report)
    waiting = [
        outcome
        for done in report.files
        if done.report
        for outcome in done.report.outcomes
        if outcome.state is LoteState.GERADO
    ]
    yield from to_the_prefeitura(waiting, report.saida, report.prefeituras, report.ambiente)


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
        yield with_commands(
            "Nenhum lote ainda. Ponha as planilhas em entrada/ e rode: {converter}", ambiente
        )
        return
    answered = [one for one in outcomes if one.state is LoteState.RESPONDIDO]
    waiting = [one for one in outcomes if one.state is not LoteState.RESPONDIDO]
    for outcome in (*answered, *waiting):
        yield from _standing(outcome, standing)
    yield from held_lines(standing.held, ambiente)
    yield from steps(standing, ambiente)


def _standing(outcome: LoteOutcome, standing: Standing) -> Iterator[str]:
    """One lote, and how it stands."""
    lote = outcome.lote
    cancels = f"cancela notas do lote {outcome.cancels} · " if outcome.cancels else ""
    yield (
        f"{lote.ref} · {cancels}{lote.arquivo} · prestador {cnpj(lote.prestador.cnpj)} · "
        f"{contado(len(lote.notas), 'nota', 'notas')} · {reais(lote.valor)}"
    )
    yield f"  {_ESTADOS[outcome.state]}"
    if outcome.state is LoteState.GERADO and outcome.file_name:
        yield f"  {upload(outcome, standing.saida, standing.prefeituras)}"
    yield from _situacoes([answer.situacao for answer in outcome.answers])
    yield from not_cancelled(outcome)
    if newer := standing.replaced.get(lote.ref):
        what = "as notas dele" if outcome.state is LoteState.RECUSADO else "o que ele devolveu"
        yield f"  {what} foram enviadas de novo no lote {', '.join(newer)}"
    elif outcome.state is not LoteState.RESPONDIDO:
        yield from (f"  {said.text} {said.correction or ''}".rstrip() for said in outcome.messages)
