"""The client against a raw socket: what goes out, what comes back, what it refuses to do."""

import logging
import shutil
import socket
import ssl
import subprocess
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
import requests

from converter.errors import Abort
from converter.focus.address import checked_url
from converter.focus.client import Client, Transport
from converter.focus.tokens import Token
from converter.model.wire import Answer, Fault
from tests.faults.ledger import Fault as Wire
from tests.faults.ledger import Server
from tests.faults.samples import TOKEN


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


class Sleeps(list[float]):
    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def client() -> Iterator[Callable[..., Client]]:
    with ExitStack() as stack:

        def make(url: str, sleep: Callable[[float], object] | None = None, **options) -> Client:
            options.setdefault("timeouts", (1.0, 0.2))
            waits = Sleeps() if sleep is None else sleep
            made = Client(
                url,
                Token(TOKEN),
                version="1.2",
                transport=Transport(sleep=waits, jitter=lambda: 0.5, **options),
            )
            stack.callback(made.close)
            return made

        yield make


def test_a_lote_goes_out_as_its_bytes_with_the_token_as_user_and_a_blank_password(server, client):
    payload = '{"prestador":{},"lista_nfse":[],"ç":1}'.encode()
    heard = client(server.url).create("pl1", payload)
    (request,) = server.ledger.requests
    assert (request.method, request.path, request.body) == (
        "POST",
        "/v2/lotes_rps?ref=pl1",
        payload,
    )
    assert request.headers["authorization"] == "Basic dG9rZW5kZXRlc3RlMDAwMXNlZ3JlZG86"
    assert request.headers["user-agent"] == "planilote/1.2"
    assert request.headers["content-type"] == "application/json"
    assert request.headers["accept-encoding"] == "identity"
    assert isinstance(heard, Answer)
    assert (heard.status, heard.body) == (201, server.ledger.stored["pl1"][1])


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("reset", "conexao-caiu"),
        ("fecha", "conexao-caiu"),
        ("silencio", "sem-resposta"),
        ("lixo", "resposta-ilegivel"),
        ("cortado", "resposta-cortada"),
        ("pedacos-cortados", "resposta-cortada"),
    ],
)
def test_whatever_breaks_after_the_body_may_have_arrived_and_is_not_repeated(
    server, client, kind, code
):
    server.ledger.script = [Wire(kind, stored=True)]
    heard = client(server.url).create("pl1", b'{"lista_nfse":[]}')
    assert heard == Fault(code, maybe_arrived=True)
    assert server.ledger.posts() == 1


@pytest.mark.parametrize(
    ("kind", "framed"), [("", True), ("pedacos", True), ("sem-tamanho", False)]
)
def test_an_answer_says_whether_its_end_was_marked(server, client, kind, framed):
    server.ledger.script = [Wire(kind, stored=True)] if kind else []
    heard = client(server.url).create("pl1", b'{"lista_nfse":[]}')
    assert isinstance(heard, Answer)
    assert heard.body == server.ledger.stored["pl1"][1]
    assert heard.framed is framed


@pytest.mark.parametrize("kind", ["302", "307"])
def test_a_redirect_is_an_answer_and_never_a_second_request(server, client, kind):
    server.ledger.script = [Wire(kind)]
    heard = client(server.url).create("pl1", b"{}")
    assert isinstance(heard, Answer)
    assert heard.status == int(kind)
    assert len(server.ledger.requests) == 1


def test_a_refused_connection_surely_did_not_arrive_and_is_tried_again(client):
    sleeps = Sleeps()
    # Bound and never listened on: nobody answers there, and nobody else is given the port.
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        heard = client(url, sleeps).create("pl1", b"{}")
    assert heard == Fault("api-recusa-conexao", maybe_arrived=False)
    assert sleeps == [1.0, 2.0, 4.0]


def test_a_name_that_does_not_resolve_surely_did_not_arrive(client):
    heard = client("https://api.nao-existe.invalid").create("pl1", b"{}")
    assert heard == Fault("sem-internet", maybe_arrived=False)


def test_a_server_that_does_not_speak_tls_never_hears_the_token(server, client):
    heard = client(server.url.replace("http:", "https:")).create("pl1", b"{}")
    assert isinstance(heard, Fault)
    assert not heard.maybe_arrived
    assert server.ledger.posts() == 0


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl to make a certificate")
    path = tmp_path / "local.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", path, "-out", tmp_path / "cert.pem"),
        ],
        check=True,
        capture_output=True,
    )
    path.write_bytes(path.read_bytes() + (tmp_path / "cert.pem").read_bytes())
    return path


