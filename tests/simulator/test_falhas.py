"""Every fault, seen from the client's side of the wire."""

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from converter.simulator import faults
from converter.simulator.faults import Fault, FaultError, Kind
from converter.simulator.server import RunningSimulator, serve
from converter.simulator.settings import Settings
from tests.simulator.modelo import CidadeDeMentira, lote


def _post(
    simulador: RunningSimulator, http: requests.Session, falha: str, ref: str = "a1"
) -> requests.Response:
    return http.post(
        f"{simulador.url}/v2/lotes_rps?ref={ref}",
        json=lote(),
        headers={"X-Planilote-Falha": falha},
        timeout=5,
        allow_redirects=False,
    )


def _stored(simulador: RunningSimulator, http: requests.Session, ref: str = "a1") -> bool:
    return http.get(f"{simulador.url}/v2/lotes_rps/{ref}").status_code == 200


@pytest.mark.parametrize(("quando", "stored"), [("antes", False), ("depois", True)])
def test_a_reset_before_or_after_storing(
    simulador: RunningSimulator, http: requests.Session, quando: str, stored: bool
) -> None:
    with pytest.raises(requests.ConnectionError, match=r"[Rr]eset"):
        _post(simulador, http, f"queda quando={quando}")
    assert _stored(simulador, http) is stored


@pytest.mark.parametrize(("quando", "stored"), [("antes", False), ("depois", True)])
def test_silence_lasts_until_the_client_gives_up(
    simulador: RunningSimulator, http: requests.Session, quando: str, stored: bool
) -> None:
    with pytest.raises(requests.ReadTimeout):
        http.post(
            f"{simulador.url}/v2/lotes_rps?ref=a1",
            json=lote(),
            headers={"X-Planilote-Falha": f"silencio quando={quando}"},
            timeout=0.3,
        )
    assert _stored(simulador, http) is stored


def test_a_silent_simulator_still_stops_at_once(tmp_path: Path, cidade: CidadeDeMentira) -> None:
    with serve(tmp_path) as running:
        parts = urlsplit(running.url)
        with socket.create_connection((parts.hostname or "", parts.port or 0)) as line:
            line.sendall(
                b"POST /v2/lotes_rps?ref=a1&token=t HTTP/1.1\r\nHost: localhost\r\n"
                b"X-Planilote-Falha: silencio\r\nContent-Length: 2\r\n\r\n{}"
            )
            running.stop()


