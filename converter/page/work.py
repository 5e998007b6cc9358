"""What is at work, the watch too: asked every moment by the script, started and ended by hand."""

import threading

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from converter.page.desk import desk
from converter.page.worker import Task
from converter.runtime.sending import refuse
from converter.texts.sentences import sentence

blueprint = Blueprint("work", __name__)


@blueprint.get("/andamento")
def progress() -> dict[str, object]:
    """What happens now, for the script that shows it."""
    state = desk().state
    return {
        "tarefa": state.task,
        "linha": state.line,
        "arquivos": dict(state.steps),
        "lotes": dict(state.sent),
        "de": state.leaving,
        "revisao": state.revision,
    }


@blueprint.post("/conferir")
def conferir() -> Response:
    """Check everything in `entrada/`; nothing is sent."""
    desk().worker.start(Task.CONFERIR)
    return _back()


@blueprint.post("/retornos")
def retornos() -> Response:
    """Read what waits in `retornos/`, and ask about lotes in doubt; nothing new is sent."""
    desk().worker.start(Task.RETORNOS, confirm=refuse)
    return _back()


@blueprint.post("/encerrar")
def encerrar() -> str:
    """End the program, once what is at work has ended."""
    # A moment later: this answer is to arrive.
    threading.Timer(0.3, desk().stop).start()
    return sentence("pagina.encerrado")


@blueprint.post("/vigia/ligar")
def ligar() -> Response:
    """Watch the folder from now on; in `producao` what comes is only checked."""
    here = desk()
    here.switch.turn_on(here.load, here.environment, here.worker)
    return redirect(url_for("entrada.inicio"), 303)


@blueprint.post("/vigia/desligar")
def desligar() -> Response:
    """Watch it no more."""
    desk().switch.turn_off()
    return redirect(url_for("entrada.inicio"), 303)


def _back() -> Response:
    """The page the person was on; only ours are followed."""
    here = request.form.get("aqui", "")
    return redirect(
        here if here.startswith("/") and not here.startswith(("//", "/\\")) else "/", 303
    )
