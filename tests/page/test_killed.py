"""The page's server killed in the middle of sending: a restart shows the truth of the journal."""

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from converter import crash
from tests.page.test_arquivo import NAME, sheet
from tests.runs import arquivo, exemplo


class Client:
    """A browser of a real server: its cookie, and the token of its pages."""

    def __init__(self, opening: str) -> None:
        self._name = opening.removeprefix("http://").partition("/")[0]
        answer = self._ask("GET", opening.partition(self._name)[2], {})
        self._cookie = str(answer.headers["Set-Cookie"]).partition(";")[0]

    def _ask(
        self, method: str, address: str, headers: dict[str, str], body: str = ""
    ) -> http.client.HTTPResponse:
        wire = http.client.HTTPConnection(self._name, timeout=60)
        wire.request(method, address, body, {"Connection": "close", **headers})
        return wire.getresponse()

    def get(self, address: str) -> str:
        with self._ask("GET", address, {"Cookie": self._cookie}) as answer:
            return answer.read().decode()

    def post(self, address: str, **form: str) -> int:
        (token,) = re.findall(r'planilote-token" content="([^"]+)"', self.get("/"))
        headers = {
            "Cookie": self._cookie,
            "Origin": f"http://{self._name}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        with self._ask("POST", address, headers, urlencode({"token": token, **form})) as answer:
            return answer.status

    def idle(self) -> None:
        """Return once nothing is at work."""
        while '"tarefa":null' not in self.get("/andamento").replace(" ", ""):
            time.sleep(0.1)


@contextmanager
def started(pasta: Path, point: str = "") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The program, and the address it tells to open."""
    command = (sys.executable, "-m", "converter", "abrir", "--sem-navegador")
    # Kept from the console's buffer, which would hold the address back.
    environ = {**os.environ, crash.VARIABLE: point, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [*command, "--pasta", str(pasta), "--ambiente", "simulado"],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as running:
        assert running.stdout is not None
        try:
            yield running, running.stdout.readline().split()[-1]
        finally:
            running.terminate()


@contextmanager
def program(pasta: Path, point: str = "") -> Iterator[tuple[subprocess.Popen[str], Client]]:
    with started(pasta, point) as (running, opening):
        client = Client(opening)
        client.idle()
        yield running, client


@pytest.mark.parametrize(
    "point",
    # The API is asked at the client's own pace: a minute.
    [pytest.param("enviando-depois", marks=pytest.mark.longo), "guardar-meio"],
)
def test_a_restart_shows_what_the_journal_knows_and_sends_nothing_twice(
    pasta: Path, point: str
) -> None:
    arquivo(pasta, NAME, sheet(exemplo()))
    with program(pasta, point) as (running, client):
        (seal,) = re.findall(r'name="selo" value="(\w+)"', client.get("/enviar"))
        client.post("/enviar", selo=seal, arquivo=NAME)
        assert running.wait(60) == crash.STATUS
    with program(pasta) as (_, client):
        told = client.get("/lotes")
        assert "envio interrompido" in told
        assert "Perguntar à API" in told
        assert client.post("/retornos") == 303
        client.idle()
        assert "envio interrompido" not in client.get("/lotes")
        (seal,) = re.findall(r'name="selo" value="(\w+)"', client.get("/enviar"))
        client.post("/enviar", selo=seal, arquivo=NAME)
        client.idle()
        rows = client.get(f"/arquivo?nome={NAME}&ver=tudo").partition("<thead")[2]
        assert rows.count(">autorizada</span>") == 12
        refs = re.findall(r'id="(pl\w{30})"', client.get("/lotes"))
        assert len(set(refs)) == len(refs) == 2
