"""waitress, taught to break: the faults that live below HTTP.

A WSGI application cannot reset a socket, keep silent or cut an answer it has measured. The
request task hands it a `Wire` in the environment, obeys what was written there, and answers in
JSON what waitress would refuse in plain text before any application sees it.
"""

import json
import os
import socket
import struct
import time
from dataclasses import dataclass
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, WSGITask

WIRE = "planilote.wire"
SLOWEST = 30.0
"""Seconds a request may take to come whole."""

_REFUSED = {
    400: "A requisição não é HTTP válido.",
    413: "O corpo da requisição passa do tamanho aceito (50 MB).",
    431: "O cabeçalho da requisição é grande demais.",
    501: "Esta forma de transferência não é aceita.",
}


@dataclass(slots=True)
class Wire:
    """What is to go wrong with the answer of one request.

    `reset` sends nothing and resets the connection. `keep` sends only so many bytes of the body
    and closes. `unmeasured` sends neither a length nor chunks: the end of the connection is the
    only end of the body, so a cut one looks whole.
    """

    reset: bool = False
    keep: int | None = None
    unmeasured: bool = False


class _Task(WSGITask):  # type: ignore[misc]  # waitress publishes no types
    def get_environment(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environment()
        self.wire: Wire = environ.setdefault(WIRE, Wire())
        return environ

    def write(self, data: bytes) -> None:
        if self.wire.reset:
            return
        if self.wire.unmeasured and not self.wrote_header:
            self.content_length = None
            self.remove_content_length_header()
            self.version = "1.0"
        keep = self.wire.keep
        super().write(data if keep is None else data[:keep])
        if keep is not None:
            # The missing bytes are the point: waitress would warn about them.
            self.content_bytes_written = self.content_length
            self.close_on_finish = True

    def finish(self) -> None:
        if self.wire.reset:
            self.close_on_finish = True
            connection = self.channel.socket
            if connection is not None:  # else the client has gone already
                _reset_on_close(connection)
        else:
            super().finish()


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

    task_class = _Task
    error_task_class = _ErrorTask
    parser_class = _Parser


class BreakableServer(TcpWSGIServer):  # type: ignore[misc]  # waitress publishes no types
    """A waitress server whose application may break the wire through `environ[WIRE]`."""

    channel_class = _Channel

    def maintenance(self, now: float) -> None:
        """As waitress, and drops a request that drips: it would hold its place for ever."""
        super().maintenance(now)
        late = time.monotonic() - SLOWEST
        for channel in tuple(self.active_channels.values()):
            if channel.request is not None and channel.began < late:
                channel.will_close = True


def _reset_on_close(connection: socket.socket) -> None:
    """Make the coming close an RST instead of an orderly end."""
    linger = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
