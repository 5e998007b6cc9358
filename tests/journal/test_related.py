"""Which files belong together, and a journal of version 1 brought to tables."""

import json
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from converter.errors import Abort
from converter.journal import schema
from converter.journal.journal import Journal
from converter.model.origem import Origem
from tests.faults.samples import NOW, clock, lote
from tests.frozen.regenerate import unpack

S = "simulado"


def test_files_are_related_however_far_apart_and_in_one_ambiente_only(journal):
    journal.relate(S, "a.csv", ["b.csv", "a.csv"])
    journal.relate(S, "c.csv", ["b.csv"])
    journal.relate(S, "x.csv", ["y.csv"])
    journal.relate("producao", "a.csv", ["z.csv"])
    assert journal.related_files(S, ["c.csv"]) == {"a.csv", "b.csv", "c.csv"}
    assert journal.related_files(S, ["a.csv", "x.csv"]) == {
        "a.csv",
        "b.csv",
        "c.csv",
        "x.csv",
        "y.csv",
    }
    assert journal.related_files(S, ["só.csv"]) == {"só.csv"}


def test_a_copy_shares_half_of_the_marks_of_the_smaller_file(journal):
    journal.remember_marks(S, "a.csv", ["1", "2", "3", "4"])
    assert journal.marked_like(S, ["1", "2", "8", "9"]) == {"a.csv"}
    assert journal.marked_like(S, ["1", "7", "8", "9"]) == frozenset()
    assert journal.marked_like(S, ["1", "9"]) == {"a.csv"}
    assert journal.marked_like("producao", ["1", "2"]) == frozenset()


def test_a_mark_stays_with_the_file_that_had_it_first(journal):
    journal.remember_marks(S, "a.csv", ["1", "2"])
    journal.remember_marks(S, "b.csv", ["1", "2", "3"])
    assert journal.marked_like(S, ["1"]) == {"a.csv"}
    assert journal.marked_like(S, ["3"]) == {"b.csv"}


def test_a_corrected_row_is_known_while_a_lote_holds_it(journal):
    one = lote(1, arquivo="a_corrigir.xlsx")
    origem = Origem("a.csv", "ab", "a", 7)
    journal.remember_corrected(S, {origem: one.notas[0].identity})
    assert journal.corrected_rows(S, ["a.csv"]) == ()
    journal.prepare(S, [one])
    (found,) = journal.corrected_rows(S, ["a.csv", "b.csv"])
    assert (found.origem, found.claim.arquivo) == (origem, "a_corrigir.xlsx")
    assert journal.corrected_rows(S, ["b.csv"]) == ()
    journal.discard_unsent(S)
    assert journal.corrected_rows(S, ["a.csv"]) == ()


def test_whole_lotes_are_those_remembered_last(journal):
    journal.remember_whole(S, "ab", ["pl1", "pl2"])
    journal.remember_whole(S, "ab", ["pl2"])
    assert journal.whole_lotes(S, ["ab", "cd"]) == {"ab": {"pl2"}, "cd": frozenset()}


def test_what_is_known_already_is_not_written_again(journal):
    for _ in range(2):
        journal.relate(S, "a.csv", ["b.csv"])
        journal.remember_source_names(S, {"ab": "a.csv"})
        journal.remember_marks(S, "a.csv", ["1"])
        journal.remember_whole(S, "ab", ["pl1"])
        changes = journal._connection.total_changes
    journal.relate(S, "b.csv", ["a.csv"])
    assert journal._connection.total_changes == changes
    assert journal.source_name(S, "ab") == "a.csv"


def test_a_journal_of_version_1_keeps_every_kind_of_fact(tmp_path: Path) -> None:
    path = unpack(tmp_path) / "diario" / "diario.sqlite3"
    kept = sqlite3.connect(path).execute("SELECT key, value FROM memory").fetchall()
    with Journal(path, lambda: NOW + timedelta(days=1)) as journal:
        assert schema.version(journal._connection) == len(schema.STEPS)
        assert journal.related_files(S, ["b.csv"]) == {"a.csv", "b.csv"}
        for key, value in kept:
            prefix, _, rest = key.partition("/")
            _, _, name = rest.partition("/")
            if prefix == "bytes":
                assert journal.source_name(S, name) == value
            elif prefix == "marca":
                assert journal.marked_like(S, [name]) <= {json.loads(value)[0]}
            elif prefix == "ao-lado":
                assert journal.whole_lotes(S, [name]) == {name: set(json.loads(value))}
        (corrected,) = journal.corrected_rows(S, ["bytes.xlsx"])
        assert corrected.origem.row == 2
        assert set(journal.municipios()) == {"3505708", "3547304"}
        assert journal.municipio_is_recent("3505708", timedelta(days=30))
        assert list(journal.header_mappings().values()) == ["padrao"]
        assert journal.has_sent_all(S)
        assert not journal.has_sent_all("producao")


def test_names_with_slashes_and_quotes_keep_their_rows(tmp_path: Path) -> None:
    path = unpack(tmp_path) / "diario" / "diario.sqlite3"
    name = '2026/ju"n/açaí".csv'
    with sqlite3.connect(path) as connection:
        (identity,) = connection.execute("SELECT identity FROM claim LIMIT 1").fetchone()
        connection.executemany(
            "INSERT INTO memory VALUES (?, ?, '2026-11-22T00:00:00+00:00')",
            [
                (f"corrigida/simulado/{json.dumps(name)}/{'0' * 64}/3/Aba/1", identity),
                (f"parentes/simulado/{name}", json.dumps(["x.csv"])),
            ],
        )
    connection.close()
    with Journal(path, clock) as journal:
        (found,) = journal.corrected_rows(S, [name])
        assert found.origem == Origem(name, "0" * 64, "Aba/1", 3)
        assert journal.related_files(S, [name]) == {name, "x.csv"}


def test_a_journal_of_version_1_that_cannot_be_brought_over_stays_as_it_was(
    tmp_path: Path,
) -> None:
    path = unpack(tmp_path) / "diario" / "diario.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO memory VALUES ('parentes/simulado/x', 'não é JSON', '')")
    connection.close()
    before = shutil.copy(path, tmp_path / "antes")
    with pytest.raises(Abort, match="danificado"):
        Journal(path, clock)
    assert path.read_bytes() == before.read_bytes()
