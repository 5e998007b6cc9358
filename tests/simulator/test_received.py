"""What the embedded API takes for a lote, in which shape it says no, and the códigos it lists."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from converter.simulator import errors, municipios, received
from converter.simulator.errors import ApiError, Wrong
from tests.layouts import amostras


def body(change: Callable[[dict[str, Any]], object] = dict) -> bytes:
    lote = json.loads(json.dumps(amostras.lote("barueri-pmb004"), default=float))
    change(lote)
    return json.dumps(lote).encode()


def test_a_lote_is_known_by_what_it_says_and_not_by_its_spacing() -> None:
    one = received.read(body())
    spaced = received.read(json.dumps(json.loads(body()), indent=3, sort_keys=True).encode())
    assert (one.notas, one.wrong) == (2, ())
    assert one.impressao == spaced.impressao
    assert one.issuer.cnpj == amostras.PRESTADOR
    other = received.read(body(lambda lote: lote["lista_nfse"].pop()))
    assert other.impressao != one.impressao


def test_a_cnpj_sent_as_a_number_gets_its_zeros_back() -> None:
    found = received.read(body(lambda lote: lote["prestador"].update(cnpj=191000100)))
    assert found.issuer.cnpj == "00000191000100"


def test_an_absent_field_is_named_by_its_note() -> None:
    found = received.read(body(lambda lote: lote["lista_nfse"][1]["servico"].pop("iss_retido")))
    assert [one.campo for one in found.wrong] == ["lista_nfse[1].servico.iss_retido"]


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (b"", 415, "vazio"),
        (b"{", 415, "linha 1"),
        (b"\xff{}", 415, "UTF-8"),
        (b'{"a": NaN}', 415, "número"),
        (b"[" * 200_000, 415, "aninhados"),
        (b"[]", 422, "objeto JSON"),
        (b'{"a": "\\ud800"}', 415, "Unicode"),
        (body(lambda lote: lote.pop("prestador")), 422, "prestador"),
        (body(lambda lote: lote["prestador"].update(cnpj=" ")), 422, "prestador.cnpj"),
        (body(lambda lote: lote["prestador"].update(cnpj=True)), 422, "prestador.cnpj"),
        (body(lambda lote: lote["prestador"].update(codigo_municipio="1")), 422, "IBGE"),
        (body(lambda lote: lote.update(lista_nfse=[])), 422, "lista_nfse"),
        (body(lambda lote: lote["lista_nfse"].append(7)), 422, "lista_nfse[2]"),
        (body(lambda lote: lote["lista_nfse"][0].update(tomador=[])), 422, "[0].tomador"),
    ],
)
def test_what_is_no_lote_is_refused_with_its_reason(content: bytes, status: int, said: str) -> None:
    with pytest.raises(ApiError) as refused:
        received.read(content)
    assert refused.value.status == status
    assert said in json.dumps(refused.value.body, ensure_ascii=False)


@pytest.mark.parametrize(
    ("error", "status", "text"),
    [
        (errors.not_found("Não há"), 404, '"codigo": "nao_encontrado"'),
        (errors.unauthorised(), 401, "HTTP Basic"),
        (errors.rejected(), 400, '"permissao_negada"'),
        (errors.invalid([Wrong("a.b", "Falta")]), 422, '"campo": "a.b"'),
        (errors.missing("ref"), 422, 'Parâmetro \\"ref\\" não informado'),
        (ApiError(500, ""), 500, ""),
        (ApiError(503, "HTTP 503\n"), 503, "HTTP 503"),
    ],
)
def test_the_api_says_no_in_its_own_shapes(error: ApiError, status: int, text: str) -> None:
    response = error.response()
    assert response.status_code == status
    assert text in response.get_data(as_text=True)


@pytest.fixture
def api() -> FlaskClient:
    app = Flask("municipios")
    app.register_blueprint(municipios.blueprint)
    app.register_error_handler(ApiError, lambda error: error.response())
    return app.test_client()


@pytest.mark.parametrize("item", ["1.07", "01.07", "0107", "107"])
def test_an_item_is_found_however_it_is_written(api: FlaskClient, item: str) -> None:
    found = api.get(f"/v2/municipios/3505708/itens_lista_servico/{item}")
    assert found.get_json()["codigo"] == "1.07"


@pytest.mark.parametrize(
    ("path", "status"),
    [("3505708", 200), ("0000000", 404), ("3505708/itens_lista_servico/99.99", 404),
     ("3505708/codigos_tributarios_municipio/1", 404),
     ("3505708/itens_lista_servico?offset=x", 400)],
)  # fmt: skip
def test_what_is_not_there_is_said_not_to_be(api: FlaskClient, path: str, status: int) -> None:
    assert api.get(f"/v2/municipios/{path}").status_code == status
