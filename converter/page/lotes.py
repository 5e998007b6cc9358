"""*Lotes*: each lote with its state and next step, its import file, its return, its answers."""

from collections import Counter
from collections.abc import Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from converter.errors import SettingsError
from converter.model.outcome import LoteOutcome, LoteState
from converter.page.desk import Desk, desk
from converter.page.paging import Pager, number
from converter.page.tones import TONES
from converter.page.upload import NameTaken, keep, safe_name
from converter.page.worker import Task
from converter.runtime import tasks
from converter.runtime.sending import refuse
from converter.settings import Ambiente
from converter.texts.sentences import sentence, table

blueprint = Blueprint("lotes", __name__)
_LAST = (LoteState.RESPONDIDO, LoteState.RECUSADO)
"""States in which nothing is waited for: these lotes come after the others."""


@blueprint.get("/lotes")
def inicio() -> str:
    """Every lote, those that wait first and the newest of each kind before the older."""
    here = desk()
    standing = here.state.standing
    outcomes = list(reversed(standing.outcomes)) if standing else []
    outcomes.sort(key=lambda outcome: outcome.state in _LAST)
    pager = Pager.of(len(outcomes), number("pagina", 1))
    return render_template(
        "lotes.html",
        outcomes=outcomes[pager.first - 1 : pager.last],
        counts=Counter(outcome.state for outcome in outcomes),
        pager=pager,
        known=standing is not None,
        **_words(here),
    )


@blueprint.get("/lotes/<ref>")
def um(ref: str) -> str:
    """One lote: every note with what the prefeitura said of it."""
    here = desk()
    outcome = _outcome(here, ref)
    answers = {answer.ordem: answer for answer in outcome.answers}
    return render_template(
        "lote.html",
        outcome=outcome,
        notas=[(at, nota, answers.get(at)) for at, nota in enumerate(outcome.lote.notas, 1)],
        **_words(here),
    )


@blueprint.post("/lotes/retorno")
def retorno() -> Response:
    """Take a return file: for the lote it was dropped on, or whichever it tells of itself.

    Raises:
        SettingsError: There is no file, or another run is at work.
    """
    here = desk()
    settings = here.settings
    file, ref = request.files.get("retorno"), request.form.get("ref", "")
    if file is None or not file.filename:
        raise SettingsError(sentence("pagina.sem-retorno"))
    if here.state.task is not None:
        raise SettingsError(sentence("pagina.ocupado"))
    name = PurePosixPath(safe_name(file.filename).name)
    path = _kept(settings.folders.retornos, name, file.stream)
    answer = None
    if ref:
        _outcome(here, ref)
        answer = partial(tasks.answer, ref=ref, path=path)
    if not here.worker.start(Task.RETORNOS, confirm=refuse, before=answer):
        raise SettingsError(sentence("pagina.ocupado"))
    return redirect(url_for("lotes.inicio"), 303)


def _words(here: Desk) -> Mapping[str, Mapping[str, str]]:
    """How each state is told: its tone, its word, the next step."""
    steps = dict(table("pagina.passos"))
    if here.settings.ambiente is Ambiente.SIMULADO:
        steps[LoteState.GERADO] = sentence("pagina.gerado-simulado")
    return {"tones": TONES["lote"], "words": table("pagina.estados"), "steps": steps}


def _outcome(here: Desk, ref: str) -> LoteOutcome:
    standing = here.state.standing
    found = (one for one in (standing.outcomes if standing else ()) if one.lote.ref == ref)
    return next(found, None) or abort(404)


def _kept(folder: Path, name: PurePosixPath, content: IO[bytes]) -> Path:
    """A return file in its folder, under another name where its own is taken by another file."""
    for count in range(1, 1000):
        chosen = name if count == 1 else name.with_stem(f"{name.stem} ({count})")
        try:
            return keep(folder, chosen, content, None)
        except NameTaken:
            continue
    raise SettingsError(sentence("pagina.nome-recusado", nome=name))
