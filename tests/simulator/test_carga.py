"""How much it swallows, and how many at once; how fast is measured by `make bench`."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from converter.simulator.server import RunningSimulator, serve
from tests.simulator.modelo import TOKEN, CidadeDeMentira, lote

MEGABYTE = 1024 * 1024


@pytest.fixture
def aberto(tmp_path: Path) -> Iterator[RunningSimulator]:
    with serve(tmp_path) as running:
        yield running


@pytest.mark.longo
@pytest.mark.parametrize(
    ("block", "status"),
    [(b" ", 415), (b"[", 415), (b"\x00", 415), (b'{"a":', 415), (b"9", 415), (b"[1],", 415)],
)
def test_fifty_megabytes_of_anything_are_answered(
    aberto: RunningSimulator, http: requests.Session, block: bytes, status: int
) -> None:
    body = block * (50 * MEGABYTE // len(block))
    answer = http.post(f"{aberto.url}/v2/lotes_rps?ref=a1", data=body, timeout=60)
    assert answer.status_code == status
    assert answer.json()["erros"]
    http.post(f"{aberto.url}/v2/lotes_rps?ref=a2", json=lote())
    answer = http.post(f"{aberto.url}/v2/lotes_rps/a2/resposta", data=body, timeout=60)
    assert answer.status_code == 415


@pytest.mark.longo
def test_a_valid_lote_of_fifty_megabytes_is_answered(
    aberto: RunningSimulator, http: requests.Session
) -> None:
    body = lote()
    body["lista_nfse"][0]["servico"]["discriminacao"] = "x" * (49 * MEGABYTE)
    answer = http.post(f"{aberto.url}/v2/lotes_rps?ref=a1", json=body, timeout=60)
    assert answer.status_code in {201, 422}
    body["lista_nfse"] = lote(1)["lista_nfse"] * 60_000
    answer = http.post(f"{aberto.url}/v2/lotes_rps?ref=a2", json=body, timeout=120)
    assert answer.status_code == 422, answer.text[:300]


@pytest.mark.longo
def test_a_byte_too_many_is_413(aberto: RunningSimulator, http: requests.Session) -> None:
    url = f"{aberto.url}/v2/lotes_rps?ref=a1"
    whole = http.post(url, data=iter([b" " * MEGABYTE] * 50))
    assert whole.status_code == 415
    answer = http.post(url, data=iter([b" " * MEGABYTE] * 50 + [b" "]))
    assert (answer.status_code, answer.json()["codigo"]) == (413, "requisicao_invalida")


def test_many_at_once_get_numbers_of_their_own(
    simulador: RunningSimulator, cidade: CidadeDeMentira
) -> None:
    def create(number: int) -> bytes:
        return requests.post(
            f"{simulador.url}/v2/lotes_rps?ref=r{number}",
            json=lote(2),
            auth=(TOKEN, ""),
            timeout=20,
        ).content

    with ThreadPoolExecutor(12) as pool:
        files = list(pool.map(create, range(40)))
    claimed = [rps for content in files for rps in cidade.used_numbers(content).rps]
    assert sorted(map(int, claimed)) == list(range(1, 81))
