"""Sending over a real socket to a ledger that misbehaves."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from converter.errors import Abort
from converter.focus.client import Transport
from converter.focus.clients import Clients
from converter.journal.journal import Journal
from converter.journal.log import EventLog
from converter.model.outcome import LoteState, Message
from converter.stages.submit import recover, submit
from tests.faults.ledger import Fault, Server, Temperament
from tests.faults.samples import PRESTADORES, TOKEN, clock, lote

AMBIENTE = "homologacao"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def journal(folder: Path) -> Iterator[Journal]:
    with Journal(folder / "diario" / "diario.sqlite3", clock) as opened:
        yield opened


def clients_of(url: str, environ: dict[str, str] | None = None) -> Clients:
    return Clients(
        url,
        AMBIENTE,
        version="0",
        environ={"FOCUS_TOKEN": TOKEN} if environ is None else environ,
        transport=Transport(timeouts=(1.0, 0.2), sleep=lambda seconds: None),
    )


@pytest.fixture
def clients(server: Server) -> Iterator[Clients]:
    with clients_of(server.url) as made:
        yield made


def send(journal: Journal, clients: Clients, *lotes, **options):
    ready = journal.prepare(AMBIENTE, lotes or [lote()]).ready
    return submit(ready, journal, clients, AMBIENTE, **options)


def test_a_lote_becomes_its_import_file_byte_for_byte(server, journal, clients):
    (outcome,) = send(journal, clients)
    assert outcome.state is LoteState.GERADO
    assert outcome.sent_now
    assert outcome.content == server.ledger.stored[lote().ref][1]
    assert server.ledger.requests[0].body == lote().payload


@pytest.mark.parametrize("stored", [True, False])
@pytest.mark.parametrize(
    "kind",
    ["reset", "fecha", "silencio", "lixo", "cortado", "pedacos-cortados", "500", "202", "vazio"],
)
def test_a_doubt_is_resolved_by_asking_and_never_makes_two_files(
    server, journal, clients, kind, stored
):
    server.ledger.script = [Fault(kind, stored)]
    (outcome,) = send(journal, clients)
    assert server.ledger.fired
    assert outcome.state is LoteState.GERADO
    assert server.ledger.files == {lote().ref: 1}
    assert outcome.content == server.ledger.stored[lote().ref][1]
    assert recover(journal, clients, AMBIENTE) == ()


def test_a_second_run_sends_nothing(server, journal, clients):
    send(journal, clients)
    assert recover(journal, clients, AMBIENTE) == ()
    assert journal.prepare(AMBIENTE, [lote()]).ready == ()
    assert server.ledger.posts() == 1


def test_every_message_of_a_refusal_is_kept_with_its_field(server, journal, clients):
    server.ledger.script = [Fault("422")]
    refused, sent = send(journal, clients, lote(1), lote(2))
    assert refused.state is LoteState.RECUSADO
    assert [(said.field, said.ordem) for said in refused.messages] == [("servico.aliquota", 1)]
    assert sent.state is LoteState.GERADO


def test_a_refused_token_stops_its_own_lotes_and_no_others(server, journal):
    good, bad = PRESTADORES[:2]
    environ = {
        f"FOCUS_TOKEN_{good.cnpj}": TOKEN,
        f"FOCUS_TOKEN_{bad.cnpj}": "outrotoken0001",
    }
    server.ledger.tokens_refused = {"Basic b3V0cm90b2tlbjAwMDE6"}
    lotes = [lote(n, prestador=prestador) for n, prestador in enumerate((bad, good, bad, good))]
    with clients_of(server.url, environ) as clients:
        outcomes = send(journal, clients, *lotes)
    states = [outcome.state for outcome in outcomes]
    assert states == [LoteState.PREPARADO, LoteState.GERADO] * 2
    assert [outcomes[n].messages[0].code for n in (0, 2)] == ["token-recusado"] * 2
    assert "Access denied" in outcomes[0].messages[0].text
    assert not outcomes[2].sent_now
    assert server.ledger.posts() == 3


def test_a_prestador_without_a_token_waits_and_the_others_go(server, journal):
    environ = {f"FOCUS_TOKEN_{PRESTADORES[0].cnpj}": TOKEN}
    with clients_of(server.url, environ) as clients:
        going, waiting = send(journal, clients, lote(1), lote(2, prestador=PRESTADORES[1]))
    assert going.state is LoteState.GERADO
    assert (waiting.state, waiting.messages[0].code) == (LoteState.PREPARADO, "token-ausente")
    assert PRESTADORES[1].cnpj in (waiting.messages[0].correction or "")


def test_without_a_connection_nothing_is_sent_and_nothing_is_unknown(journal):
    # Bound and never listened on: nobody answers there, and nobody else is given the port.
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        with clients_of(f"http://127.0.0.1:{silent.getsockname()[1]}") as clients:
            outcomes = send(journal, clients, lote(1), lote(2))
            assert {outcome.state for outcome in outcomes} == {LoteState.PREPARADO}
            assert {outcome.messages[0].code for outcome in outcomes} == {"api-recusa-conexao"}
            assert recover(journal, clients, AMBIENTE) == ()
    assert journal.lotes(AMBIENTE) == ()


@pytest.mark.parametrize(
    ("stored", "state"), [(True, LoteState.GERADO), (False, LoteState.PREPARADO)]
)
def test_a_refusal_nobody_announced_is_asked_about_before_it_is_believed(
    server, journal, clients, stored, state
):
    server.ledger.script = [Fault("413", stored)]
    (outcome,) = send(journal, clients)
    assert outcome.state is state
    assert server.ledger.posts() == 1


@pytest.mark.parametrize(
    ("misses", "state"), [(2, LoteState.DESCONHECIDO), (3, LoteState.PREPARADO)]
)
def test_three_times_not_found_is_not_there_and_twice_is_not_known(
    server, journal, clients, misses, state
):
    missing = [Fault("404", method="GET")] * misses
    unsure = [Fault("503", method="GET")] * (5 - misses)
    server.ledger.script = [Fault("413"), *unsure, *missing]
    (outcome,) = send(journal, clients)
    assert outcome.state is state


def test_a_redirect_stops_the_run(server, journal, clients):
    server.ledger.script = [Fault("302")]
    outcomes = send(journal, clients, lote(1), lote(2))
    assert {outcome.messages[0].code for outcome in outcomes} == {"redirecionamento"}
    assert len(server.ledger.requests) == 1


def test_an_api_that_answers_nothing_certain_leaves_one_lote_unknown_and_sends_no_other(
    server, journal, clients
):
    server.ledger.script = [Fault("500"), *[Fault("503", method="GET")] * 5]
    unknown, waiting = send(journal, clients, lote(1), lote(2))
    assert (unknown.state, waiting.state) == (LoteState.DESCONHECIDO, LoteState.PREPARADO)
    assert unknown.messages == (
        Message(
            "lote-desconhecido",
            unknown.messages[0].text,
            correction=unknown.messages[0].correction,
        ),
    )
    assert lote(1).ref in unknown.messages[0].text
    (resolved,) = recover(journal, clients, AMBIENTE)
    assert resolved.state is LoteState.GERADO
    assert server.ledger.files == {lote(1).ref: 1}


def test_an_unknown_lote_without_a_token_stays_unknown_and_says_so(server, journal, clients):
    server.ledger.script = [Fault("500"), *[Fault("503", method="GET")] * 5]
    send(journal, clients)
    with clients_of(server.url, {}) as without:
        (outcome,) = recover(journal, without, AMBIENTE)
    assert outcome.state is LoteState.DESCONHECIDO
    assert outcome.messages[0].code == "token-ausente"


def test_a_refusal_after_a_doubt_gives_the_rows_back_only_when_the_api_has_no_such_lote(
    server, journal, clients
):
    server.ledger.script = [Fault("reset"), Fault("422")]
    (outcome,) = send(journal, clients)
    assert outcome.state is LoteState.RECUSADO
    assert lote().ref not in server.ledger.stored


def test_a_ref_already_known_is_fetched_and_not_taken_for_an_error(server, journal, clients):
    # Another machine sent the same rows: same ref.
    server.ledger.temperament = Temperament.REFUSES
    server.ledger.create(lote().ref, lote().payload)
    (outcome,) = send(journal, clients)
    assert outcome.state is LoteState.GERADO
    assert outcome.content == server.ledger.stored[lote().ref][1]


@pytest.mark.parametrize("stored", [True, False])
def test_a_young_journal_looks_before_it_posts(server, journal, clients, stored):
    server.ledger.temperament = Temperament.NEW
    if stored:
        server.ledger.create(lote().ref, lote().payload)
    (outcome,) = send(journal, clients, ask_first=True)
    assert outcome.state is LoteState.GERADO
    assert outcome.content == server.ledger.stored[lote().ref][1]
    assert server.ledger.files == {lote().ref: 1}


def test_a_disk_that_fills_after_the_post_loses_nothing(server, journal, clients, monkeypatch):
    server.ledger.temperament = Temperament.NEW
    record = Journal.record

    def full(self, *args, **options):
        raise Abort("diario-disco-cheio", pasta="diario")

    monkeypatch.setattr(Journal, "record", full)
    with pytest.raises(Abort):
        send(journal, clients, lote(1), lote(2))
    monkeypatch.setattr(Journal, "record", record)
    with clients_of(server.url) as afterwards:
        (outcome,) = recover(journal, afterwards, AMBIENTE)
    assert outcome.content == server.ledger.stored[lote(1).ref][1]
    assert server.ledger.files == {lote(1).ref: 1}


def test_no_token_and_no_person_is_in_the_log_or_the_journal(server, journal, clients, folder):
    server.ledger.script = [Fault("500", stored=True), Fault("422"), Fault("401")]
    with EventLog(folder / "planilote.log", clock) as log:
        send(journal, clients, lote(1), lote(2), lote(3), log=log)
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert TOKEN.encode() not in written
    assert b"dG9rZW5kZXRlc3Rl" not in written
    lines = (folder / "planilote.log").read_text()
    assert lote(1).ref in lines
    assert "Fulano" not in lines


def interrupted(folder: Path, server: Server, times: int, reading: str) -> int:
    command = json.dumps({"folder": str(folder), "url": server.url})
    run = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.driver", command],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LEITURA": reading},
    )
    while not server.ledger.requests:
        time.sleep(0.02)
    for _ in range(times):
        run.send_signal(signal.SIGINT)
        time.sleep(0.2)
    return run.wait(20)


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_ctrl_c_ends_after_the_answer_in_course_is_stored(server, folder):
    server.ledger.script = [Fault("lento", stored=True)]
    status = interrupted(folder, server, times=1, reading="5")
    assert status != 0
    with Journal(folder / "diario" / "diario.sqlite3", clock) as journal:
        first, second = journal.lotes(AMBIENTE)
    assert (first.state, second.state) == (LoteState.GERADO, LoteState.PREPARADO)
    assert first.content == server.ledger.stored[first.lote.ref][1]
    assert server.ledger.posts() == 1


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
def test_a_second_ctrl_c_ends_at_once_and_the_next_run_asks(server, folder):
    server.ledger.script = [Fault("silencio", stored=True)]
    # It ends long before the answer it no longer waits for could time out.
    status = interrupted(folder, server, times=2, reading="300")
    assert status != 0
    with (
        Journal(folder / "diario" / "diario.sqlite3", clock) as journal,
        clients_of(server.url) as clients,
    ):
        (outcome,) = recover(journal, clients, AMBIENTE)
    assert outcome.state is LoteState.GERADO
    assert server.ledger.files[outcome.lote.ref] == 1
