from datetime import timedelta

from converter.journal.journal import Journal
from converter.journal.seen import SeenFile
from converter.model.wire import Answer
from tests.falhas.samples import NOW, lote


def test_a_file_is_stale_once_a_lote_it_speaks_of_has_changed(journal):
    one, other = lote(1), lote(2)
    journal.prepare("simulado", [one, other])
    seen = SeenFile("a.xlsx", "ab", "cd", {"saida/a.xlsx": "ef"}, (one.ref,), '{"x": 1}')
    journal.see("simulado", [seen])
    assert journal.files("simulado") == {"a.xlsx": seen}
    journal.begin("simulado", other.ref)
    assert not journal.files("simulado")["a.xlsx"].stale
    exchange = journal.begin("simulado", one.ref)
    journal.record("simulado", one.ref, Answer(201, {}, b"x"), exchange=exchange, generated=True)
    assert journal.files("simulado")["a.xlsx"].stale


def test_a_file_whose_lote_was_forgotten_is_stale(journal):
    journal.prepare("simulado", [lote(1)])
    journal.see("simulado", [SeenFile("a.xlsx", "ab", "cd", refs=(lote(1).ref,))])
    journal.discard_unsent("simulado")
    assert journal.files("simulado")["a.xlsx"].stale


def test_a_fact_is_remembered_until_it_is_too_old(tmp_path):
    now = [NOW]
    with Journal(tmp_path / "d.sqlite3", lambda: now[0]) as journal:
        journal.remember("municipio:3505708", "{}")
        assert journal.recall("municipio:3505708", timedelta(days=1)) == "{}"
        now[0] = NOW + timedelta(days=2)
        assert journal.recall("municipio:3505708", timedelta(days=1)) is None
        assert journal.recall("municipio:3505708") == "{}"
        now[0] = NOW - timedelta(days=2)
        assert journal.recall("municipio:3505708", timedelta(days=1)) is None
        assert journal.recall("outro") is None
        journal.remember("municipio:3505708", "[]")
        assert journal.recall("municipio:3505708") == "[]"
