from datetime import timedelta

from converter.journal.journal import Journal
from converter.journal.seen import SeenFile
from converter.model.wire import Answer
from tests.faults.samples import NOW, lote


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


def test_what_a_city_asks_is_remembered_until_it_is_too_old(tmp_path):
    now, day = [NOW], timedelta(days=1)
    with Journal(tmp_path / "d.sqlite3", lambda: now[0]) as journal:
        journal.remember_municipio("3505708", "{}")
        assert journal.municipio_is_recent("3505708", day)
        for away in (timedelta(days=2), timedelta(days=-2)):
            now[0] = NOW + away
            assert not journal.municipio_is_recent("3505708", day)
        assert journal.municipios() == {"3505708": "{}"}
        assert not journal.municipio_is_recent("3550308", day)
        journal.remember_municipio("3505708", "[]")
        assert journal.municipios() == {"3505708": "[]"}
