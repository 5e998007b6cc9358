"""Who may ask the embedded API, how many may wait at it, and how long a request may take."""

import http.client
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from converter.simulator import wire
from converter.simulator.server import RunningSimulator, serve


@pytest.fixture
def api(tmp_path: Path) -> Iterator[RunningSimulator]:
    with serve(tmp_path) as running:
        yield running


def status(api: RunningSimulator, host: str | None, path: str = "/v2/municipios/3505708") -> int:
    parts = urlsplit(api.url)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=20)
    headers = {"Authorization": "Basic dG9rZW46"} | ({"Host": host} if host else {})
    connection.request("GET", path, headers=headers)
    found = connection.getresponse().status
    connection.close()
    return found


@pytest.mark.parametrize("host", ["api.exemplo.com.br", "127.0.0.1.exemplo.com", "[::1", "", "a@b"])
def test_another_name_is_refused_wherever_it_asks(api: RunningSimulator, host: str) -> None:
    assert status(api, host or " ") in {400, 403}
    assert status(api, host or " ", "/v2/lotes_rps/pl1") in {400, 403}


@pytest.mark.parametrize("host", [None, "localhost:1", "127.0.0.1", "[::1]:80"])
def test_its_own_names_are_served(api: RunningSimulator, host: str | None) -> None:
    assert status(api, host) == 200


def test_hundreds_that_say_nothing_keep_nobody_out(api: RunningSimulator) -> None:
    parts = urlsplit(api.url)
    idle = [
        socket.create_connection((str(parts.hostname), int(parts.port or 0)), 20)
        for _ in range(500)
    ]
    try:
        assert status(api, None) == 200
    finally:
        for one in idle:
            one.close()


def test_a_request_that_drips_is_dropped(
    api: RunningSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "SLOWEST", 0.0)
    monkeypatch.setattr(api._server.adj, "cleanup_interval", 0)
    parts = urlsplit(api.url)
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), 20) as slow:
        slow.sendall(b"GET /v2/municipios/3505708 HTTP/1.1\r\nA: ")
        slow.settimeout(20)
        # Whoever else comes in makes the server look around.
        for _ in range(3):
            status(api, None)
        assert slow.recv(100) == b""
