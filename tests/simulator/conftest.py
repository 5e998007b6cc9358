import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from converter import layouts
from converter.simulator.server import RunningSimulator, serve
from tests.simulator.modelo import TOKEN, CidadeDeMentira


@pytest.fixture
def cidade(monkeypatch: pytest.MonkeyPatch) -> CidadeDeMentira:
    """Every município is the invented one."""
    city = CidadeDeMentira()
    monkeypatch.setattr(layouts, "for_municipio", lambda codigo: city, raising=False)
    monkeypatch.setattr(layouts, "detect", lambda content: city, raising=False)
    return city


@pytest.fixture
def simulador(tmp_path: Path, cidade: CidadeDeMentira) -> Iterator[RunningSimulator]:
    with serve(tmp_path) as running:
        yield running


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.auth = (TOKEN, "")
        session.trust_env = False
        yield session


@pytest.fixture
def raw(simulador: RunningSimulator) -> Callable[[bytes], bytes]:
    """Sends bytes as they are and gives back everything that comes."""
    parts = urlsplit(simulador.url)

    def send(content: bytes) -> bytes:
        with socket.create_connection((parts.hostname or "", parts.port or 0), 5) as line:
            line.sendall(content)
            received = b""
            while block := line.recv(65536):
                received += block
        return received

    return send
