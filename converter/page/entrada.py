"""*Entrada*: the spreadsheets that are there, how each stands, and where new ones are dropped."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from converter.errors import SettingsError
from converter.page.desk import desk
from converter.page.files import lines
from converter.page.upload import NameTaken, keep, safe_name
from converter.page.worker import Task
from converter.reading.inbox import EXTENSIONS
from converter.runtime.arrivals import listed
from converter.settings import Folders
from converter.texts.console import skipped_lines
from converter.texts.sentences import sentence

blueprint = Blueprint("entrada", __name__)


@blueprint.get("/")
def inicio() -> str:
    """Every file of `entrada/`, with its state, notes, R$, questions, errors and warnings."""
    here = desk()
    inbox = listed(here.settings, here.environment)
    files = list(lines(here))
    waiting = [file for file in files if not file.copy]
    return render_template(
        "entrada.html",
        files=files,
        skipped=list(skipped_lines(inbox.skipped)),
        kinds=",".join(sorted(f".{kind}" for kind in EXTENSIONS)),
        ready=sum(file.ready for file in files),
        asked=sum(file.perguntas for file in waiting),
        wrong=sum(file.erros for file in waiting),
    )


@blueprint.post("/entrada/arquivos")
def upload() -> Response | tuple[dict[str, object], int]:
    """Take the files that were dropped or chosen, then check all of `entrada/`.

    A file of the same name that says something else stays, unless `substituir` is sent; it is
    then kept in `diario/substituidos/`.
    """
    here = desk()
    taken, refused = _kept(here.settings.folders)
    if "depois" not in request.form:
        here.worker.start(Task.CONFERIR)
    if request.accept_mimetypes.best == "application/json":
        return {"ocupados": taken, "recusados": refused}, 200
    if taken or refused:
        names = [sentence("pagina.nome-ocupado", nome=name) for name in taken]
        raise SettingsError(" ".join([*names, *refused]))
    return redirect(url_for("entrada.inicio"), 303)


def _kept(folders: Folders) -> tuple[list[str], list[str]]:
    """Put what was sent into `entrada/`: the names that are taken, and why others were refused."""
    aside = folders.substituidos if "substituir" in request.form else None
    given = [file for file in request.files.getlist("arquivos") if file.filename]
    # Of a folder that was dropped, the way to each file in it; a form sends names alone.
    ways = request.form.getlist("caminhos")
    ways += [file.filename or "" for file in given[len(ways) :]]
    taken: list[str] = []
    refused: list[str] = []
    for file, way in zip(given, ways, strict=False):
        try:
            keep(folders.entrada, safe_name(way, EXTENSIONS), file.stream, aside)
        except NameTaken:
            taken.append(file.filename or "")
        except SettingsError as error:
            refused.append(str(error))
    return taken, refused