@contextmanager
def tls(certificate: Path) -> Iterator[str]:
    """One address that speaks TLS and answers every request with a small file."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with (
                suppress(OSError),
                context.wrap_socket(listener.accept()[0], server_side=True) as one,
            ):
                # Closing with the body unread would reset the connection under the answer.
                heard = b""
                while not heard.endswith(b"{}"):
                    heard += one.recv(65536)
                one.sendall(b"HTTP/1.1 201 X\r\nContent-Length: 2\r\n\r\nok")

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"https://localhost:{listener.getsockname()[1]}"
        thread.join()


def test_a_certificate_nobody_vouches_for_stops_before_the_token(client, certificate):
    with tls(certificate) as url:
        heard = client(url).create("pl1", b"{}")
    assert heard == Fault("certificado-invalido", maybe_arrived=False)


def test_the_offices_own_certificate_can_be_named(client, certificate):
    with tls(certificate) as url:
        heard = client(url, verify=str(certificate)).create("pl1", b"{}")
    assert isinstance(heard, Answer)
    assert (heard.status, heard.body) == (201, b"ok")


def test_a_429_waits_for_the_reset_and_asks_again(server, client):
    server.ledger.limit = 1
    server.ledger.window = 0.2
    sleeps = Sleeps()
    ours = client(server.url, sleeps, clock=lambda: 0.0)
    ours.fetch("pl1")
    ours.fetch("pl1")
    # The second request waits because none is left; the clock stands still, so it meets a 429.
    assert sleeps
    assert all(0 < wait <= 60.25 for wait in sleeps)


def test_an_interrupted_client_begins_no_request(server, client):
    ours = client(server.url)
    ours.interrupt()
    assert ours.create("pl1", b"{}") == Fault("interrompido", maybe_arrived=False)
    assert not ours.pause(5)
    assert server.ledger.requests == []


def test_an_answer_without_an_end_is_given_up(server, client, monkeypatch):
    monkeypatch.setattr("converter.focus.client.LARGEST", 10)
    heard = client(server.url).create("pl1", b'{"lista_nfse":[]}')
    assert heard == Fault("resposta-grande", maybe_arrived=True)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.focusnfe.com.br",
        "ftp://127.0.0.1",
        "https://usuario:senha@api.focusnfe.com.br",
        "https://api.focusnfe.com.br/v2",
        "https://api.focusnfe.com.br?x=1",
        "http://127.0.0.1.exemplo.com.br",
        "https://",
        "https://[::1",
        "",
    ],
)
def test_a_token_travels_only_to_https_or_loopback(url):
    with pytest.raises(Abort) as caught:
        checked_url(url)
    assert caught.value.code == "url-invalida"
    assert "senha" not in str(caught.value.details)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.focusnfe.com.br/",
        "http://127.0.0.1:5000",
        "http://localhost:1",
        "http://[::1]:80",
    ],
)
def test_https_and_loopback_are_accepted(url):
    assert checked_url(url) == url.rstrip("/")


def test_the_offices_proxy_is_not_asked_about_loopback(server, client, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert isinstance(client(server.url).fetch("pl1"), Answer)


def test_no_cookie_is_kept(server, client):
    session = requests.Session()
    ours = client(server.url, session=lambda: session)
    server.ledger.extra = b"Set-Cookie: sessao=1\r\n"
    ours.fetch("pl1")
    assert not session.cookies


def test_the_token_is_in_no_repr_log_or_traceback(server, client, caplog):
    caplog.set_level(logging.DEBUG)
    server.ledger.script = [Wire("reset")]
    ours = client(server.url)
    heard = ours.create("pl1", b"{}")
    with pytest.raises(TypeError) as caught:
        ours.create("pl1", object())
    told = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert TOKEN not in "".join(told.format()) + caplog.text + repr((ours, heard))


def test_pages_are_read_to_the_last(server, client):
    pages = {
        "offset=0": b'[{"codigo":"1"},{"codigo":"2"}]',
        "offset=2": b'[{"codigo":"3"}]',
    }

    def handle(request):
        return 200, pages[request.path.partition("?")[2]]

    server.ledger.handle = handle
    server.ledger.extra = b"X-Total-Count: 3\r\n"
    found = client(server.url).itens("3505708")
    assert [item["codigo"] for item in found] == ["1", "2", "3"]


def test_a_municipio_is_a_mapping_or_what_was_heard_instead(server, client):
    server.ledger.handle = lambda request: (200, b'{"codigo_municipio":"3505708"}')
    assert client(server.url).municipio("3505708") == {"codigo_municipio": "3505708"}
    server.ledger.handle = lambda request: (404, b'{"codigo":"nao_encontrado"}')
    heard = client(server.url).municipio("1")
    assert isinstance(heard, Answer)
    assert heard.status == 404
