"""A real scheduler and two worker processes, over TCP on loopback."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from converter import pipeline
from converter.run import cluster as module
from converter.run.cluster import cluster
from converter.run.workers import Failed
from converter.settings import SettingsError, load
from tests.run.test_processos import ROOT, WORLD, convert, copy_of, pasta, written
from tests.run.test_workers import doubled

__all__ = ["pasta"]

pytestmark = pytest.mark.longo


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
    try:
        _wait_for_two(found)
        yield found
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(30)


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
    monkeypatch.setattr(module, "__version__", "99.0")
    with pytest.raises(SettingsError, match=r"99\.0"), cluster(address):
        pass


def test_an_address_where_nobody_answers_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(module, "PATIENCE", 1)
    with pytest.raises(SettingsError, match="scheduler"), cluster("tcp://127.0.0.1:9"):
        pass
