"""Whatever JSON an answer is made of, it can be stored, understood or refused, and read back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from converter.focus.json_body import read_json
from converter.focus.messages import messages
from converter.focus.respostas import entries
from converter.journal.journal import Journal
from converter.model.notas import Prestador
from converter.model.wire import Answer, Heard
from converter.stages.respond import Retorno, respond
from tests.faults.samples import clock, lote

AMBIENTE = "homologacao"
WORDS = st.sampled_from(
    ["status", "numero", "erros", "codigo", "mensagem", "campo", "correcao", "uri", "valor"]
)
STATUS = st.sampled_from(["autorizado", "erro_autorizacao", "cancelado", "outro", "\ud800"])
TEXT = st.text(st.characters(), max_size=20) | STATUS
LEAF = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
SHAPE = st.recursive(
    LEAF,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS | TEXT, inner, max_size=5),
    max_leaves=12,
)


class Peer:
    """Answers every return file with one body."""

    key = "um"

    def __init__(self, body: bytes, status: int) -> None:
        self.heard = Answer(status, {"content-type": "application/json"}, body)

    def answer(self, ref: str, content: bytes) -> Heard:
        return self.heard


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    path: Path = tmp_path_factory.mktemp("diario") / "diario.sqlite3"
    with Journal(path, clock) as opened:
        (ready,) = opened.prepare(AMBIENTE, [lote()]).ready
        exchange = opened.begin(AMBIENTE, ready.ref)
        heard = Answer(201, {}, b"11234567PMB004\r\n9\r\n")
        opened.record(AMBIENTE, ready.ref, heard, exchange=exchange, generated=True)
        yield opened


@given(value=SHAPE, status=st.sampled_from([200, 201, 400, 401, 418, 422, 500]))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_answer_is_stored_and_read_back(journal: Journal, value: Any, status: int) -> None:
    body = json.dumps(value).encode()
    answer = Answer(status, {}, body)
    assert messages(answer)
    entries(body)
    peer = Peer(body, status)

    def client(_: Prestador) -> Any:
        return peer

    file = Retorno(f"{lote().ref}.ret", repr((value, status)).encode("utf-8", "replace"))
    (done,) = respond([file], journal, client, AMBIENTE)
    assert done.ref == lote().ref
    (outcome,) = journal.lotes(AMBIENTE)
    for each in outcome.answers:
        json.dumps([each.numero, each.uri]).encode()
    outcome.messages and [said.text.encode() for said in outcome.messages]


@given(SHAPE)
@settings(max_examples=200, deadline=None)
def test_what_is_read_can_be_written_down(value: Any) -> None:
    try:
        found = read_json(json.dumps(value))
    except ValueError:
        return
    json.dumps(found, ensure_ascii=False, allow_nan=False).encode()


@pytest.mark.parametrize(
    "text",
    ['{"a":1,"a":2}', "[" * 100_000, '{"a":' * 100_000, "", "{", "nan", "'x'", "\ufeff1"],
)
def test_what_is_no_json_says_so(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_json(text)


def test_what_is_said_twice_alike_is_said_once() -> None:
    assert read_json('{"a":1,"a":1}') == {"a": 1}
