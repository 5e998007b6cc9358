"""The page on a real loopback port."""

import contextlib
import http.client
import re
import socket
import threading
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from waitress.buffers import ReadOnlyFileBasedBuffer

from converter.errors import SettingsError
from converter.page.app import LARGEST
from converter.page.server import PageServer
from converter.runtime.environment import Environment
from converter.settings import Settings, load
from tests.page.conftest import Browser


@pytest.fixture
def server(pasta: Path) -> Iterator[PageServer]:
    def settings() -> Settings:
        return load({}, pasta=str(pasta), ambiente="simulado")

    made = PageServer(settings, Environment(sleep=lambda _: None))
    thread = threading.Thread(target=made.run)
    thread.start()
    yield made
    made.stop()
    thread.join()
    made.close()


def ask(server: PageServer, *lines: str) -> bytes:
    """The first line of the answer to a request whose body never comes."""
    host, port = server.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as wire:
        wire.sendall("\r\n".join((*lines, "", "")).encode())
        return wire.makefile("rb").readline()


@pytest.mark.parametrize("size", [2 * 2**30, LARGEST + 1])
def test_two_gigabytes_are_refused_before_any_of_them_came(server: PageServer, size: int) -> None:
    name = server.address.removeprefix("http://")
    post = "POST /entrada/arquivos HTTP/1.1"
    answer = ask(server, post, f"Host: {name}", f"Content-Length: {size}")
    assert b" 413 " in answer


def test_another_name_is_refused(server: PageServer) -> None:
    assert b" 403 " in ask(server, "GET / HTTP/1.1", "Host: evil.example")
    assert b" 403 " in ask(server, "GET / HTTP/1.1", "Host: evil.example", "Forwarded: host=127")


def test_it_listens_on_this_machine_alone(server: PageServer) -> None:
    assert server.address.startswith("http://127.0.0.1:")


def test_a_taken_port_is_said_so(server: PageServer) -> None:
    port = int(server.address.rpartition(":")[2])
    with pytest.raises(SettingsError, match="--porta"):
        PageServer(lambda: load({}), Environment(), port)


def test_it_ends_when_asked_to_and_says_so(server: PageServer) -> None:
    address = server.opening.removeprefix(server.address)
    host = server.address.removeprefix("http://")
    with contextlib.closing(http.client.HTTPConnection(host, timeout=30)) as wire:
        wire.request("GET", address)
        answer = wire.getresponse()
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
        answer.read()
        wire.request("GET", "/", headers={"Cookie": cookie})
        (token,) = re.findall(
            r'planilote-token" content="([^"]+)"', wire.getresponse().read().decode()
        )
        headers = {"Cookie": cookie, "Origin": server.address, "X-Planilote-Token": token}
        wire.request("POST", "/encerrar", headers=headers)
        assert "encerrado" in wire.getresponse().read().decode()
    assert server.ended.wait(30)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host.split(":")[0], int(host.split(":")[1])), timeout=5)


def test_it_ends_with_no_file_open_that_it_was_sending(server: PageServer) -> None:
    host, port = server.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as wire:
        wire.sendall(f"GET / HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode())
        assert wire.recv(9) == b"HTTP/1.1 "
        (sending,) = server._server.active_channels.values()
        script = BytesIO(b"ainda por enviar")
        sending.outbufs.append(ReadOnlyFileBasedBuffer(script))
        server.stop()
        assert server.ended.wait(30)
    assert script.closed


def test_it_ends_with_the_window(server: PageServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once nobody has asked for a while; a run at work is waited for."""
    monkeypatch.setattr("converter.page.server.LOOK", 0.01)
    threading.Thread(target=server.watch).start()
    assert server.ended.wait(30)


def test_a_mistake_of_ours_is_one_sentence_and_its_way_is_in_the_log(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError("Fulano de Tal")

    monkeypatch.setattr("converter.page.entrada.lines", broken)
    (browser.pasta / "diario").mkdir()
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "ZeroDivisionError" in answer.text
    assert "Fulano" not in answer.text
    log = (browser.pasta / "diario" / "planilote.log").read_text(encoding="utf-8")
    assert "entrada.py" in log
