"""The HTTP client of Focus NFe: three calls for lotes; look-ups of municípios, CEPs and CNPJs.

One client is one token; it is used by one thread at a time. It paces itself, waits out a 429,
and asks again by itself only while a request surely did not arrive. Every other doubt is the
caller's to resolve.
"""

import base64
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import quote, urlsplit

import requests
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

from converter.crash import point
from converter.focus.address import checked_url, is_loopback
from converter.focus.echo import Echo
from converter.focus.exchange import Exchange, adapter, decoded
from converter.focus.failures import RETRIED, Body, fault
from converter.focus.json_body import read_json
from converter.focus.pacing import Pace
from converter.focus.tokens import Token
from converter.model.wire import ECHOED, Answer, Fault, Heard

TIMEOUTS = (10.0, 90.0)
PAUSES = (1.0, 2.0, 4.0)
LARGEST = 64 * 1024 * 1024
DEADLINE = 300.0
PATIENCE = 10
LONGEST_WAIT = 900.0
"""Seconds a request may wait in all for the API's limit to let it go."""
MOST_PAGES = 100
MOST_AROUND = 1024 * 1024
"""Bytes of an answer that are none of its body's: headers, lengths of chunks, trailers."""


class _Basic(AuthBase):
    """HTTP Basic with the token as user and a blank password."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        pair = f"{self._token.reveal()}:".encode()
        request.headers["Authorization"] = "Basic " + base64.b64encode(pair).decode()
        return request


@dataclass(frozen=True, slots=True)
class Transport:
    """How requests travel and how time passes for them.

    `timeouts` are seconds to connect and between two reads; `verify` is True or the path of a
    certificate bundle, which wins over the environment's. `waiting` hears of the seconds the API
    asks to wait before a request, when they begin. `clock` counts seconds; `sleep`, where given,
    replaces the interruptible wait.
    """

    timeouts: tuple[float, float] = TIMEOUTS
    verify: bool | str = True
    session: Callable[[], requests.Session] = requests.Session
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] | None = None
    jitter: Callable[[], float] = random.random
    waiting: Callable[[float], object] = lambda _: None


class Client:
    """`base_url` without a path; `key` names the token in groupings without revealing it.

    Raises:
        Abort: The address is neither https nor loopback: a token would travel in the clear.
    """

    def __init__(
        self,
        base_url: str,
        token: Token,
        *,
        version: str,
        key: str = "",
        transport: Transport = Transport(),
    ) -> None:
        self._base = checked_url(base_url)
        self._stop = threading.Event()
        self._sleep = self._stop.wait if transport.sleep is None else transport.sleep
        self._transport = transport
        self._echo = Echo(token)
        self._exchange = Exchange(transport.clock)
        self._pace = Pace(transport.clock)
        self._session = transport.session()
        self._session.auth = _Basic(token)
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, adapter(self._exchange))
        # The environment's proxy is the office's; on loopback it would only lose the request.
        self._session.trust_env = not is_loopback(urlsplit(self._base).hostname or "")
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.headers.update(
            {"User-Agent": f"planilote/{version}", "Accept": "*/*", "Accept-Encoding": "identity"}
        )
        self.key = key or f"{id(self):x}"

    def __repr__(self) -> str:
        return f"Client({self._base!r}, {self.key!r})"

    def create(self, ref: str, payload: bytes) -> Heard:
        """`POST /v2/lotes_rps?ref=`: 201 with the import file."""
        return self._ask("POST", f"/v2/lotes_rps?ref={quote(ref, safe='')}", payload)

    def fetch(self, ref: str) -> Heard:
        """`GET /v2/lotes_rps/REF`: 200 with the same file, 404 when there is none."""
        return self._ask("GET", f"/v2/lotes_rps/{quote(ref, safe='')}")

    def answer(self, ref: str, content: bytes) -> Heard:
        """`POST /v2/lotes_rps/REF/resposta` with the return file as it came: 201 with statuses."""
        return self._ask(
            "POST",
            f"/v2/lotes_rps/{quote(ref, safe='')}/resposta",
            content,
            content_type="application/octet-stream",
        )

    def municipio(self, codigo: str) -> Mapping[str, object] | Fault | Answer:
        """`GET /v2/municipios/CODIGO` as a mapping, or what was heard instead."""
        heard = self._ask("GET", f"/v2/municipios/{quote(codigo, safe='')}")
        found = self.json(heard)
        return found if isinstance(found, dict) else heard

    def itens(self, codigo: str) -> Sequence[Mapping[str, object]] | Fault | Answer:
        """The item_lista_servico a município accepts: `codigo`, `descricao`, `tax_rate`."""
        return self._pages(f"/v2/municipios/{quote(codigo, safe='')}/itens_lista_servico")

    def codigos_tributarios(self, codigo: str) -> Sequence[Mapping[str, object]] | Fault | Answer:
        """The codigo_tributario_municipio a município accepts, same fields."""
        return self._pages(f"/v2/municipios/{quote(codigo, safe='')}/codigos_tributarios_municipio")

    def consult(self, kind: str, key: str) -> Heard:
        """`GET /v2/ceps/CEP` or `/v2/cnpjs/CNPJ`: what is known of an address or a company."""
        return self._ask("GET", f"/v2/{kind}/{quote(key, safe='')}")

    @staticmethod
    def json(heard: Heard) -> object:
        """The value an answer with status 200 holds; None where it holds none."""
        if not isinstance(heard, Answer) or heard.status != 200:
            return None
        try:
            return read_json(heard.body)
        except ValueError:
            return None

    def pause(self, seconds: float) -> bool:
        """Wait; False when the run is being interrupted."""
        if seconds > 0 and not self._stop.is_set():
            self._sleep(seconds)
        return not self._stop.is_set()

    def interrupt(self) -> None:
        """No request is begun from now on and every pause ends."""
        self._stop.set()

    def close(self) -> None:
        """Close the connection."""
        self._session.close()

    def _pages(self, path: str) -> Sequence[Mapping[str, object]] | Fault | Answer:
        found: list[Mapping[str, object]] = []
        for _ in range(MOST_PAGES):
            heard = self._ask("GET", f"{path}?offset={len(found)}")
            page = self.json(heard)
            if not isinstance(page, list) or not isinstance(heard, Answer):
                return heard
            items = [item for item in page if isinstance(item, dict)]
            if len(items) < len(page):
                return heard
            found += items
            total = heard.headers.get("x-total-count", "")
            more = total.isdecimal() and len(total) < 10 and len(found) < int(total)
            if not page or not more:
                return found
        # A list without end is none.
        return heard

    def _ask(
        self,
        method: str,
        path: str,
        content: bytes | None = None,
        content_type: str = "application/json",
    ) -> Heard:
        tries = iter(PAUSES)
        waited = 0.0
        heard: Heard = Fault("limite-persistente", maybe_arrived=False)
        for _ in range(PATIENCE):
            wait = self._pace.delay()
            waited += wait
            if waited > LONGEST_WAIT:
                return heard
            if wait:
                self._transport.waiting(wait)
            if not self.pause(wait):
                return Fault("interrompido", maybe_arrived=False)
            heard = self._once(method, path, content, content_type)
            if isinstance(heard, Answer):
                self._pace.heard(heard.status, heard.headers)
                if heard.status != 429:
                    return heard
            elif heard.maybe_arrived or heard.code not in RETRIED:
                return heard
            else:
                pause = next(tries, None)
                if pause is None:
                    return heard
                self.pause(pause * (0.5 + self._transport.jitter()))
        return heard

    def _once(self, method: str, path: str, content: bytes | None, content_type: str) -> Heard:
        self._exchange.begin(DEADLINE, LARGEST + MOST_AROUND)
        body = None if content is None else Body(content, self._exchange.left)
        try:
            response = self._session.request(
                method,
                self._base + path,
                data=body,
                headers={} if body is None else {"Content-Type": content_type},
                timeout=self._transport.timeouts,
                # Said here it wins over REQUESTS_CA_BUNDLE; on the session it would not.
                verify=self._transport.verify,
                allow_redirects=False,
                stream=True,
            )
            with response:
                point("resposta-comecou")
                return self._read(response)
        except (requests.RequestException, HTTPError, HTTPException, OSError, ValueError) as error:
            # `from None` is not enough: the exception holds the request and so the token.
            return fault(error, body)

    def _read(self, response: requests.Response) -> Heard:
        headers = {name.lower(): value for name, value in response.headers.items()}
        headers.pop("set-cookie", None)
        blocks: list[bytes] = []
        size = 0
        for block in response.raw.stream(65536, decode_content=False):
            blocks.append(block)
            size += len(block)
            if size > LARGEST:
                return Fault("resposta-grande", maybe_arrived=True)
        point("resposta-lida")
        raw = b"".join(blocks)
        body = decoded(raw, headers.get("content-encoding", ""), LARGEST)
        if body is None:
            return Fault("resposta-cortada", maybe_arrived=True)
        bare = self._echo.taken_out(body)
        shown = {
            name: self._echo.taken_out(value.encode("utf-8", "replace")).decode("utf-8", "replace")
            for name, value in headers.items()
        }
        if shown != headers or bare != body:
            shown[ECHOED] = "sim"
        return Answer(response.status_code, shown, bare, framed=_framed(headers, len(raw)))


def _framed(headers: Mapping[str, str], size: int) -> bool:
    """Whether the end of a body was marked, and marked where it came."""
    if headers.get("transfer-encoding", "").strip().lower() == "chunked":
        return True
    length = headers.get("content-length", "").strip()
    return length.isascii() and length.isdigit() and len(length) < 20 and int(length) == size
