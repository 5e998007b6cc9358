"""A page over a folder of its own, asked through Flask's client as a browser asks."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.test import TestResponse

from converter.page.app import create_app
from converter.page.desk import Desk
from converter.page.security import Guard
from converter.page.table import Files
from converter.page.worker import Worker
from converter.runtime.environment import Environment
from converter.settings import load
from tests.runs import NOW

NAME = "127.0.0.1:8123"
ORIGIN = f"http://{NAME}"


class Compiled(BytecodeCache):
    """Every page is made anew; its templates are compiled once."""

    def __init__(self) -> None:
        self.found: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.found:
            bucket.bytecode_from_string(self.found[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.found[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@dataclass
class Browser:
    """One browser, let in once `enter` was called."""

    client: FlaskClient
    guard: Guard
    worker: Worker
    pasta: Path

    def enter(self) -> TestResponse:
        return self.get(f"/entrar?chave={self.guard.key}")

    def get(self, address: str, **more: Any) -> TestResponse:
        return self.client.get(address, **({"base_url": ORIGIN, "buffered": True} | more))

    def post(self, address: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """Send a form of our own page, and wait for the run it starts."""
        headers = {"Origin": ORIGIN} | more.pop("headers", {})
        form = {"token": self.guard.token} | (data or {})
        answer = self.client.post(
            address, data=form, headers=headers, **({"base_url": ORIGIN} | more)
        )
        self.worker.wait()
        return answer


@pytest.fixture
def pasta(tmp_path: Path) -> Path:
    (tmp_path / "entrada").mkdir()
    return tmp_path


@contextmanager
def opened(pasta: Path, environ: Mapping[str, str], ambiente: str) -> Iterator[Browser]:
    """A page over a folder, and a browser that was not let in yet."""
    snapshots = pasta / "snapshots"
    snapshots.mkdir(exist_ok=True)
    world = Environment(
        environ=environ,
        pause=lambda _: None,
        now=lambda: NOW,
        seconds=lambda: 2e9,
        sleep=lambda _: None,
        snapshots=snapshots,
    )

    def settings() -> Any:
        return load(environ, pasta=str(pasta), ambiente=ambiente)

    guard, worker = Guard(frozenset({NAME})), Worker(settings, world)
    app: Flask = create_app(Desk(settings, world, worker, Files(snapshots), lambda: None), guard)
    app.jinja_env.bytecode_cache = COMPILED
    yield Browser(app.test_client(), guard, worker, pasta)
    worker.wait()


@pytest.fixture
def stranger(pasta: Path) -> Iterator[Browser]:
    """A browser that was not let in yet."""
    with opened(pasta, {}, "simulado") as made:
        yield made


@pytest.fixture
def browser(stranger: Browser) -> Browser:
    assert stranger.enter().status_code == 303
    return stranger
