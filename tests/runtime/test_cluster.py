"""A real scheduler and two worker processes, over TCP on loopback."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic

import pytest

from converter import pipeline
from converter.errors import SettingsError
from converter.runtime import cluster as module
from converter.runtime.cluster import cluster
from converter.runtime.workers import Failed
from converter.settings import load
from tests.runtime.test_processos import ROOT, WORLD, convert, copy_of, pasta, written
from tests.runtime.test_workers import doubled

__all__ = ["pasta"]

pytestmark = pytest.mark.longo

LONGEST = 240
"""Seconds that the tests of this module may take together."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("distributed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    folder = tmp_path_factory.mktemp("cluster")
    command = [sys.executable, "-W", "ignore", "-m"]
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environ = {"PYTHONPATH": str(ROOT), "PATH": "", "HOME": str(folder)}
    started = [
        subprocess.Popen(
            [*command, "distributed.cli.dask_scheduler", "--no-dashboard", "--host", found],
            env=environ,
            **quiet,
        )
    ]
    started += [
        subprocess.Popen(
            [*command, "distributed.cli.dask_worker", found, "--nthreads", "1", "--no-dashboard"],
            env=environ,
            **quiet,
        )
        for _ in range(2)
    ]
    # A cluster that answers no more would be waited for without end; one that is gone is not.
    overdue = threading.Timer(LONGEST, _kill, [started])
    overdue.daemon = True
    overdue.start()
    try:
        _wait_for_two(found)
        yield found
    finally:
        overdue.cancel()
        for process in started:
            process.terminate()
        _kill(started, after=10)


def _kill(started: Sequence[subprocess.Popen[bytes]], after: float = 0) -> None:
    """See each process out, by force where it is still there `after` so many seconds."""
    until = monotonic() + after
    for process in started:
        try:
            process.wait(max(0, until - monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for_two(address: str) -> None:
    import distributed

    with distributed.Client(address, timeout=30, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)


@pytest.mark.parametrize("enviar", [False, True], ids=["conferir", "converter"])
def test_a_cluster_writes_the_bytes_of_one_process(pasta: Path, address: str, enviar: bool) -> None:
    other = copy_of(pasta, "cluster")
    convert(pasta, enviar=enviar)
    settings = load({}, pasta=str(other), dask=address)
    pipeline.run(settings, WORLD, (), enviar=enviar, tell=lambda _: None)
    assert written(pasta) == written(other)


def test_a_worker_that_dies_costs_its_item_alone(address: str) -> None:
    with cluster(address) as workers:
        answers = dict(workers.each(doubled, [1, -1, 2, 3]))
    assert isinstance(answers.pop(-1), Failed)
    assert answers == {1: 2, 2: 4, 3: 6}


def test_another_version_on_a_worker_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Those that died a moment ago are being started again.
    _wait_for_two(address)
    monkeypatch.setattr(module, "__version__", "99.0")
    with pytest.raises(SettingsError, match=r"99\.0"), cluster(address):
        pass


def test_an_address_where_nobody_answers_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(module, "PATIENCE", 1)
    with pytest.raises(SettingsError, match="scheduler"), cluster("tcp://127.0.0.1:9"):
        pass
