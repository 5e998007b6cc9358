"""The embedded API as one Flask application: who may ask, who answers."""

import logging

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from converter.simulator import access, consultas, errors, lotes, municipios
from converter.simulator.pagina import leitura, rotas
from converter.simulator.settings import MARK, Settings
from converter.simulator.state import State

_LOG = logging.getLogger(__name__)
MAX_BODY = 50 * 1024 * 1024


def create_app(state: State, settings: Settings | None = None) -> Flask:
    """The application over this state; with no settings, any token and no limit."""
    settings = settings or Settings()
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # of Flask's default provider
    app.extensions["planilote.state"] = state
    app.extensions["planilote.settings"] = settings
    app.url_map.strict_slashes = False
    app.jinja_env.filters |= leitura.FILTERS
    app.register_blueprint(lotes.blueprint)
    app.register_blueprint(municipios.blueprint)
    app.register_blueprint(consultas.blueprint)
    app.register_blueprint(rotas.blueprint)
    app.register_error_handler(errors.ApiError, errors.ApiError.response)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)
    credit = access.Credits(settings.creditos, settings.monotonic) if settings.creditos else None

    @app.before_request
    def admit() -> None:
        g.allowance = None
        # Another site may have made its name this machine's: the browser then asks as if at home.
        if not settings.aberto and not access.is_own_name(request.host):
            raise errors.refusal(403, "permissao_negada", "Esta API só atende o próprio computador")
        if request.path.startswith("/v2/"):
            g.token = access.token_of(request)
            posted = request.method == "POST" and request.path.startswith("/v2/lotes_rps")
            settings.tokens.admit(g.token, lotes=posted)
            g.owner = access.fingerprint(g.token)
            if credit:
                g.allowance = credit.spend(g.owner)
                if g.allowance.exceeded:
                    raise errors.refusal(
                        429, "requisicao_invalida", "Limite de requisições por minuto excedido"
                    )

    @app.after_request
    def mark(response: Response) -> Response:
        response.headers["X-Planilote-Simulacao"] = MARK
        if g.get("allowance"):
            response.headers.update(g.allowance.headers())
        return response

    return app


def _http_error(error: HTTPException) -> Response:
    """What Flask refuses by itself, in the API's own words."""
    status = error.code or 500
    if status < 400:
        return Response(status=status, headers=dict(error.get_headers()))
    mensagem = {
        404: "Endpoint não encontrado, verifique a documentação",
        405: "Método não permitido neste endereço",
        413: "O corpo da requisição passa do tamanho aceito (50 MB)",
    }.get(status, "Requisição inválida")
    codigo = "nao_encontrado" if status == 404 else "requisicao_invalida"
    response = errors.refusal(status, codigo, mensagem).response()
    if status == 405:
        response.headers["Allow"] = dict(error.get_headers()).get("Allow", "")
    return response


def _unexpected(error: Exception) -> Response:
    """A slip of our own: the log gets the traceback, the client a sentence."""
    _LOG.error("erro no simulador em %s %s", request.method, request.path, exc_info=error)
    return errors.refusal(500, "erro_interno", "Erro interno do simulador").response()
