import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from converter.simulator.state import DATABASE, Issuer, State
from tests.frozen.regenerate import unpack

EMITENTE = Issuer("11222333000181", "1234567", "3505708")
OUTRO = Issuer("11222333000181", "1234567", "3550308")


def test_numbers_go_on_and_each_prestador_has_its_own() -> None:
    state = State()
    assert [state.draw(EMITENTE, "rps", 3), state.draw(EMITENTE, "rps", 2)] == [1, 4]
    assert state.draw(EMITENTE, "rps", 0) == 6
    assert state.draw(EMITENTE, "remessa") == 1
    assert state.draw(OUTRO, "rps") == 1
    state.close()


def test_what_fails_inside_writing_never_happened() -> None:
    state = State()

    def fail_halfway() -> None:
        with state.writing():
            state.draw(EMITENTE, "rps", 10)
            state.accept(EMITENTE, "remessa", ["1"])
            raise RuntimeError("no meio")

    with pytest.raises(RuntimeError, match="no meio"):
        fail_halfway()
    assert state.draw(EMITENTE, "rps") == 1
    assert state.accepted(EMITENTE, "remessa") == frozenset()
    state.close()


def test_two_processes_never_draw_the_same_number(tmp_path: Path) -> None:
    path = tmp_path / "simulador.sqlite3"
    states = [State(path), State(path)]

    def draw(number: int) -> int:
        state = states[number % 2]
        with state.writing():
            return state.draw(EMITENTE, "rps")

    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(draw, range(40)))
    assert sorted(drawn) == list(range(1, 41))
    for state in states:
        state.close()


def test_a_file_that_is_no_database_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "simulador.sqlite3"
    path.write_bytes(b"isto nao e um banco de dados" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        State(path)


def test_what_an_earlier_version_stored_as_it_came_is_compressed_and_read_the_same(
    tmp_path: Path,
) -> None:
    path = unpack(tmp_path, "2") / DATABASE
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT ref, payload, arquivo, retorno, resposta FROM lotes")
    before = {row[0]: row[1:] for row in rows}
    avisos = dict(connection.execute("SELECT ref, avisos FROM lotes"))
    connection.close()
    size = path.stat().st_size
    for _ in range(2):
        state = State(path)
        for ref, (payload, arquivo, retorno, resposta) in before.items():
            lote = state.find(None, ref)
            assert lote is not None
            assert (lote.payload, lote.arquivo, lote.retorno) == (payload, arquivo, retorno)
            assert lote.resposta == resposta
            assert lote.avisos == tuple(avisos[ref].splitlines())
        state.close()
    assert len(before) > 1
    assert path.stat().st_size < size / 2
