from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from converter.simulator import layouts
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
