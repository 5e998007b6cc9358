import pytest
import requests

from converter.simulator.server import RunningSimulator


def _get(simulador: RunningSimulator, http: requests.Session, path: str) -> requests.Response:
    return http.get(f"{simulador.url}/v2/municipios{path}")


def test_municipios_come_a_hundred_at_a_time(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    first = _get(simulador, http, "")
    total = int(first.headers["X-Total-Count"])
    assert total == 5571
    assert len(first.json()) == 100
    last = _get(simulador, http, "?offset=5500").json()
    assert len(last) == total - 5500
    codes = {row["codigo_municipio"] for row in first.json()}
    assert codes.isdisjoint(row["codigo_municipio"] for row in last)
    assert _get(simulador, http, "?offset=999999").json() == []


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("?nome_municipio=Barueri", ["3505708"]),
        ("?nome_municipio=Barueri&sigla_uf=MG", []),
        ("?nome=baruer&sigla_uf=sp", ["3505708"]),
        ("?nome_municipio=Barueri&status_nfse=ativo", ["3505708"]),
        ("?nome_municipio=Barueri&status_nfse=pausado", []),
    ],
)
def test_municipios_are_searched(
    simulador: RunningSimulator, http: requests.Session, query: str, codes: list[str]
) -> None:
    found = _get(simulador, http, query)
    assert [row["codigo_municipio"] for row in found.json()] == codes
    assert found.headers["X-Total-Count"] == str(len(codes))


def test_a_name_is_found_without_its_accents(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    found = _get(simulador, http, "?nome=sao paulo&sigla_uf=SP").json()
    assert "3550308" in {row["codigo_municipio"] for row in found}


def test_one_municipio(simulador: RunningSimulator, http: requests.Session) -> None:
    one = _get(simulador, http, "/3550308").json()
    assert (one["nome_municipio"], one["sigla_uf"], one["nome_uf"]) == (
        "São Paulo",
        "SP",
        "São Paulo",
    )
    assert one["endereco_obrigatorio_nfse"] is None


@pytest.mark.parametrize("offset", ["-1", "x", "1.5", "", "99999999999"])
def test_an_offset_that_is_none(
    simulador: RunningSimulator, http: requests.Session, offset: str
) -> None:
    answer = _get(simulador, http, f"?offset={offset}")
    assert (answer.status_code, answer.json()["codigo"]) == (400, "requisicao_invalida")


def test_the_items_of_the_list_of_services(
    simulador: RunningSimulator, http: requests.Session
) -> None:
    path = "/3505708/itens_lista_servico"
    found = _get(simulador, http, path)
    assert int(found.headers["X-Total-Count"]) > 190
    assert found.json()[6]["codigo"] == "1.07"
    for spelled in ("1.07", "01.07", "0107", "107"):
        assert _get(simulador, http, f"{path}/{spelled}").json()["codigo"] == "1.07"
    assert _get(simulador, http, f"{path}/99.99").status_code == 404
    chosen = _get(simulador, http, f"{path}?descricao=INFORMATICA&codigo=1.0").json()
    assert chosen
    assert all(row["codigo"].startswith(("1.0", "11.0")) for row in chosen)


def test_no_code_of_a_city_is_invented(simulador: RunningSimulator, http: requests.Session) -> None:
    path = "/3505708/codigos_tributarios_municipio"
    found = _get(simulador, http, path)
    assert (found.json(), found.headers["X-Total-Count"]) == ([], "0")
    assert _get(simulador, http, f"{path}/620910000").status_code == 404
    assert _get(simulador, http, "/0000000/codigos_tributarios_municipio").status_code == 404
