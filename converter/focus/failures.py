"""What an exception of the HTTP library means: which sentence, and may the request have arrived.

The library's classes do not tell a lost request from a lost answer (a `ConnectionError` is
both), so arrival is not read from them: the body handed to the socket notes whether anyone began
to read it. While nobody did, the API cannot hold the lote.
"""

import io
import ssl
from collections.abc import Callable, Iterator
from http.client import HTTPException, IncompleteRead

import requests
from urllib3 import exceptions as urllib3

from converter.crash import point
from converter.focus.exchange import TooLargeError
from converter.model.wire import Fault

RETRIED = frozenset({"sem-internet", "api-recusa-conexao", "api-nao-conecta", "conexao-caiu"})
_NEVER_CONNECTED = RETRIED - {"conexao-caiu"} | {"certificado-invalido", "proxy-recusou"}


class Body(io.BytesIO):
    """Bytes to send that know whether sending began; `check` raises when there is no time left."""

    started = False

    def __init__(self, content: bytes, check: Callable[[], object]) -> None:
        super().__init__(content)
        self._check = check

    def read(self, size: int | None = -1, /) -> bytes:
        """As any stream; the first call is the moment of no return."""
        self._check()
        self.started = True
        block = super().read(size)
        point("corpo-no-meio")
        return block


def fault(error: BaseException, body: Body | None) -> Fault:
    """The fault for an exception raised while asking; `body` None for a GET."""
    code = _code(error)
    arrived = code not in _NEVER_CONNECTED if body is None else body.started
    return Fault(code, maybe_arrived=arrived)


def _code(error: BaseException) -> str:
    found = tuple(_chain(error))

    def any_of(*classes: type[BaseException]) -> bool:
        return any(isinstance(one, classes) for one in found)

    answers = (
        (TooLargeError, "resposta-grande"),
        (urllib3.NameResolutionError, "sem-internet"),
        (urllib3.NewConnectionError, "api-recusa-conexao"),
        (urllib3.ConnectTimeoutError, "api-nao-conecta"),
        (ssl.SSLCertVerificationError, "certificado-invalido"),
        (urllib3.ProxyError, "proxy-recusou"),
        (urllib3.ReadTimeoutError, "sem-resposta"),
        (IncompleteRead, "resposta-cortada"),
        (requests.exceptions.ChunkedEncodingError, "resposta-cortada"),
        (requests.exceptions.ContentDecodingError, "resposta-ilegivel"),
        (HTTPException, "resposta-ilegivel"),
        (urllib3.ProtocolError, "resposta-cortada"),
    )
    if any_of(ConnectionError, TimeoutError) and not any_of(
        urllib3.NewConnectionError, urllib3.ConnectTimeoutError, urllib3.ReadTimeoutError
    ):
        return "resposta-cortada" if any_of(IncompleteRead) else "conexao-caiu"
    known = next((code for kind, code in answers if any_of(kind)), None)
    # requests' own exceptions are OSErrors too; only the system's count here.
    system = any(isinstance(one, OSError) and type(one).__module__ == "builtins" for one in found)
    return known or ("conexao-caiu" if system else "resposta-ilegivel")


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception and all it wraps: causes, contexts, `reason`, and exceptions as arguments."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
