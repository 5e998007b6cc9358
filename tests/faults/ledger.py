"""A raw-socket API that keeps a ledger by ref and breaks its answers byte by byte.

In the manner of the test server of `requests`: nothing between the test and the wire. A script
says what to do with the next requests; once it is used up, the server behaves.
"""

import contextlib
import json
import re
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Temperament(StrEnum):
    """What a second POST of a ref does: the API's documentation does not say."""

    SAME = "mesmo"
    REFUSES = "recusa"
    NEW = "novo"


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def ref(self) -> str:
        found = re.search(r"ref=([^&]+)|lotes_rps/([^/?]+)", self.path)
        return (found[1] or found[2]) if found else ""


@dataclass(frozen=True)
class Fault:
    """How one answer goes wrong. `stored` says whether the ledger took the lote first."""

    kind: str
    stored: bool = False
    method: str = "POST"
    raw: bytes | None = None


ERRORS: dict[str, tuple[int, bytes]] = {
    "400": (400, b'{"codigo":"requisicao_invalida","mensagem":"CNPJ invalido"}'),
    "415": (415, b'{"codigo":"formato","mensagem":"Formato de arquivo invalido"}'),
    "422": (
        422,
        '{"codigo":"requisicao_invalida","mensagem":'
        '"Parâmetro \\"lista_nfse[0].servico.aliquota\\" não informado"}'.encode(),
    ),
    "404": (404, b'{"codigo":"nao_encontrado","mensagem":"Endpoint nao encontrado"}'),
    "401": (401, b"HTTP Basic: Access denied.\n"),
    "403": (403, b'{"codigo":"permissao_negada","mensagem":"CNPJ do emitente nao autorizado."}'),
    "413": (413, b""),
    "500": (500, b"<html><body><h1>Internal Server Error</h1></body></html>"),
    "502": (502, b""),
    "503": (503, b'{"codigo":"indisponivel","mensagem":"Tente mais tarde"}'),
    "202": (202, b'{"status":"processando_autorizacao"}'),
    "307": (307, b""),
    "302": (302, b""),
}


@dataclass
class Ledger:
    """Everything the server ever saw. `files` counts the import files made for each ref."""

    temperament: Temperament = Temperament.SAME
    late: int = 0
    stored: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    files: Counter[str] = field(default_factory=Counter)
    requests: list[Request] = field(default_factory=list)
    script: list[Fault] = field(default_factory=list)
    fired: list[Fault] = field(default_factory=list)
    tokens_refused: set[str] = field(default_factory=set)
    limit: int = 0
    window: float = 60.0
    spent: dict[str, list[float]] = field(default_factory=dict)
    too_many: int = 0
    extra: bytes = b""
    windows: dict[str, list[float]] = field(default_factory=dict)
    answers: Callable[[Request], tuple[int, bytes]] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    _hidden: Counter[str] = field(default_factory=Counter)

    def posts(self) -> int:
        """How many times a lote was posted, whatever came of it."""
        return sum(request.method == "POST" for request in self.requests)

    def rows(self) -> Counter[str]:
        """In how many lotes each row stands."""
        found: Counter[str] = Counter()
        for payload, _ in self.stored.values():
            for nota in json.loads(payload)["lista_nfse"]:
                found[json.dumps(nota, sort_keys=True)] += 1
        return found

    def create(self, ref: str, payload: bytes) -> tuple[int, bytes]:
        if ref in self.stored and self.temperament is Temperament.REFUSES:
            return 422, b'{"codigo":"already_processed","mensagem":"Referencia ja utilizada"}'
        if ref not in self.stored or self.temperament is Temperament.NEW:
            self.files[ref] += 1
            self.stored[ref] = (payload, import_file(ref, payload, self.files[ref]))
            self._hidden[ref] = self.late
        return 201, self.stored[ref][1]

    def fetch(self, ref: str) -> tuple[int, bytes]:
        if ref in self.stored and self._hidden[ref] <= 0:
            return 200, self.stored[ref][1]
        self._hidden[ref] -= 1
        return 404, '{"codigo":"nao_encontrado","mensagem":"Lote não encontrado"}'.encode()

    def handle(self, request: Request) -> tuple[int, bytes]:
        if self.answers is not None and request.path.endswith("/resposta"):
            return self.answers(request)
        if request.method == "POST":
            return self.create(request.ref, request.body)
        return self.fetch(request.ref)


def import_file(ref: str, payload: bytes, number: int) -> bytes:
    """An import file no text mode survives: ISO-8859-1, CR LF, a NUL, a lone CR."""
    notas = json.loads(payload).get("lista_nfse", [])
    lines = [f"1PMB004{ref}{number:04d}"]
    lines += [f"2{nota['servico']['discriminacao']:<40}ção" for nota in notas]
    return "\r\n".join([*lines, f"9{len(notas):07d}\r", ""]).encode("latin-1") + b"\x00\xff"


