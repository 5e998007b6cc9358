"""The pages put together as one Flask application."""

import json
from typing import NamedTuple

from flask import Blueprint, Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from converter import __version__
from converter.errors import PlaniloteError
from converter.page import (
    ajuda,
    arquivo,
    cadastros,
    download,
    entrada,
    enviar,
    lotes,
    painel,
    work,
)
from converter.page import desk as desks
from converter.page.desk import Desk
from converter.page.security import Guard
from converter.reading.limits import Limits
from converter.runtime.workspace import stopped
from converter.sheets.frame import document
from converter.texts import console, folhas, formato
from converter.texts.sentences import table

LARGEST = Limits().file_bytes + 2**20
"""Bytes of a request: the largest file that is read, and what a form puts around it."""


class Page(NamedTuple):
    """A page and its words in the menu; without them it is reached from others."""

    blueprint: Blueprint
    label: str = ""


PAGES = (
    Page(entrada.blueprint, "Entrada"),
    Page(enviar.blueprint, "Enviar"),
    Page(lotes.blueprint, "Lotes"),
    Page(arquivo.blueprint),
    Page(painel.blueprint, "Painel"),
    Page(cadastros.blueprint, "Cadastros"),
    Page(ajuda.blueprint, "Ajuda"),
    Page(download.blueprint),
    Page(work.blueprint),
)


def create_app(desk: Desk, guard: Guard) -> Flask:
    """The application over a working folder, behind `guard`."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST
    app.config["MAX_FORM_MEMORY_SIZE"] = 2**23
    app.jinja_env.autoescape = True
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    guard.install(app)
    desks.put(app.extensions, desk)
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    app.jinja_env.globals |= {
        "menu": [(f"{page.blueprint.name}.inicio", page.label) for page in PAGES if page.label],
        "versao": __version__,
        "faixas": folhas.BANNERS,
        "ambientes": folhas.AMBIENTES,
        "state": lambda: desks.desk().state,
        "watching": lambda: desks.desk().switch,
    }
    app.jinja_env.filters |= {
        "reais": formato.reais,
        "contado": formato.contado,
        "documento": document,
        "situacoes": lambda answers: console.situacoes(answer.situacao for answer in answers),
        "mes": formato.mes,
    }
    app.context_processor(_common)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _broken)
    return app


def _common() -> dict[str, object]:
    try:
        settings = desks.desk().settings
    except PlaniloteError as error:
        return {"ambiente": "", "pasta": "", "escolhas": " ".join(error.parts)}
    pasta = settings.folders.pasta.resolve()
    return {"ambiente": str(settings.ambiente), "pasta": pasta.name or str(pasta), "escolhas": ""}


def _refused(error: HTTPException) -> Response | tuple[str, int]:
    code = error.code or 500
    if code < 400:
        return Response(status=code, headers=dict(error.get_headers()))
    known = str(code) if str(code) in table("pagina.recusas") else "outra"
    return _said(table("pagina.recusas")[known], table("pagina.recusas-saida")[known], code)


def _broken(error: Exception) -> Response | tuple[str, int]:
    """What stopped the answer, said as of a run."""
    found = stopped(error, lambda: desks.desk().settings.folders)
    return _said(found.message, found.hint, 500 if found.ours else 409)


def _said(message: str, hint: str, code: int) -> Response | tuple[str, int]:
    """A refusal as a page, or as JSON where a script asked."""
    if request.headers.get("Accept", "").startswith("application/json"):
        told = json.dumps({"erro": f"{message} {hint}".strip()}, ensure_ascii=False)
        return Response(told, code, mimetype="application/json")
    return render_template("refused.html", message=message, hint=hint), code
