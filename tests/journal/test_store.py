"""The journal file: what opens, what is refused in one clear sentence, and that nothing is lost."""

import sqlite3
import subprocess
import sys
import threading
from datetime import timedelta
from operator import methodcaller

import pytest

from converter.errors import Abort
from converter.journal import schema
from converter.journal.journal import Journal
from converter.model.outcome import LoteState
from converter.model.wire import Answer
from converter.texts.catalogue import CATALOGUE
from tests.faults.samples import NOW, clock, lote


def aborted(path) -> str:
    with pytest.raises(Abort) as caught, Journal(path, clock):
        pass
    sentence = CATALOGUE[caught.value.code].message.format(**caught.value.details)
    assert str(path.parent) in sentence
    return caught.value.code


def test_what_is_written_is_there_for_the_next_run(path):
    one = lote()
    with Journal(path, clock) as journal:
        journal.prepare("producao", [one])
    with Journal(path, clock) as journal:
        (outcome,) = journal.lotes("producao")
    assert outcome.lote == one
    assert outcome.state is LoteState.PREPARADO
    assert outcome.updated_at == NOW


def test_each_ambiente_is_another_environment(journal):
    assert journal.prepare("producao", [lote()]).ready
    assert journal.prepare("homologacao", [lote()]).ready
    assert journal.lotes("simulado") == ()


def test_a_journal_of_a_newer_version_is_left_as_it_is(path):
    with Journal(path, clock):
        pass
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(schema.STEPS) + 1}")
    connection.close()
    before = path.read_bytes()
    assert aborted(path) == "diario-mais-novo"
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"isto nao e um banco de dados" * 50, b"SQLite format 3\x00" * 99]
)
def test_a_damaged_journal_is_refused_and_not_replaced(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    assert aborted(path) == "diario-danificado"
    assert path.read_bytes() == content


def test_another_programs_database_is_not_taken_over(path):
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE alheia (x)")
    connection.close()
    assert aborted(path) == "diario-danificado"


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "arquivo").write_text("")
    assert aborted(tmp_path / "arquivo" / "diario" / "d.sqlite3") == "diario-somente-leitura"


def test_a_journal_that_cannot_be_written_is_told(journal):
    journal._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(Abort) as caught:
        journal.prepare("producao", [lote()])
    assert caught.value.code == "diario-somente-leitura"


def test_a_full_disk_loses_nothing_that_was_written(path):
    with Journal(path, clock) as journal:
        journal.prepare("producao", [lote(1)])
        pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
        journal._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(Abort) as caught:
            journal.prepare("producao", [lote(number, notas=50) for number in range(2, 60)])
        assert caught.value.code == "diario-disco-cheio"
        assert len(journal.lotes("producao")) == 1
    with Journal(path, clock) as journal:
        assert [one.lote for one in journal.lotes("producao")] == [lote(1)]


def test_every_connection_syncs_its_commits_without_wal(journal):
    pragma = journal._connection.execute
    assert pragma("PRAGMA synchronous").fetchone()[0] == 2
    assert pragma("PRAGMA journal_mode").fetchone()[0] == "truncate"
    assert pragma("PRAGMA foreign_keys").fetchone()[0] == 1


def test_each_step_of_the_schema_leads_to_the_next(tmp_path, monkeypatch):
    path = tmp_path / "d.sqlite3"
    with Journal(path, clock) as journal:
        journal.prepare("producao", [lote()])
    add = methodcaller("execute", "ALTER TABLE lote ADD COLUMN nova TEXT DEFAULT 'x'")
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, add))
    with Journal(path, clock) as journal:
        assert [one.lote for one in journal.lotes("producao")] == [lote()]
        assert schema.version(journal._connection) == len(schema.STEPS)


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "d.sqlite3"
    with Journal(path, clock):
        pass
    good = schema.STEPS

    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE nova (x)")
        connection.execute("SELECT nada FROM nada")

    monkeypatch.setattr(schema, "STEPS", (*good, broken))
    with pytest.raises(sqlite3.OperationalError):
        Journal(path, clock)
    monkeypatch.setattr(schema, "STEPS", good)
    with Journal(path, clock) as journal:
        assert not journal._one("SELECT 1 FROM sqlite_master WHERE name = 'nova'")


def test_a_clock_that_goes_back_changes_no_order(path):
    times = iter(NOW - timedelta(days=number) for number in range(1000))
    with Journal(path, lambda: next(times)) as journal:
        for number in (1, 2, 3):
            journal.prepare("producao", [lote(number)])
        exchange = journal.begin("producao", lote(1).ref)
        journal.record(
            "producao", lote(1).ref, Answer(201, {}, b"x"), exchange=exchange, generated=True
        )
        assert [one.lote for one in journal.lotes("producao")] == [lote(1), lote(2), lote(3)]
        assert journal.outcome("producao", lote(1).ref).content == b"x"


def test_threads_share_a_journal(journal):
    lotes = [lote(number) for number in range(40)]
    journal.prepare("producao", lotes)

    def send(part):
        for one in part:
            exchange = journal.begin("producao", one.ref)
            journal.record(
                "producao", one.ref, Answer(201, {}, one.payload), exchange=exchange, generated=True
            )

    threads = [threading.Thread(target=send, args=(lotes[i::4],)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(one.content == one.lote.payload for one in journal.lotes("producao"))


def test_reading_the_journal_loads_no_http_library():
    code = (
        "import sys, converter.journal.journal, converter.stages.submit, converter.stages.respond;"
        "print('requests' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"
