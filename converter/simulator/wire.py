"""waitress, taught the API's manners: it refuses in JSON what no application gets to see."""

import json
import time

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask

SLOWEST = 30.0
"""Seconds a request may take to come whole."""

_REFUSED = {
    400: "A requisição não é HTTP válido.",
    413: "O corpo da requisição passa do tamanho aceito (50 MB).",
    431: "O cabeçalho da requisição é grande demais.",
    501: "Esta forma de transferência não é aceita.",
}


class _ErrorTask(ErrorTask):  # type: ignore[misc]  # waitress publishes no types
    def execute(self) -> None:
        error = self.request.error
        message = _REFUSED.get(error.code, "Erro interno do simulador.")
        code = "erro_interno" if error.code == 500 else "requisicao_invalida"
        body = json.dumps({"codigo": code, "mensagem": message}, ensure_ascii=False).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.append(("Content-Type", "application/json; charset=utf-8"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress publishes no types
    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except ValueError as error:
            # A length of thousands of digits, a URL that cannot be split.
            raise ParsingError(str(error)) from error


class _Channel(HTTPChannel):  # type: ignore[misc]  # waitress publishes no types
    began = 0.0

    def received(self, data: bytes) -> bool:
        """As waitress, and notes when a request began to come."""
        if self.request is None:
            self.began = time.monotonic()
        return bool(super().received(data))

    error_task_class = _ErrorTask
    parser_class = _Parser


class SimulatorServer(TcpWSGIServer):  # type: ignore[misc]  # waitress publishes no types
    """A waitress server that answers as the API does."""

    channel_class = _Channel

    def maintenance(self, now: float) -> None:
        """As waitress, and drops a request that drips: it would hold its place for ever."""
        super().maintenance(now)
        late = time.monotonic() - SLOWEST
        for channel in tuple(self.active_channels.values()):
            if channel.request is not None and channel.began < late:
                channel.will_close = True
