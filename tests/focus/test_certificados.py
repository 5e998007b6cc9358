"""`certificados` of the office's network wins over what the environment says."""

from pathlib import Path

import pytest
import requests

from converter.model.notas import Prestador
from converter.runtime.environment import Environment, open_api
from converter.settings import load
from tests.runs import NOW


def verified_with(
    pasta: Path, toml: str, monkeypatch: pytest.MonkeyPatch, **environ: str
) -> object:
    """What the TLS layer is told to trust by the first request of a run in this folder."""
    (pasta / "planilote.toml").write_text(toml, encoding="utf-8")
    seen: list[object] = []

    def send(self: object, request: object, *, verify: object = None, **_: object) -> None:
        seen.append(verify)
        raise requests.ConnectionError

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", send)
    given = {"FOCUS_TOKEN": "inventado", "PLANILOTE_URL": "https://api.invalid"} | environ
    settings = load(given, pasta=str(pasta), ambiente="homologacao")
    world = Environment(
        environ=given,
        now=lambda: NOW,
        seconds=lambda: 2e9,
        sleep=lambda _: None,
        pause=lambda _: None,
    )
    with open_api(settings, world) as api:
        client = api.clients(Prestador("11222333000181", "1", "3505708"))
        client.fetch("pl1")  # type: ignore[union-attr]  # there is a token
    return seen[0]


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_certificados_wins_over_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    monkeypatch.setenv(variable, str(tmp_path / "do-ambiente.pem"))
    mine = tmp_path / "escritorio.pem"
    mine.write_text("", encoding="utf-8")
    toml = f"certificados = '{mine.as_posix()}'\n"
    assert verified_with(tmp_path, toml, monkeypatch) == mine.as_posix()


def test_without_it_the_environment_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "do-ambiente.pem"))
    assert verified_with(tmp_path, "", monkeypatch) == str(tmp_path / "do-ambiente.pem")
