"""What `planilote vigiar` says: a line per event, made from values."""

from collections.abc import Collection

from converter.model.outcome import Situacao
from converter.model.run import ReturnDone, RunReport
from converter.texts import console
from converter.texts.command import command
from converter.texts.sentences import sentence


def retorno(done: ReturnDone) -> str:
    """What one return file told."""
    return ". ".join(line.strip().rstrip(".") for line in console.return_lines(done))


def de_novo(report: RunReport, minutos: int) -> str:
    """What did not go, or went and nobody knows where to, and when it is tried again."""
    counts = {"vigia.nao-enviados": report.unsent, "vigia.incertos": report.unknown}
    told = ", ".join(sentence(key, n=number) for key, number in counts.items() if number)
    return sentence("vigia.de-novo", lotes=told, minutos=minutos)


def so_confere() -> str:
    """What a watch in `producao` does, and what to type for more."""
    told = command("vigiar", "producao", "--enviar-em-producao")
    return sentence("vigia.so-confere", comando=told)


def aviso(report: RunReport, fresh: Collection[str]) -> str:
    """The notice of a run: files, what waits for the person, answers; no name of anybody.

    Empty where nothing came of the run.
    """
    files = [done for done in report.files if done.arquivo in fresh and done.report is not None]
    outcomes = [back.outcome for back in report.returns if back.outcome]
    answers = [answer.situacao for outcome in outcomes for answer in outcome.answers]
    counts = {
        "convertidas": len(files),
        "esperam": sum(done.refused for done in files),
        "autorizadas": answers.count(Situacao.AUTORIZADA),
        "recusadas": answers.count(Situacao.RECUSADA),
        "retornos-nao-lidos": sum(not back.read for back in report.returns),
    }
    told = (sentence(f"vigia.aviso.{name}", n=number) for name, number in counts.items() if number)
    return ", ".join(told)
