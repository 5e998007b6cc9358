"""The routes of the page, and the one the command `planilote retorno` asks."""

import json
from pathlib import Path

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from converter.simulator import errors, prefeitura
from converter.simulator.pagina import leitura
from converter.simulator.settings import MARK, current_settings, current_state
from converter.simulator.state import StoredLote

blueprint = Blueprint("pagina", __name__, template_folder=".")

_LOTES = 50
_STYLE = Path(__file__).with_name("estilo.css")
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)


@blueprint.before_request
def keep_out() -> None:
    """Other sites open in the same browser do not press the buttons of this page.

    Raises:
        ApiError: 403 for a form of another site.
    """
    origin = request.headers.get("Origin")
    if origin is not None and origin != request.host_url.rstrip("/"):
        raise errors.refusal(403, "permissao_negada", "Esta página só atende o próprio computador")


@blueprint.after_request
def confine(response: BaseResponse) -> BaseResponse:
    """The page loads nothing from anywhere and no other page frames it."""
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.get("/")
def inicio() -> str:
    """The lotes, newest first."""
    state, pagina = current_state(), _number("pagina")
    total = state.count()
    return render_template(
        "inicio.html",
        marca=MARK,
        lotes=state.lotes(_LOTES, (pagina - 1) * _LOTES),
        total=total,
        pagina=pagina,
        mais=pagina * _LOTES < total,
    )


@blueprint.get("/simulador/lotes/<ref>")
def lote(ref: str) -> str:
    """One lote: what arrived, what was written, what the prefeitura said."""
    found = _lote(ref)
    erros: list[dict[str, object]] = json.loads(found.erros)
    layout = prefeitura.layout_of(found)
    registros, pagina, paginas = leitura.page(
        layout.describe(found.arquivo), erros, _number("pagina"), _number("linha", 0)
    )
    return render_template(
        "lote.html",
        marca=MARK,
        lote=found,
        leiaute=layout.nome,
        erros=erros,
        registros=registros,
        pagina=pagina,
        paginas=paginas,
        payload=leitura.shown(found.payload),
        retorno_texto=leitura.shown(found.retorno or b""),
    )


@blueprint.get("/simulador/lotes/<ref>/arquivo")
def arquivo(ref: str) -> Response:
    """The import file, as it was answered."""
    found = _lote(ref)
    return _download(found.arquivo, found.nome, found.media_type)


@blueprint.get("/simulador/lotes/<ref>/retorno")
def devolvido(ref: str) -> Response:
    """The return file, once the prefeitura has written it."""
    found = _lote(ref)
    if found.retorno is None:
        raise errors.not_found("A prefeitura ainda não recebeu o arquivo deste lote")
    return _download(found.retorno, found.retorno_nome or "retorno", "application/octet-stream")


@blueprint.post("/simulador/lotes/<ref>/retorno")
def retorno(ref: str) -> BaseResponse:
    """The prefeitura takes the file: its return file, or for a browser the page of the lote."""
    found = _lote(ref)
    nome, content = prefeitura.play(current_state(), ref, current_settings().now(), found.owner)
    kinds = ["application/octet-stream", "text/html"]
    if request.accept_mimetypes.best_match(kinds) == "text/html":
        return redirect(url_for("pagina.lote", ref=ref, dono=found.owner) + "#prefeitura", 303)
    return _download(content, nome, "application/octet-stream")


@blueprint.get("/simulador/estilo.css")
def estilo() -> Response:
    """The style sheet."""
    return Response(_STYLE.read_bytes(), content_type="text/css; charset=utf-8")


def _lote(ref: str) -> StoredLote:
    found = current_state().find(request.args.get("dono"), ref)
    if found is None:
        raise errors.not_found("Lote não encontrado com a referência informada")
    return found


def _number(name: str, least: int = 1) -> int:
    text = request.args.get(name, "")
    return max(least, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else least


def _download(content: bytes, nome: str, media_type: str) -> Response:
    response = Response(content, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=nome)
    return response
