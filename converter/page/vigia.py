"""The switch of the watch, on *Entrada*."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from converter.page.desk import desk

blueprint = Blueprint("vigia", __name__)


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