class Server:
    """Listens on a free loopback port while used as a context manager."""

    def __init__(self, ledger: Ledger | None = None) -> None:
        self.ledger = ledger or Ledger()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._open: set[socket.socket] = set()
        self._closing = False

    def __enter__(self) -> "Server":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing = True
        # shutdown wakes accept() on Linux; a connection does it everywhere.
        with contextlib.suppress(OSError):
            socket.create_connection(self._listener.getsockname(), 1).close()
        self._listener.close()
        for connection in tuple(self._open):
            _reset(connection)

    def _accept(self) -> None:
        while not self._closing:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            if self._closing:
                connection.close()
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._open.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            stream = connection.makefile("rb")
            while (request := _read(stream)) is not None:
                if not self._answer(connection, request):
                    break
        except (OSError, ValueError):
            pass
        finally:
            self._open.discard(connection)
            connection.close()

    def _answer(self, connection: socket.socket, request: Request) -> bool:
        ledger = self.ledger
        with ledger.lock:
            ledger.requests.append(request)
            limited = self._limited(request)
            if limited is not None:
                connection.sendall(limited)
                return True
            fault = None
            if ledger.script and ledger.script[0].method == request.method:
                fault = ledger.script.pop(0)
                ledger.fired.append(fault)
            creates = request.method == "POST" and not request.path.endswith("/resposta")
            if creates and fault is not None and fault.kind not in _WHOLE and not fault.stored:
                status, body = 201, import_file(request.ref, request.body, 1)
            elif request.headers.get("authorization") in ledger.tokens_refused:
                status, body = ERRORS["401"]
            else:
                status, body = ledger.handle(request)
            headers = self._headers(request)
        if fault is not None and fault.raw is not None:
            return _send_raw(connection, fault.raw, body)
        return _send(connection, fault.kind if fault else "", status, body, headers)

    def _limited(self, request: Request) -> bytes | None:
        ledger = self.ledger
        if not ledger.limit:
            return None
        now = time.monotonic()
        spent = ledger.spent.setdefault(request.headers.get("authorization", ""), [])
        if spent and now - spent[0] >= ledger.window:
            spent.clear()
        if not spent:
            ledger.windows.setdefault(request.headers.get("authorization", ""), []).append(now)
        if len(spent) < ledger.limit:
            spent.append(now)
            return None
        ledger.too_many += 1
        return _whole(429, b"", self._headers(request))

    def _headers(self, request: Request) -> bytes:
        ledger = self.ledger
        if not ledger.limit:
            return ledger.extra
        spent = ledger.spent[request.headers.get("authorization", "")]
        # The API counts in seconds; a scaled minute counts in scaled seconds.
        reset = (ledger.window - (time.monotonic() - spent[0])) * 60 / ledger.window
        return (
            f"Rate-Limit-Limit: {ledger.limit}\r\n"
            f"Rate-Limit-Remaining: {ledger.limit - len(spent)}\r\n"
            f"Rate-Limit-Reset: {max(0.0, reset):.2f}\r\n"
        ).encode()


SLOW = 0.7
_WHOLE = ("", "pedacos", "sem-tamanho", "lento")


def _read(stream) -> Request | None:
    line = stream.readline(65536)
    if not line:
        return None
    method, path, _ = line.decode("latin-1").split(" ", 2)
    headers = {}
    while (line := stream.readline(65536)) not in (b"\r\n", b""):
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    length = int(headers.get("content-length", 0))
    body = stream.read(length)
    if len(body) < length:
        return None
    return Request(method, path, headers, body)


def _whole(status: int, body: bytes, headers: bytes = b"") -> bytes:
    return (
        f"HTTP/1.1 {status} X\r\n".encode()
        + headers
        + f"Content-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        + body
    )


def _send(connection: socket.socket, kind: str, status: int, body: bytes, headers: bytes) -> bool:
    """Send the answer as `kind` says; False when the connection is spent."""
    if kind in ERRORS:
        connection.sendall(_whole(*ERRORS[kind], headers + b"Location: /outro\r\n"))
        return True
    line = f"HTTP/1.1 {status} X\r\n".encode() + headers
    length = f"Content-Length: {len(body)}\r\n\r\n".encode()
    chunks = b"Transfer-Encoding: chunked\r\n\r\n"
    half, rest = body[: len(body) // 2], body[len(body) // 2 :]
    sent = {
        "": line + length + body,
        "pedacos": line + chunks + _chunk(half) + _chunk(rest) + b"0\r\n\r\n",
        "lento": line + length + body,
        "vazio": line + b"Content-Length: 0\r\n\r\n",
        "cortado": line + length + half,
        "pedacos-cortados": line + chunks + _chunk(half)[:-4],
        "sem-tamanho": line + b"Connection: close\r\n\r\n" + body,
        "sem-tamanho-cortado": line + b"Connection: close\r\n\r\n" + half,
        "lixo": b"\x16\x03\x01 rubbish \xff\xfe\r\n\r\n",
        "reset": b"",
        "fecha": b"",
        "silencio": b"",
    }[kind]
    if kind == "lento":
        time.sleep(SLOW)
    connection.sendall(sent)
    if kind == "silencio":
        # Ends when the client gives up and closes.
        connection.recv(1)
    if kind == "reset":
        _reset(connection)
    return kind in {"", "pedacos", "vazio", "lento"}


def _send_raw(connection: socket.socket, raw: bytes, body: bytes) -> bool:
    """Whatever a test wrote, `%FILE%` in it being what a healthy server would have sent."""
    connection.sendall(raw.replace(b"%FILE%", body).replace(b"%HALF%", body[: len(body) // 2]))
    connection.shutdown(socket.SHUT_WR)
    return False


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def _reset(connection: socket.socket) -> None:
    """Close so that the peer sees a reset and not an end."""
    with contextlib.suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
