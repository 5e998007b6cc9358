"""The files of `entrada/` as the page lists them, each with how it stands."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from converter.model.outcome import Situacao
from converter.model.problems import Severity
from converter.model.report import FileReport
from converter.model.run import FileDone
from converter.page.desk import Desk
from converter.runtime.arrivals import listed
from converter.texts.sentences import sentence


class Pill(NamedTuple):
    """How a file stands, in a word, and the tone it is told in (a class of the stylesheet)."""

    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of `entrada/`: counts of notes, questions, problems; `step` where it is at work.

    `valor` is in R$, None where nothing is known of the file. `ready` are notes that wait for
    nothing but sending. `open` tells that its rows can be looked at, `copy` names the mended copy
    that some of them stand in.
    """

    arquivo: str
    size: int
    standing: Pill
    step: str = ""
    copy: str = ""
    open: bool = False
    notas: int = 0
    valor: Decimal | None = None
    perguntas: int = 0
    erros: int = 0
    avisos: int = 0
    ready: int = 0


def copies_of(here: Desk, arquivo: str) -> list[str]:
    """The mended copies in `entrada/` that hold rows of a file."""
    others = (name for name in here.state.files if name != arquivo)
    return [name for name in others if arquivo in here.files.sources(name)]


def lines(here: Desk) -> Iterator[FileLine]:
    """The files of `entrada/`, in their order."""
    state = here.state
    mended = {source: name for name in state.files for source in here.files.sources(name)}
    for file in listed(here.settings, here.environment).files:
        done = state.files.get(file.arquivo)
        if done is not None and state.looked.get(file.arquivo) != (file.size, file.modified):
            done = None
        step = state.steps.get(file.arquivo, "") if state.task else ""
        if done is None:
            yield FileLine(
                file.arquivo, file.size, Pill(sentence("pagina.nao-conferida"), "calmo"), step
            )
        elif done.report is None:
            yield _settled(file.arquivo, file.size, json.loads(done.summary or "{}"))
        else:
            yield _reported(file.size, done, done.report, step, mended.get(file.arquivo, ""))


def _settled(arquivo: str, size: int, kept: Mapping[str, float]) -> FileLine:
    """A file with nothing new, as it was when all of it was sent."""
    return FileLine(
        arquivo,
        size,
        Pill(sentence("pagina.nada-de-novo"), "bom"),
        notas=int(kept.get("notas_enviadas", 0)),
        valor=Decimal(str(kept.get("valor_enviado", 0))),
    )


def _reported(size: int, done: FileDone, report: FileReport, step: str, copy: str) -> FileLine:
    severities = Counter(problem.severity for problem in report.problems)
    return FileLine(
        done.arquivo,
        size,
        standing_of(done, report, copy),
        step,
        copy,
        open=True,
        notas=len(report.rows.row),
        valor=report.balance.valor_lido,
        perguntas=report.asked,
        erros=severities[Severity.ERRO] + report.problems_beyond,
        avisos=severities[Severity.AVISO],
        ready=report.ready,
    )


def standing_of(done: FileDone, report: FileReport, copy: str) -> Pill:
    """The first thing a person must know of a file."""
    found = set(report.rows.situacao)
    asked = (
        (report.book is None, sentence("pagina.nao-lida"), "mau"),
        (copy and (report.asked or done.refused), sentence("pagina.em-correcao"), "calmo"),
        (report.asked, sentence("pagina.com-perguntas"), "alerta"),
        (Situacao.RECUSADA in found, sentence("pagina.recusada"), "mau"),
        (done.refused, sentence("pagina.com-erros"), "mau"),
        (Situacao.DESCONHECIDA in found, sentence("pagina.em-duvida"), "alerta"),
        (report.ready, sentence("pagina.pronta"), "pronto"),
        (Situacao.ENVIADA in found, sentence("pagina.espera-prefeitura"), "alerta"),
        (Situacao.AUTORIZADA in found, sentence("pagina.autorizada"), "bom"),
    )
    words = (Pill(word, tone) for true, word, tone in asked if true)
    return next(words, Pill(sentence("pagina.nada-a-enviar"), "bom"))
