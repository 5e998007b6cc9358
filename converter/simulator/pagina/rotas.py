"""The routes of the page, and the one the command `planilote retorno` asks."""

from datetime import timedelta

from flask import Blueprint, Response, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from converter.simulator import errors, prefeitura
from converter.simulator.settings import Settings
from converter.simulator.state import State

blueprint = Blueprint("pagina", __name__, template_folder=".")


@blueprint.post("/simulador/lotes/<ref>/retorno")
def retorno(ref: str) -> BaseResponse:
    """The return file; a browser is sent back to the page of the lote."""
    settings: Settings = current_app.extensions["planilote.settings"]
    state: State = current_app.extensions["planilote.state"]
    lote = state.latest(ref)
    if lote is None:
        raise errors.not_found("Lote não encontrado com a referência informada")
    if settings.now() < lote.criado_em + g.get("cidade_lenta", timedelta(0)):
        raise errors.said(422, "em_processamento", "A prefeitura ainda está processando este lote")
    nome, content = prefeitura.play(state, ref, settings.now())
    if request.accept_mimetypes.best_match(["application/octet-stream", "text/html"]) == (
        "text/html"
    ):
        return redirect(url_for("pagina.lote", ref=ref), 303)
    response = Response(content, content_type="application/octet-stream")
    response.headers.set("Content-Disposition", "attachment", filename=nome)
    return response
