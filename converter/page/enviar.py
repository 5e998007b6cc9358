"""*Enviar*: what goes where, said yes to by the person, and how it goes while it does."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from converter.errors import SettingsError
from converter.model.notas import Lote, Prestador
from converter.model.outcome import LoteOutcome, LoteState
from converter.model.problems import Severity
from converter.model.report import FileReport
from converter.page.desk import desk
from converter.page.files import FileLine, lines
from converter.page.worker import Task, WorkerState
from converter.runtime.cities import name_of
from converter.runtime.sending import Outgoing
from converter.settings import Ambiente
from converter.texts.sentences import sentence

blueprint = Blueprint("enviar", __name__)


@dataclass(frozen=True, slots=True)
class Going:
    """What of one file goes to one prestador's city: notes, R$, warnings on its rows, lotes."""

    arquivo: str
    prestador: Prestador
    cidade: str
    lotes: Sequence[Lote]
    avisos: int

    @property
    def notas(self) -> int:
        """How many notes."""
        return sum(len(lote.notas) for lote in self.lotes)

    @property
    def valor(self) -> Decimal:
        """Their sum in R$."""
        return sum((lote.valor for lote in self.lotes), start=Decimal(0))


@blueprint.get("/enviar")
def inicio() -> str:
    """The table of what would leave now, or of what is leaving."""
    here = desk()
    files = list(lines(here))
    ready = list(_ready(here.state, files))
    return render_template(
        "enviar.html",
        ready=ready,
        staying=[file for file in files if not file.copy and (file.perguntas or file.erros)],
        fresh=all(file.standing.word != sentence("pagina.nao-conferida") for file in files),
        seal=_seal(lote for one in ready for lote in one.lotes),
        notas=sum(one.notas for one in ready),
        lotes=sum(len(one.lotes) for one in ready),
        valor=sum((one.valor for one in ready), start=Decimal(0)),
        real=here.settings.ambiente is Ambiente.PRODUCAO,
        sending=here.state.task is Task.ENVIAR,
        outcomes=_sent(here.state),
    )


@blueprint.post("/enviar")
def enviar() -> Response:
    """Send the chosen files, if they are still what the person saw.

    Raises:
        SettingsError: Something changed since, nothing was chosen, or the confirmation is missing.
    """
    here = desk()
    shown = [lote for one in _ready(here.state, lines(here)) for lote in one.lotes]
    chosen = [lote for lote in shown if lote.arquivo in request.form.getlist("arquivo")]
    _refuse(shown, chosen, here.settings.ambiente)
    seen = frozenset(lote.ref for lote in chosen)

    def same(outgoing: str) -> bool:
        """Whether what is about to leave is what the person saw, to the last letter of a note."""
        return isinstance(outgoing, Outgoing) and outgoing.refs == seen

    if not here.worker.start(Task.ENVIAR, sorted({lote.arquivo for lote in chosen}), confirm=same):
        raise SettingsError(sentence("pagina.ocupado"))
    return redirect(url_for("enviar.inicio"), 303)


def _refuse(shown: Sequence[Lote], chosen: Sequence[Lote], ambiente: Ambiente) -> None:
    """Stop what is not to be sent: see `enviar`."""
    if request.form.get("selo") != _seal(shown):
        raise SettingsError(sentence("pagina.mudou-antes"))
    if not chosen:
        raise SettingsError(sentence("pagina.nada-escolhido"))
    notas = sum(len(lote.notas) for lote in chosen)
    typed = request.form.get("digitado", "").strip()
    if ambiente is Ambiente.PRODUCAO and typed != str(notas):
        raise SettingsError(sentence("pagina.digite", notas=notas))


def _ready(state: WorkerState, files: Iterable[FileLine]) -> Iterator[Going]:
    """What would leave now."""
    for file in files:
        if file.ready:
            yield from _going(state, file.arquivo)


def _going(state: WorkerState, arquivo: str) -> list[Going]:
    done = state.files.get(arquivo)
    if done is None or done.report is None:
        return []
    found: dict[Prestador, list[Lote]] = defaultdict(list)
    for outcome in done.report.outcomes:
        if outcome.state is LoteState.PREPARADO:
            found[outcome.lote.prestador].append(outcome.lote)
    return [
        Going(arquivo, who, name_of(who.codigo_municipio), lotes, _warnings(done.report, lotes))
        for who, lotes in found.items()
    ]


def _warnings(report: FileReport, lotes: Sequence[Lote]) -> int:
    rows = {(nota.planilha, nota.row) for lote in lotes for nota in lote.notas}
    return sum(
        problem.severity is Severity.AVISO and (problem.planilha, problem.row) in rows
        for problem in report.problems
    )


def _seal(lotes: Iterable[Lote]) -> str:
    """What changes when anything of what leaves does: the ref of a lote is made of its notes."""
    return hashlib.sha256(" ".join(sorted(lote.ref for lote in lotes)).encode()).hexdigest()


def _sent(state: WorkerState) -> list[LoteOutcome]:
    """The lotes the last run sent, each as it ended."""
    return [one for one in state.report.outcomes if one.sent_now] if state.report else []
