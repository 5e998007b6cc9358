"""One deadline and one size for an exchange, whatever of it drips."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from converter.focus import client as module
from converter.focus.client import Client, Transport
from converter.focus.exchange import decoded
from converter.focus.tokens import Token
from converter.model.wire import Answer, Fault
from tests.faults.samples import TOKEN

Send = Callable[[bytes], None]
LENGTH = b"HTTP/1.1 201 X\r\nContent-Length: 100000\r\n\r\n"
CHUNKS = b"HTTP/1.1 201 X\r\nTransfer-Encoding: chunked\r\n\r\n"


@contextmanager
def server(answer: Callable[[Send], None], *, reads: bool = True) -> Iterator[str]:
    """Takes one request and answers it, until the other side goes."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                if reads:
                    connection.recv(65536)
                answer(connection.sendall)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.close()
        thread.join(5)


def dripping(start: bytes, drop: bytes) -> Callable[[Send], None]:
    def answer(send: Send) -> None:
        send(start)
        for _ in range(2000):
            send(drop)
            time.sleep(0.02)

    return answer


DRIPS = {
    "linha": dripping(b"HTTP/1.1 2", b"0"),
    "cabeçalhos": dripping(b"HTTP/1.1 201 X\r\nA: ", b"b"),
    "cem": dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "corpo": dripping(LENGTH, b"x"),
    "extensão": dripping(CHUNKS + b"5;", b"x"),
    "pedaços": dripping(CHUNKS, b"1\r\nx\r\n"),
    "trailers": dripping(CHUNKS + b"0\r\n", b"a: b\r\n"),
}


def asked(url: str, payload: bytes = b"{}") -> object:
    transport = Transport(timeouts=(1.0, 5.0), sleep=lambda _: None)
    client = Client(url, Token(TOKEN), version="1", transport=transport)
    try:
        return client.create("pl1", payload)
    finally:
        client.close()


@pytest.mark.parametrize("drip", DRIPS)
def test_a_drip_ends_by_the_deadline(drip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DEADLINE", 0.4)
    with server(DRIPS[drip]) as url:
        heard = asked(url)
    assert isinstance(heard, Fault)
    assert heard.maybe_arrived


def test_a_peer_that_does_not_read_ends_by_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DEADLINE", 0.4)
    ended = threading.Event()

    def idle(_: Send) -> None:
        ended.wait(30)

    with server(idle, reads=False) as url:
        heard = asked(url, b"x" * 30_000_000)
        ended.set()
    assert isinstance(heard, Fault)


@pytest.mark.parametrize(
    "flood", [b"HTTP/1.1 201 X\r\nTransfer-Encoding: chunked\r\n\r\n5;", CHUNKS + b"0\r\n"]
)
def test_a_flood_is_given_up(flood: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 100_000)
    monkeypatch.setattr(module, "MOST_AROUND", 100_000)

    def answer(send: Send) -> None:
        send(flood)
        for _ in range(100):
            send(b"a: b\r\n" * 10_000 if flood.endswith(b"0\r\n") else b"x" * 60_000)

    with server(answer) as url:
        heard = asked(url)
    assert isinstance(heard, Fault)
    assert heard.maybe_arrived


def test_an_answer_that_comes_at_once_is_an_answer() -> None:
    with server(lambda send: send(b"HTTP/1.1 201 X\r\nContent-Length: 2\r\n\r\nok")) as url:
        heard = asked(url)
    assert isinstance(heard, Answer)
    assert heard.body == b"ok"


def test_a_compressed_body_is_whole_or_nothing() -> None:
    import gzip
    import zlib

    body = b"1PMB004" * 500
    assert decoded(gzip.compress(body), "gzip", 10_000) == body
    assert decoded(zlib.compress(body), "deflate", 10_000) == body
    assert decoded(body, "identity", 10_000) == body
    assert decoded(gzip.compress(body)[:-9], "gzip", 10_000) is None
    assert decoded(gzip.compress(body), "gzip", 100) is None
    assert decoded(body, "br", 10_000) is None


def test_a_wait_is_said_when_it_begins_and_is_bounded() -> None:
    said: list[float] = []
    again = (
        b"HTTP/1.1 429 X\r\nRate-Limit-Reset: 400\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    )
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(again)

    threading.Thread(target=serve, daemon=True).start()
    transport = Transport(clock=lambda: 0.0, sleep=lambda _: None, waiting=said.append)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    client = Client(url, Token(TOKEN), version="1", transport=transport)
    heard = client.fetch("pl1")
    client.close()
    listener.close()
    assert isinstance(heard, Answer)
    assert heard.status == 429
    assert said == [400.25, 400.25]
    assert sum(said) <= module.LONGEST_WAIT
