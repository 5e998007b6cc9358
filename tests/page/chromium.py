"""The page in a real Chromium, over a folder and a simulated API of its own."""

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import sleep
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, sync_playwright

from converter.page.server import PageServer
from converter.page.worker import Worker
from converter.runtime.environment import Environment
from converter.settings import load
from converter.simulator.server import RunningSimulator, serve
from converter.simulator.settings import Settings as SimulatorSettings
from tests.runs import NOW, real

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
EXECUTABLE = next(filter(None, map(shutil.which, NAMES)), None)
IN_BROWSER = (
    pytest.mark.skipif(EXECUTABLE is None, reason="no Chromium on this machine"),
    # One worker runs them all: what they share is made once, and one Chromium runs at a time.
    pytest.mark.xdist_group("chromium"),
)
PATIENCE = 120_000
"""Milliseconds after which what a page should show is missing, on a busy machine too."""


@dataclass(frozen=True)
class Office:
    """A working folder, its page, and the simulated API its lotes go to."""

    pasta: Path
    server: PageServer
    api: RunningSimulator

    def answer(self) -> Path:
        """The prefeitura's return file of the first lote, as somebody downloads it."""
        (ref, *_) = re.findall("pl[0-9a-f]{30}", requests.get(self.api.url, timeout=60).text)
        url = f"{self.api.url}/simulador/lotes/{ref}/retorno"
        given = requests.post(url, headers={"Accept": "application/octet-stream"}, timeout=60)
        given.raise_for_status()
        path = self.pasta / "baixados" / "RET.TXT"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(given.content)
        return path


@contextmanager
def office(pasta: Path, ambiente: str = "homologacao") -> Iterator[Office]:
    """The page of a folder, answered by threads of this process; `simulado` asks nobody else."""
    (pasta / "entrada").mkdir(exist_ok=True)
    api_folder = pasta.with_name(f"{pasta.name}-api")
    api_folder.mkdir()
    with serve(api_folder, settings=SimulatorSettings(now=lambda: NOW)) as api:
        environ = {} if ambiente == "simulado" else real(api.url)
        world = Environment(environ=environ, now=lambda: NOW, pause=lambda _: None)
        server = PageServer(partial(load, environ, pasta=str(pasta), ambiente=ambiente), world)
        thread = threading.Thread(target=server.run)
        thread.start()
        rest(server.worker)
        try:
            yield Office(pasta, server, api)
        finally:
            server.stop()
            thread.join()
            server.worker.wait()
            server.close()


def rest(worker: Worker) -> None:
    """Return once the first run has begun and nothing is at work."""
    while worker.state.task or not worker.state.revision:
        sleep(0.01)
    worker.wait()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium, for as many windows as are wanted."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def window(browser: Browser, **options: Any) -> Iterator[Page]:
    """A window that remembers nothing of another."""
    context = browser.new_context(locale="pt-BR", **options)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    try:
        yield page
    finally:
        context.close()


if __name__ == "__main__" and EXECUTABLE is None:
    print("Sem Chromium: os testes da página no navegador vão ser pulados.")
