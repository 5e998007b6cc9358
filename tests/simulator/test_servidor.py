import socket
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from converter.simulator.server import BindError, serve
from tests.simulator.modelo import TOKEN, CidadeDeMentira, lote


def _threads() -> set[str]:
    return {thread.name for thread in threading.enumerate()}


def test_a_stopped_simulator_leaves_no_thread_and_frees_its_port(
    tmp_path: Path, cidade: CidadeDeMentira
) -> None:
    before = _threads()
    with serve(tmp_path) as running:
        parts = urlsplit(running.url)
        assert _threads() != before
    assert _threads() == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((parts.hostname or "", parts.port or 0), timeout=1)


def test_stopping_twice_is_stopping_once(tmp_path: Path, cidade: CidadeDeMentira) -> None:
    with serve(tmp_path) as running:
        running.stop()
        running.wait()


def test_what_it_knows_outlives_a_restart(tmp_path: Path, cidade: CidadeDeMentira) -> None:
    auth = (TOKEN, "")
    with serve(tmp_path) as running:
        url = f"{running.url}/v2/lotes_rps"
        first = requests.post(url, json=lote(), params={"ref": "a1"}, auth=auth, timeout=5)
        running.play("a1")
    with serve(tmp_path) as running:
        url = f"{running.url}/v2/lotes_rps"
        assert requests.get(f"{url}/a1", auth=auth, timeout=5).content == first.content
        body = lote(2)
        requests.post(url, json=body, params={"ref": "a2"}, auth=auth, timeout=5)
        assert running.play("a2")[1] == b"NOTA 2 2\nNOTA 3 3"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.10", "::", "exemplo.invalid"])  # noqa: S104  # refused
def test_another_address_than_loopback_is_refused(tmp_path: Path, host: str) -> None:
    with pytest.raises(BindError, match="só escuta nesta máquina"), serve(tmp_path, host=host):
        pass


def test_another_address_is_served_when_asked_for_by_name(
    tmp_path: Path, cidade: CidadeDeMentira
) -> None:
    with serve(tmp_path, host="0.0.0.0", allow_remote=True) as running:  # noqa: S104  # asked for
        port = urlsplit(running.url).port
        page = requests.get(
            f"http://127.0.0.1:{port}/", headers={"Host": "outra-maquina"}, timeout=5
        )
        assert page.status_code == 200


def test_a_port_already_taken_is_told_in_a_sentence(
    tmp_path: Path, cidade: CidadeDeMentira
) -> None:
    with serve(tmp_path) as running:
        port = urlsplit(running.url).port or 0
        with (
            pytest.raises(BindError, match="Não foi possível escutar"),
            serve(tmp_path / "outra", port=port),
        ):
            pass


def test_a_ref_nobody_sent_cannot_be_played(tmp_path: Path, cidade: CidadeDeMentira) -> None:
    with serve(tmp_path) as running, pytest.raises(LookupError, match="sumiu"):
        running.play("sumiu")
