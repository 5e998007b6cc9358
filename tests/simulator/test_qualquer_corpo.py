"""Whatever is sent, the answer is one the documentation knows."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from converter.simulator.app import create_app
from converter.simulator.settings import Settings
from converter.simulator.state import State
from tests.simulator.modelo import TOKEN, lote, lote_de

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(
        ["", " ", "0", "-1", "1e9", "1,50", "31/02/2026", "2026-13-01", "9" * 40, "\x00", "€😀"]
    )
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
MUNICIPIOS = ["3505708", "3550308", "4106902"]


def _paths(value: Any, prefix: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, item in items:
        found.append((*prefix, key))
        if isinstance(item, dict | list):
            found += _paths(item, (*prefix, key))
    return found


def _put(body: Any, path: tuple[Any, ...], value: Any) -> None:
    for key in path[:-1]:
        try:
            body = body[key]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(body, dict) or (isinstance(body, list) and path[-1] in range(len(body))):
        body[path[-1]] = value


@pytest.fixture(scope="module")
def client() -> Any:
    state = State()
    yield create_app(state, Settings(ref_repetida="novo")).test_client()
    state.close()


def _post(client: Any, content: bytes, ref: str) -> Any:
    return client.post(f"/v2/lotes_rps?ref={ref}", data=content, auth=(TOKEN, ""))


CALM = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@CALM
@given(
    municipio=st.sampled_from(MUNICIPIOS),
    changes=st.lists(
        st.tuples(st.sampled_from(_paths(lote(2))), st.text(max_size=30) | LEAVES | VALUES),
        max_size=2,
    ),
)
def test_a_lote_with_any_values_is_written_or_refused(
    client: Any, municipio: str, changes: list[tuple[tuple[Any, ...], Any]]
) -> None:
    body = lote_de(municipio, 2)
    for path, value in changes:
        _put(body, path, value)
    content = json.dumps(body).encode()
    answer = _post(client, content, "qualquer")
    assert answer.status_code in {201, 400, 415, 422}, answer.text
    event(f"{municipio} {answer.status_code}")
    if answer.status_code == 201:
        assert not answer.is_json
        played = client.post("/simulador/lotes/qualquer/retorno")
        assert played.status_code == 200, played.text
        resposta = client.post(
            "/v2/lotes_rps/qualquer/resposta", data=played.data, auth=(TOKEN, "")
        )
        assert resposta.status_code == 201, resposta.text
        assert client.get("/simulador/lotes/qualquer").status_code == 200
    else:
        assert {"codigo", "erros"} & set(answer.json)


@CALM
@given(VALUES)
def test_any_json_is_answered(client: Any, value: Any) -> None:
    answer = _post(client, json.dumps(value).encode(), "json")
    assert answer.status_code in {400, 415, 422}
    assert answer.is_json


@CALM
@given(st.binary(max_size=200))
def test_any_bytes_are_answered(client: Any, content: bytes) -> None:
    answer = _post(client, content, "bytes")
    assert answer.status_code in {400, 415, 422}
    assert answer.is_json


@CALM
@given(content=st.binary(max_size=300), municipio=st.sampled_from(MUNICIPIOS))
def test_any_bytes_as_a_return_file_are_refused(
    client: Any, content: bytes, municipio: str
) -> None:
    ref = f"retorno{municipio}"
    created = _post(client, json.dumps(lote_de(municipio)).encode(), ref)
    assert created.status_code == 201, created.text
    answer = client.post(f"/v2/lotes_rps/{ref}/resposta", data=content, auth=(TOKEN, ""))
    assert answer.status_code == 415
    assert answer.is_json
