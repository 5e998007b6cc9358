import json
from pathlib import Path
from typing import Any

import pytest
import requests

from converter.simulator.server import RunningSimulator, serve
from converter.simulator.settings import Settings
from tests.simulator.modelo import CNPJ, CidadeDeMentira, lote


def test_a_lote_is_created_consulted_and_answered(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    created = http.post(f"{simulador.url}/v2/lotes_rps?ref=a1", json=lote(2))
    assert created.status_code == 201
    assert created.content.startswith("REMESSA 1 PRESTAÇÃO".encode("latin-1"))

    consulted = http.get(f"{simulador.url}/v2/lotes_rps/a1")
    assert (consulted.status_code, consulted.content) == (200, created.content)

    name, returned = simulador.play("a1")
    assert name == "retorno.txt"
    answered = http.post(f"{simulador.url}/v2/lotes_rps/a1/resposta", data=returned)
    assert answered.status_code == 201
    assert [nota["numero"] for nota in answered.json()] == ["1", "2"]
    assert {nota["cnpj_prestador"] for nota in answered.json()} == {CNPJ}


def test_one_note_is_answered_as_one_object(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    http.post(f"{simulador.url}/v2/lotes_rps?ref=a1", json=lote())
    answered = http.post(f"{simulador.url}/v2/lotes_rps/a1/resposta", data=simulador.play("a1")[1])
    assert answered.json()["status"] == "autorizado"


def test_json_without_a_content_type_is_read(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    body = json.dumps(lote()).encode()
    created = http.post(f"{simulador.url}/v2/lotes_rps?ref=a1", data=body)
    assert created.request.headers.get("Content-Type") is None
    assert created.status_code == 201


def test_rps_remessa_and_nfse_numbers_go_on_from_lote_to_lote(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    for ref in ("a1", "a2"):
        body = lote(2)
        body["lista_nfse"][0]["servico"]["valor_servicos"] = ref
        http.post(f"{simulador.url}/v2/lotes_rps?ref={ref}", json=body)
    first = simulador.play("a1")[1]
    second = simulador.play("a2")[1]
    assert first.split(b"\n") == [b"NOTA 1 1", b"NOTA 2 2"]
    assert second.split(b"\n") == [b"NOTA 3 3", b"NOTA 4 4"]


def test_the_prefeitura_by_http_gives_the_same_file_again(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    http.post(f"{simulador.url}/v2/lotes_rps?ref=a1", json=lote())
    played = http.post(f"{simulador.url}/simulador/lotes/a1/retorno")
    assert played.status_code == 200
    assert "retorno.txt" in played.headers["Content-Disposition"]
    assert simulador.play("a1") == ("retorno.txt", played.content)


@pytest.mark.parametrize(
    ("recipiente", "notas", "tipo"),
    [
        ("objeto", 1, dict),
        ("objeto", 2, list),
        ("lista", 1, list),
        ("lista_nfse", 1, dict),
        ("lista_nfse", 2, dict),
    ],
)
def test_the_answer_may_come_in_other_containers(
    tmp_path: Path,
    cidade: CidadeDeMentira,
    http: requests.Session,
    recipiente: Any,
    notas: int,
    tipo: type,
) -> None:
    with serve(tmp_path, settings=Settings(recipiente=recipiente)) as running:
        http.post(f"{running.url}/v2/lotes_rps?ref=a1", json=lote(notas))
        returned = running.play("a1")[1]
        answer = http.post(f"{running.url}/v2/lotes_rps/a1/resposta", data=returned).json()
    assert isinstance(answer, tipo)
    if recipiente == "lista_nfse":
        assert len(answer["lista_nfse"]) == notas


def test_an_issued_note_has_a_site_and_a_path_to_its_xml(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    http.post(f"{simulador.url}/v2/lotes_rps?ref=a1", json=lote())
    returned = simulador.play("a1")[1]
    answer = http.post(f"{simulador.url}/v2/lotes_rps/a1/resposta", data=returned).json()
    assert answer["uri"].startswith("https://")
    path = answer["caminho_xml_nota_fiscal"]
    assert path.startswith(f"/notas_fiscais_servico/NFSe{answer['cnpj_prestador']}")
    assert f"-{answer['numero']}-" in path
    assert path.endswith(".xml")
