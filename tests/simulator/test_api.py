"""Who may ask, how often, and every way the API says no."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from converter.simulator.access import Credits, Tokens
from converter.simulator.server import RunningSimulator, serve
from converter.simulator.settings import MARK, Settings
from tests.simulator.modelo import CNPJ, TOKEN, CidadeDeMentira, lote


def _create(
    simulador: RunningSimulator, http: requests.Session, body: Any, ref: str = "a1"
) -> requests.Response:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return http.post(f"{simulador.url}/v2/lotes_rps", params={"ref": ref}, data=data)


def test_every_answer_is_marked_a_simulation(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    for path in ("/", "/v2/lotes_rps/x", "/nada", "/v2/municipios"):
        answer = http.get(simulador.url + path)
        assert answer.headers["X-Planilote-Simulacao"] == MARK


def test_the_token_comes_by_basic_auth_or_in_the_query(simulador: RunningSimulator) -> None:
    url = f"{simulador.url}/v2/municipios/3505708"
    assert requests.get(url, auth=("t", ""), timeout=5).status_code == 200
    assert requests.get(url, params={"token": "t"}, timeout=5).status_code == 200


@pytest.mark.parametrize(
    "header", ["", "Basic", "Basic %%%", "Basic Og==", "Bearer t", "Basic " + "/" * 3000]
)
def test_without_a_token_the_answer_is_401_in_plain_text(
    simulador: RunningSimulator, header: str
) -> None:
    answer = requests.get(
        f"{simulador.url}/v2/municipios", headers={"Authorization": header}, timeout=5
    )
    assert (answer.status_code, answer.text) == (401, "HTTP Basic: Access denied.\n")
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")


def test_tokens_may_be_bound_to_companies(tmp_path: Path, cidade: CidadeDeMentira) -> None:
    tokens = Tokens({TOKEN: frozenset({CNPJ})})
    with serve(tmp_path, settings=Settings(tokens=tokens)) as running:
        url = f"{running.url}/v2/lotes_rps?ref=a1"
        other = lote(cnpj="07504505000132")
        unknown = requests.post(url, json=other, auth=("outro", ""), timeout=5)
        assert (unknown.status_code, unknown.json()["mensagem"]) == (400, "CNPJ ou token inválido")
        asked = requests.get(f"{running.url}/v2/lotes_rps/a1", auth=("outro", ""), timeout=5)
        assert asked.status_code == 401
        refused = requests.post(url, json=other, auth=(TOKEN, ""), timeout=5)
        assert (refused.status_code, refused.json()["codigo"]) == (400, "permissao_negada")
        assert requests.post(url, json=lote(), auth=(TOKEN, ""), timeout=5).status_code == 201


def test_a_lote_is_seen_only_by_the_token_that_made_it(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    _create(simulador, http, lote())
    url = f"{simulador.url}/v2/lotes_rps/a1"
    assert requests.get(url, auth=("outro", ""), timeout=5).status_code == 404


def test_no_token_is_kept(
    tmp_path: Path, simulador: RunningSimulator, http: requests.Session
) -> None:
    _create(simulador, http, lote())
    for path in (tmp_path / "diario").iterdir():
        assert TOKEN.encode() not in path.read_bytes()


def test_the_credits_of_a_minute(tmp_path: Path, cidade: CidadeDeMentira) -> None:
    seconds = [1000.0]
    settings = Settings(creditos=3, monotonic=lambda: seconds[0])
    with serve(tmp_path, settings=settings) as running:
        url = f"{running.url}/v2/municipios/3505708"
        seen = []
        for _ in range(4):
            answer = requests.get(url, auth=(TOKEN, ""), timeout=5)
            headers = answer.headers
            seen.append(
                (answer.status_code, headers["Rate-Limit-Remaining"], headers["Rate-Limit-Reset"])
            )
            seconds[0] += 10
        assert seen == [(200, "2", "60"), (200, "1", "50"), (200, "0", "40"), (429, "0", "30")]
        assert requests.get(url, auth=("outro", ""), timeout=5).status_code == 200
        seconds[0] += 30
        assert requests.get(url, auth=(TOKEN, ""), timeout=5).status_code == 200


def test_credits_come_back_whole_after_a_minute() -> None:
    now = [0.0]
    credits_left = Credits(2, lambda: now[0])
    assert [credits_left.spend("a").exceeded for _ in range(3)] == [False, False, True]
    now[0] = 59.9
    assert credits_left.spend("a").reset == 1
    now[0] = 60.0
    assert credits_left.spend("a").remaining == 1


def test_without_a_ref(simulador: RunningSimulator, http: requests.Session) -> None:
    answer = _create(simulador, http, lote(), ref="")
    assert (answer.status_code, answer.json()["codigo"]) == (400, "ref_ausente")


@pytest.mark.parametrize("ref", ["a b", "a/b", "ção", "a" * 101, "../x", "a\x00"])
def test_a_ref_with_special_characters(
    simulador: RunningSimulator, http: requests.Session, ref: str
) -> None:
    answer = _create(simulador, http, lote(), ref=ref)
    assert (answer.status_code, answer.json()["codigo"]) == (400, "requisicao_invalida")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"  \n",
        b"isto nao e json",
        b"{",
        b'{"a": NaN}',
        b"\xff\xfe{\x00}\x00",
        '{"a": "ç"}'.encode("latin-1"),
        b"[" * 200_000,
        b'{"a": ' + b"9" * 5000 + b"}",
        b'{"a": "\\ud800"}',
        b"<?xml version='1.0'?><lote/>",
    ],
)
def test_a_body_that_is_no_json_is_415(
    simulador: RunningSimulator, http: requests.Session, body: bytes
) -> None:
    answer = _create(simulador, http, body)
    assert answer.status_code == 415
    assert answer.json()["erros"][0]["codigo"] == "parametros_invalidos"


def _without(path: str) -> Callable[[dict[str, Any]], None]:
    def drop(body: dict[str, Any]) -> None:
        *parents, last = path.split(".")
        for key in parents:
            body = body[int(key)] if isinstance(body, list) else body[key]
        del body[last]

    return drop


@pytest.mark.parametrize(
    "campo",
    [
        "prestador",
        "prestador.cnpj",
        "prestador.inscricao_municipal",
        "prestador.codigo_municipio",
        "lista_nfse",
    ],
)
def test_what_every_lote_needs(
    simulador: RunningSimulator, http: requests.Session, campo: str
) -> None:
    body = lote()
    _without(campo)(body)
    answer = _create(simulador, http, body)
    assert answer.status_code == 422
    assert answer.json() == {
        "codigo": "requisicao_invalida",
        "mensagem": f'Parâmetro "{campo}" não informado',
    }


def test_every_field_at_fault_is_told_at_once(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    body = lote(3)
    del body["lista_nfse"][0]["data_emissao"]
    body["lista_nfse"][2]["servico"]["discriminacao"] = "  "
    body["lista_nfse"][2]["servico"]["aliquota"] = "errada"
    answer = _create(simulador, http, body)
    assert answer.status_code == 422
    assert [erro["campo"] for erro in answer.json()["erros"]] == [
        "lista_nfse[0].data_emissao",
        "lista_nfse[2].servico.discriminacao",
        "lista_nfse[2].servico.aliquota",
    ]


@pytest.mark.parametrize(
    "body",
    [
        [],
        "texto",
        12,
        None,
        {"prestador": [], "lista_nfse": [{}]},
        {"prestador": lote()["prestador"], "lista_nfse": []},
        {"prestador": lote()["prestador"], "lista_nfse": {}},
        {"prestador": lote()["prestador"], "lista_nfse": [1, None, "x"]},
        {"prestador": lote()["prestador"], "lista_nfse": [{"servico": 1, "tomador": []}]},
        {"prestador": {**lote()["prestador"], "cnpj": {"a": 1}}, "lista_nfse": [{}]},
        {"prestador": {**lote()["prestador"], "cnpj": True}, "lista_nfse": [{}]},
    ],
)
def test_a_lote_of_the_wrong_shape_is_422(
    simulador: RunningSimulator, http: requests.Session, body: Any
) -> None:
    answer = _create(simulador, http, body)
    assert answer.status_code == 422
    assert answer.json()["codigo"] in {"requisicao_invalida", "erro_validacao"}


@pytest.mark.parametrize("cnpj", ["11222333000180", "99999999999999", "123", "1122233300018X"])
def test_a_cnpj_that_is_none_is_400(
    simulador: RunningSimulator, http: requests.Session, cnpj: str
) -> None:
    answer = _create(simulador, http, lote(cnpj=cnpj))
    assert (answer.status_code, answer.json()["codigo"]) == (400, "requisicao_invalida")


def test_a_masked_document_and_one_sent_as_a_number_are_the_same_prestador(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    body = lote(cnpj="11.222.333/0001-81")
    assert _create(simulador, http, body).content.startswith(b"REMESSA 1 ")
    body = lote()
    body["prestador"]["cnpj"] = int(CNPJ)
    assert _create(simulador, http, body, "a2").content.startswith(b"REMESSA 2 ")


@pytest.mark.parametrize("codigo", ["1234567", "9999999", "0000000"])
def test_a_city_that_is_not_of_ibge_is_422_at_its_field(
    simulador: RunningSimulator, http: requests.Session, codigo: str
) -> None:
    body = lote()
    body["prestador"]["codigo_municipio"] = codigo
    answer = _create(simulador, http, body)
    assert answer.status_code == 422
    assert [e["campo"] for e in answer.json()["erros"]] == ["prestador.codigo_municipio"]


def test_another_body_under_the_same_ref_is_refused(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    first = _create(simulador, http, lote())
    again = _create(simulador, http, json.dumps(lote(), indent=2).encode())
    assert (again.status_code, again.content) == (201, first.content)
    other = _create(simulador, http, lote(2))
    assert (other.status_code, other.json()["codigo"]) == (422, "already_processed")


def test_a_lote_refused_takes_no_number(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    body = lote()
    body["lista_nfse"][0]["servico"]["aliquota"] = "errada"
    assert _create(simulador, http, body).status_code == 422
    assert _create(simulador, http, lote()).content.startswith(b"REMESSA 1 ")


@pytest.mark.parametrize("body", [b"", b"qualquer coisa", b"\x00" * 10])
def test_a_return_file_nobody_wrote_is_415(
    simulador: RunningSimulator, http: requests.Session, body: bytes
) -> None:
    _create(simulador, http, lote())
    answer = http.post(f"{simulador.url}/v2/lotes_rps/a1/resposta", data=body)
    assert answer.status_code == 415
    assert answer.json()["mensagem"].startswith("Formato de arquivo inválido")


def test_a_lote_refused_by_the_city_issues_no_note(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    body = lote(2)
    body["lista_nfse"][1]["servico"]["discriminacao"] = "errado"
    _create(simulador, http, body)
    returned = simulador.play("a1")[1]
    answer = http.post(f"{simulador.url}/v2/lotes_rps/a1/resposta", data=returned)
    assert answer.status_code == 201
    assert {nota["status"] for nota in answer.json()} == {"erro_autorizacao"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v2/lotes_rps/nao-existe", 404),
        ("POST", "/v2/lotes_rps/nao-existe/resposta", 404),
        ("POST", "/simulador/lotes/nao-existe/retorno", 404),
        ("GET", "/v2/municipios/0000000", 404),
        ("GET", "/v2/nfse/1", 404),
        ("DELETE", "/v2/lotes_rps/x", 405),
        ("PUT", "/v2/lotes_rps", 405),
        ("PATCH", "/", 405),
        ("TRACE", "/v2/lotes_rps", 405),
        ("BREW", "/v2/municipios", 405),
        ("GET", "/%00%ff", 404),
        ("GET", "/" + "a" * 20_000, 404),
    ],
)
def test_any_other_path_or_method_is_answered_in_json(
    simulador: RunningSimulator, http: requests.Session, method: str, path: str, status: int
) -> None:
    answer = http.request(method, simulador.url + path)
    assert answer.status_code == status
    assert answer.json()["codigo"] in {"nao_encontrado", "requisicao_invalida"}


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"isto nao e http\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 60000000\r\n\r\n", 413),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 300_000 + b"\r\n\r\n", 431),
        (b"GET http://[::1 HTTP/1.1\r\n\r\n", 400),
    ],
)
def test_what_is_hardly_http_is_answered_in_json(
    simulador: RunningSimulator, raw: Callable[[bytes], bytes], sent: bytes, status: int
) -> None:
    head, _, body = raw(sent).partition(b"\r\n\r\n")
    assert head.split()[1] == str(status).encode()
    assert json.loads(body)["codigo"] == "requisicao_invalida"


def test_an_error_of_our_own_is_told_without_a_traceback(
    simulador: RunningSimulator,
    http: requests.Session,
    cidade: CidadeDeMentira,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("segredo")

    monkeypatch.setattr(cidade, "write", broken)
    answer = _create(simulador, http, lote(2), "a2")
    assert (answer.status_code, answer.json()["codigo"]) == (500, "erro_interno")
    assert "segredo" not in answer.text