def test_a_cut_body_with_a_length_is_seen_to_be_cut(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        _post(simulador, http, "corte deixa=5")
    assert _stored(simulador, http)


def test_a_cut_body_without_a_length_looks_whole(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    answer = _post(simulador, http, "corte tamanho=nao")
    assert answer.status_code == 201
    assert "Content-Length" not in answer.headers
    assert "Transfer-Encoding" not in answer.headers
    whole = http.get(f"{simulador.url}/v2/lotes_rps/a1").content
    assert answer.content == whole[: len(whole) // 2]


def test_a_redirect_is_answered_and_nothing_stored(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    answer = _post(simulador, http, "redireciona status=307")
    assert answer.status_code == 307
    assert answer.headers["Location"].startswith("https://exemplo.invalid/")
    assert not _stored(simulador, http)


def test_an_error_500_that_did_store(simulador: RunningSimulator, http: requests.Session) -> None:
    assert _post(simulador, http, "500 quando=depois").status_code == 500
    assert _stored(simulador, http)


def test_the_401_of_the_real_api_is_text(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    answer = _post(simulador, http, "401 forma=texto")
    assert answer.text == "HTTP Basic: Access denied.\n"
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize("forma", faults.SHAPES)
def test_a_422_in_every_shape(
    simulador: RunningSimulator, http: requests.Session, forma: str
) -> None:
    answer = _post(simulador, http, f"422 forma={forma}")
    assert answer.status_code == 422
    keys = {
        "mensagem": {"codigo", "mensagem"},
        "erros": {"erros"},
        "campo": {"codigo", "mensagem", "erros"},
        "permissao": {"codigo", "mensagem"},
        "status": {"status", "erros"},
    }
    if forma in keys:
        assert set(answer.json()) == keys[forma]
    else:
        assert not answer.headers["Content-Type"].startswith("application/json")


def test_a_429_says_how_long_to_wait(simulador: RunningSimulator, http: requests.Session) -> None:
    answer = _post(simulador, http, "429 segundos=7")
    assert answer.status_code == 429
    assert answer.headers["Rate-Limit-Remaining"] == "0"
    assert answer.headers["Rate-Limit-Reset"] == "7"


def test_a_slow_answer_is_still_the_answer(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    answer = _post(simulador, http, "lentidao segundos=0.2")
    assert answer.status_code == 201
    assert answer.elapsed.total_seconds() >= 0.2


def test_a_late_consult_does_not_find_the_lote_yet(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    _post(simulador, http, "")
    url = f"{simulador.url}/v2/lotes_rps/a1"
    late = http.get(url, headers={"X-Planilote-Falha": "consulta-tardia segundos=60"})
    assert late.status_code == 404
    assert http.get(url).status_code == 200


def test_a_slow_city_has_no_return_file_yet(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    _post(simulador, http, "")
    url = f"{simulador.url}/simulador/lotes/a1/retorno"
    slow = http.post(url, headers={"X-Planilote-Falha": "cidade-lenta segundos=60"})
    assert (slow.status_code, slow.json()["codigo"]) == (422, "em_processamento")
    assert http.post(url).status_code == 200


@pytest.mark.parametrize(
    ("modo", "status", "same_file"),
    [("mesmo", 201, True), ("recusa", 422, False), ("novo", 201, False)],
)
def test_a_repeated_ref_meets_the_chosen_temperament(
    simulador: RunningSimulator, http: requests.Session, modo: str, status: int, same_file: bool
) -> None:
    first = _post(simulador, http, "")
    again = _post(simulador, http, f"ref-repetida modo={modo}")
    assert again.status_code == status
    assert (again.content == first.content) is same_file


@pytest.mark.parametrize(
    "falha",
    [
        "terremoto",
        "lentidao segundos=nan",
        "lentidao segundos",
        "queda quando=talvez",
        "999",
        "lentidao cor=azul",
        "422 forma=redonda",
        "corte deixa=muito",
        "corte tamanho=talvez",
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(
    simulador: RunningSimulator, http: requests.Session, falha: str
) -> None:
    answer = _post(simulador, http, falha)
    assert answer.status_code == 400
    assert answer.json()["codigo"] == "requisicao_invalida"


@pytest.fixture
def arquivo(tmp_path: Path) -> Path:
    path = tmp_path / "falhas.toml"
    path.write_text(
        '[[falha]]\ntipo = "status"\noperacao = "criar"\nref = "a*"\nstatus = 503\n'
        "pular = 1\nvezes = 2\n",
        encoding="utf-8",
    )
    return path


def test_a_file_of_faults_strikes_when_and_where_it_says(
    tmp_path: Path, arquivo: Path, cidade: CidadeDeMentira, http: requests.Session
) -> None:
    settings = Settings(falhas=faults.read_file(arquivo))
    with serve(tmp_path, settings=settings) as running:
        seen = [_post(running, http, "", ref).status_code for ref in ("b", "a1", "a2", "a3", "a4")]
    assert seen == [201, 201, 503, 503, 201]


@pytest.mark.parametrize(
    "content",
    [
        "[[falha]",
        "[falha]\ntipo = 'queda'",
        "outra = 1",
        "[[falha]]\nvezes = 1",
        "[[falha]]\ntipo = 'queda'\noperacao = 'voar'",
        "falha = [1]",
    ],
)
def test_a_file_of_faults_that_makes_no_sense_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "falhas.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FaultError):
        faults.read_file(path)


def test_a_plan_counts_each_fault_by_itself() -> None:
    plan = faults.Plan([Fault(Kind.QUEDA, vezes=1), Fault(Kind.LENTIDAO, pular=1)])
    assert [fault.tipo for fault in plan.strike("criar", "a")] == [Kind.QUEDA]
    assert [fault.tipo for fault in plan.strike("criar", "a")] == [Kind.LENTIDAO]
