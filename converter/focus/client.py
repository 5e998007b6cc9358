"""The HTTP client of Focus NFe: three calls for lotes, three look-ups for municípios.

One client is one token; it is used by one thread at a time. It paces itself, waits out a 429,
and asks again by itself only while a request surely did not arrive. Every other doubt is the
caller's to resolve.
"""

import base64
import json
import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import quote, urlsplit

import requests
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

from converter.crash import point
from converter.focus.address import checked_url, is_loopback
from converter.focus.failures import RETRIED, Body, fault
from converter.focus.pacing import Pace
from converter.focus.tokens import Token
from converter.model.wire import Answer, Fault, Heard

TIMEOUTS = (10.0, 90.0)
PAUSES = (1.0, 2.0, 4.0)
LARGEST = 64 * 1024 * 1024
DEADLINE = 300.0
PATIENCE = 10


class _Basic(AuthBase):
    """HTTP Basic with the token as user and a blank password."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        pair = f"{self._token.reveal()}:".encode()
        request.headers["Authorization"] = "Basic " + base64.b64encode(pair).decode()
        return request


class Client:
    """`base_url` without a path; `key` names the token in groupings without revealing it.

    `timeouts` are seconds to connect and between two reads; `verify` is True or the path of a
    certificate bundle. `clock` counts seconds; `sleep`, where given, replaces the interruptible
    wait.

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
        timeouts: tuple[float, float] = TIMEOUTS,
        verify: bool | str = True,
        session: Callable[[], requests.Session] = requests.Session,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._base = checked_url(base_url)
        self._stop = threading.Event()
        self._sleep = self._stop.wait if sleep is None else sleep
        self._clock = clock
        self._jitter = jitter
        self._timeouts = timeouts
        self._pace = Pace(clock)
        self._session = session()
        self._session.auth = _Basic(token)
        self._session.verify = verify
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
        found = _json(heard)
        return found if isinstance(found, dict) else heard

    def itens(self, codigo: str) -> Sequence[Mapping[str, object]] | Fault | Answer:
        """The item_lista_servico a município accepts: `codigo`, `descricao`, `tax_rate`."""
        return self._pages(f"/v2/municipios/{quote(codigo, safe='')}/itens_lista_servico")

    def codigos_tributarios(self, codigo: str) -> Sequence[Mapping[str, object]] | Fault | Answer:
        """The codigo_tributario_municipio a município accepts, same fields."""
        return self._pages(f"/v2/municipios/{quote(codigo, safe='')}/codigos_tributarios_municipio")

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
        while True:
            heard = self._ask("GET", f"{path}?offset={len(found)}")
            page = _json(heard)
            if not isinstance(page, list):
                return heard
            found += [item for item in page if isinstance(item, dict)]
            total = heard.headers.get("x-total-count", "") if isinstance(heard, Answer) else ""
            if not page or not total.isdecimal() or len(found) >= int(total):
                return found

    def _ask(
        self,
        method: str,
        path: str,
        content: bytes | None = None,
        content_type: str = "application/json",
    ) -> Heard:
        tries = iter(PAUSES)
        for _ in range(PATIENCE):
            if not self.pause(self._pace.delay()):
                return Fault("interrompido", maybe_arrived=False)
            heard = self._once(method, path, content, content_type)
            if isinstance(heard, Answer):
                self._pace.heard(heard.status, heard.headers)
                if heard.status != 429:
                    return heard
            elif heard.maybe_arrived or heard.code not in RETRIED:
                return heard
            else:
                wait = next(tries, None)
                if wait is None:
                    return heard
                self.pause(wait * (0.5 + self._jitter()))
        return heard

    def _once(self, method: str, path: str, content: bytes | None, content_type: str) -> Heard:
        body = None if content is None else Body(content)
        try:
            response = self._session.request(
                method,
                self._base + path,
                data=body,
                headers={} if body is None else {"Content-Type": content_type},
                timeout=self._timeouts,
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
        end = self._clock() + DEADLINE
        blocks: list[bytes] = []
        size = 0
        for block in response.iter_content(65536):
            blocks.append(block)
            size += len(block)
            if size > LARGEST or self._clock() > end:
                return Fault("resposta-grande", maybe_arrived=True)
        point("resposta-lida")
        framed = "content-length" in headers or "chunked" in headers.get("transfer-encoding", "")
        return Answer(response.status_code, headers, b"".join(blocks), framed=framed)


def _json(heard: Heard) -> object:
    if not isinstance(heard, Answer) or heard.status != 200:
        return None
    try:
        found: object = json.loads(heard.body)
    except (ValueError, RecursionError):
        return None
    return found
