"""Makes the faults of a request happen, before and after the application has answered it."""

import math
from collections.abc import Callable
from datetime import timedelta

from flask import Response, g, request

from converter.simulator import errors, faults
from converter.simulator.faults import Fault, FaultError, Kind
from converter.simulator.settings import Settings
from converter.simulator.wire import WIRE, Wire

_OPERATIONS = {
    "lotes.criar": "criar",
    "lotes.consultar": "consultar",
    "lotes.resposta": "resposta",
    "pagina.retorno": "retorno",
}
_LONGEST_SILENCE = 600.0
_STEP = 0.05


def before(settings: Settings) -> Response | None:
    """Strikes with what comes before the lote is stored.

    Raises:
        ApiError: The answer a fault puts in place of the real one.
    """
    g.falhas = ()
    endpoint = request.endpoint or ""
    operacao = _OPERATIONS.get(endpoint, "municipios" if "municipios." in endpoint else "")
    if not operacao:
        return None
    ref = (request.view_args or {}).get("ref") or request.args.get("ref", "")
    try:
        asked = faults.read_header(request.headers.get(faults.HEADER, ""))
    except FaultError as error:
        raise errors.said(400, "requisicao_invalida", str(error)) from error
    struck = settings.falhas.strike(operacao, ref) + tuple(
        fault for fault in asked if fault.meets(operacao, ref)
    )
    g.falhas = tuple(fault for fault in struck if fault.quando == "depois" or _late(fault))
    for fault in struck:
        if fault not in g.falhas and (answer := _strike(settings, fault)) is not None:
            return answer
    return None


def after(settings: Settings, response: Response) -> Response:
    """Strikes with what comes once the answer is ready, in the order the faults were given."""
    for fault in g.get("falhas", ()):
        if fault.tipo is Kind.CORTE:
            _cut(fault, response)
        else:
            try:
                response = _strike(settings, fault) or response
            except errors.ApiError as error:
                response = error.response()
    return response


def _late(fault: Fault) -> bool:
    return fault.tipo is Kind.CORTE


def _strike(settings: Settings, fault: Fault) -> Response | None:
    """The answer that takes the real one's place, or None when it only changes the mood."""
    match fault.tipo:
        case Kind.LENTIDAO:
            settings.esperar(fault.segundos)
        case Kind.SILENCIO:
            return _silence(settings.esperar)
        case Kind.QUEDA:
            return _reset()
        case Kind.REDIRECIONA:
            status = fault.status if fault.status < 400 else 302
            return Response(status=status, headers={"Location": "https://exemplo.invalid/v2"})
        case Kind.STATUS:
            _refuse(fault)
        case Kind.REF_REPETIDA:
            g.temperamento = fault.modo
        case Kind.CIDADE_LENTA:
            g.cidade_lenta = timedelta(seconds=fault.segundos)
        case Kind.CONSULTA_TARDIA:
            g.consulta_tardia = timedelta(seconds=fault.segundos)
    return None


def _refuse(fault: Fault) -> None:
    error = errors.shaped(fault.forma, fault.status)
    if fault.status == 401:
        error.headers["WWW-Authenticate"] = 'Basic realm="Application"'
    if fault.status == 429:
        limit = g.allowance.limit if g.get("allowance") else 100
        g.allowance = None
        error.headers |= {
            "Rate-Limit-Limit": str(limit),
            "Rate-Limit-Remaining": "0",
            "Rate-Limit-Reset": str(math.ceil(fault.segundos)),
        }
    raise error


def _silence(wait: Callable[[float], object]) -> Response:
    """No answer at all, until the client gives up, the simulator stops or ten minutes pass."""
    gone: Callable[[], bool] = request.environ.get("waitress.client_disconnected", lambda: True)
    for _ in range(int(_LONGEST_SILENCE / _STEP)):
        if gone() or wait(_STEP):
            break
    return _reset()


def _reset() -> Response:
    wire: Wire = request.environ.setdefault(WIRE, Wire())
    wire.reset = True
    return Response(status=500)


def _cut(fault: Fault, response: Response) -> None:
    wire: Wire = request.environ.setdefault(WIRE, Wire())
    size = len(response.get_data())
    wire.keep = size // 2 if fault.deixa < 0 else min(fault.deixa, size)
    wire.unmeasured = not fault.tamanho
