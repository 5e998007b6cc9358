"""What the prefeitura says, kept: rows given back and taken, notes cancelled, old journals."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

import pytest

from converter.journal.cancellations import Cancellations
from converter.journal.journal import Journal
from converter.journal.lotes import Lotes
from converter.journal.returns import PendingReturn, ReturnResult, Returns
from converter.journal.steps.contents import migrate_contents
from converter.journal.steps.facts import migrate_facts
from converter.model.notas import Lote
from converter.model.outcome import LoteState, Message, NotaAnswer, Situacao
from converter.model.wire import Answer
from tests.faults.samples import lote

S = "simulado"
CLASH, GONE = Message("choque", "tomada por outro lote"), Message("cancelada", "cancelada")


def issued(journal: Journal, number: int = 1) -> Lote:
    one = lote(number)
    journal.prepare(S, [one])
    exchange = journal.begin(S, one.ref)
    journal.record(S, one.ref, Answer(201, {}, b"x", framed=True), exchange=exchange)
    journal.generate(S, one.ref, exchange)
    return one


def speak(journal: Journal, one: Lote, *situacoes: Situacao, name: str = "r") -> PendingReturn:
    pending = journal.begin_return(S, one.ref, name, name.encode())
    said = [NotaAnswer(ordem, each, "9") for ordem, each in enumerate(situacoes, 1)]
    journal.answered(S, one.ref, pending.exchange, said, clash=CLASH, cancelled=GONE)
    return pending


def claimed(journal: Journal, one: Lote) -> list[bool]:
    known = journal.claims_on(S, [nota.identity for nota in one.notas])
    return [nota.identity in known for nota in one.notas]


def test_a_refused_note_gives_its_row_back_and_an_accepted_one_keeps_it(journal: Journal) -> None:
    one = issued(journal)
    speak(journal, one, Situacao.AUTORIZADA, Situacao.RECUSADA)
    assert claimed(journal, one) == [True, False]
    assert journal.outcome(S, one.ref).state is LoteState.RESPONDIDO
    speak(journal, one, Situacao.AUTORIZADA, Situacao.AUTORIZADA, name="r2")
    assert claimed(journal, one) == [True, True]


def test_the_same_bytes_are_not_posted_twice(journal: Journal) -> None:
    one = issued(journal)
    assert speak(journal, one, Situacao.AUTORIZADA, Situacao.AUTORIZADA).exchange
    again = journal.begin_return(S, one.ref, "outro nome", b"r")
    assert again.result is ReturnResult.LIDO
    assert journal.return_refs(S, b"r") == (one.ref,)
    assert journal.return_ambientes(b"r") == {S}
    assert journal.return_refs("producao", b"r") == ()


def test_answers_of_several_files_stand_side_by_side(journal: Journal) -> None:
    one = issued(journal)
    speak(journal, one, Situacao.AUTORIZADA)
    answers = journal.outcome(S, one.ref).answers
    assert [answer.ordem for answer in answers] == [1]
    assert issubclass(Journal, (Lotes, Returns, Cancellations))


def test_a_cancelled_note_is_cancelled_in_the_lote_that_issued_it(journal: Journal) -> None:
    one = issued(journal)
    speak(journal, one, Situacao.AUTORIZADA, Situacao.AUTORIZADA)
    other = replace(one, ref="pl" + "0" * 30)
    journal.begin_cancelling(S, other, one.ref, b"arquivo")
    assert set(journal.being_cancelled(S, one.ref).values()) == {other.ref}
    assert journal.cancellations_today(S, one.prestador) == 1
    speak(journal, other, Situacao.CANCELADA, Situacao.RECUSADA, name="c")
    told = [answer.situacao for answer in journal.outcome(S, one.ref).answers]
    assert told == [Situacao.CANCELADA, Situacao.AUTORIZADA]
    assert journal.being_cancelled(S, one.ref) == {}
    assert claimed(journal, one) == [True, True]


@pytest.fixture
def facts() -> Iterator[sqlite3.Connection]:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE memory (key TEXT, value TEXT, at TEXT)")
        yield connection


def test_facts_of_version_1_move_to_tables_of_their_own(facts: sqlite3.Connection) -> None:
    rows = [
        ("mapeamento/abc/", "meu", "2026"),
        ("parentes/simulado/a.csv", '["b.csv", "c.csv"]', "2026"),
        ('corrigida/simulado/"a/b.csv"/ff/7/Aba/1', "id", "2026"),
    ]
    facts.executemany("INSERT INTO memory VALUES (?, ?, ?)", rows)
    migrate_facts(facts)
    assert facts.execute("SELECT * FROM header_mapping").fetchall() == [("abc", "meu")]
    assert len(facts.execute("SELECT * FROM related_file").fetchall()) == 2
    (moved,) = facts.execute("SELECT arquivo, sha256, planilha, row FROM corrected_row").fetchall()
    assert moved == ("a/b.csv", "ff", "Aba/1", 7)
    with pytest.raises(sqlite3.OperationalError):
        facts.execute("SELECT * FROM memory")


def test_a_journal_that_is_none_of_ours_is_not_moved(facts: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError):
        migrate_contents(facts)
