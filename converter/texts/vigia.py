"""What `planilote vigiar` says: a line per event, made from values."""

from collections.abc import Collection
from pathlib import Path

from converter.model.outcome import Situacao
from converter.model.problems import Problem
from converter.model.run import FileDone, ReturnDone, RunReport
from converter.texts import console
from converter.texts.ajuda import DEFEITO
from converter.texts.command import command
from converter.texts.formato import contado

COMECOU = "Vigiando {pasta} ({ambiente}). Ctrl-C encerra."
PAROU = "Parei de vigiar. O que já foi enviado está guardado."
SUMIU = "A pasta não está acessível (unidade desconectada?). Continuo quando ela voltar."
VOLTOU = "A pasta voltou."
INTERROMPIDA = console.INTERROMPIDA


def so_confere() -> str:
    """What a watch in `producao` does, and what to type for more."""
    told = command("vigiar", "producao", "--enviar-em-producao")
    return f"Em producao, vigiar só confere. Para que também envie, rode: {told}"


def arquivo(done: FileDone, pasta: Path, *, enviar: bool) -> str:
    """What became of one file."""
    return console.file_line(done, pasta, enviar=enviar)


def deixado(problem: Problem) -> str:
    """A file that was left alone, and why."""
    (line,) = console.skipped_lines([problem])
    return line


def retorno(done: ReturnDone) -> str:
    """What one return file told."""
    return ". ".join(line.strip().rstrip(".") for line in console.return_lines(done))


def retorno_espera(name: str) -> str:
    """A return file that is not sent because nothing is, in `producao`."""
    return f"retornos/{name} espera. Para ler e enviar, rode: {command('converter', 'producao')}"


def de_novo(report: RunReport, minutos: int) -> str:
    """What did not go, or went and nobody knows where to, and when it is tried again."""
    told = []
    if report.unsent:
        told.append(contado(report.unsent, "lote não foi enviado", "lotes não foram enviados"))
    if report.unknown:
        told.append(contado(report.unknown, "lote de destino incerto", "lotes de destino incerto"))
    return f"{', '.join(told)}: tento de novo em {contado(minutos, 'minuto', 'minutos')}."


def defeito(error: Exception, onde: str, registro: Path, comando: str) -> str:
    """Our own mistake, with the place, and what to type; the watch goes on."""
    name, place = type(error).__name__, f" em {onde}" if onde else ""
    return DEFEITO.format(nome=name, onde=place, registro=registro, comando=comando)


def aviso(report: RunReport, fresh: Collection[str]) -> str:
    """The notice of a run: files, what waits for the person, answers; no name of anybody.

    Empty where nothing came of the run.
    """
    files = [done for done in report.files if done.arquivo in fresh and done.report is not None]
    waiting = sum(done.refused for done in files)
    answers = [answer for back in report.returns for answer in _answers(back)]
    granted = answers.count(Situacao.AUTORIZADA)
    refused = answers.count(Situacao.RECUSADA)
    counts = (
        (len(files), "planilha convertida", "planilhas convertidas"),
        (waiting, "espera você", "esperam você"),
        (granted, "nota autorizada", "notas autorizadas"),
        (refused, "nota recusada", "notas recusadas"),
        (sum(not back.read for back in report.returns), "retorno não lido", "retornos não lidos"),
    )
    return ", ".join(contado(count, *names) for count, *names in counts if count)


def _answers(back: ReturnDone) -> list[Situacao]:
    return [each.situacao for each in back.outcome.answers] if back.outcome else []
