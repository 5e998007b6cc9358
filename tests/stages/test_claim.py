"""What the journal is told of a file: files it is related to, rows given back, its new lotes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from converter.journal.journal import Journal
from converter.model.fate import Fate
from converter.model.filerun import Content, InMemory, Source, Understood
from converter.model.history import FileHistory, Learnt, RowHistory
from converter.model.notas import Lote
from converter.model.origem import Origem
from converter.model.rows import RowRef
from converter.model.wire import Answer
from converter.stages.claim import as_decided, claim
from tests.faults.samples import clock, lote
from tests.history.rows import content, key, sheet

S = "simulado"
NEW = FileHistory([[RowHistory.NEW] * 2])


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "d.sqlite3", clock) as opened:
        yield opened


def file(*, rejected: Sequence[int] = (), origins: Mapping[int, Origem] | None = None) -> Content:
    rows = sheet(key(), key(), identity=[nota.identity for nota in lote().notas])
    return content(rows, rejected=rejected, origins=origins)


def told(
    journal: Journal,
    known: Content,
    *lotes: Lote,
    fates: Sequence[Fate] = (Fate.PRONTA, Fate.PRONTA),
    **learnt: Any,
) -> tuple[Sequence[Lote], Sequence[str]]:
    history = replace(NEW, refs=("plantes",), learnt=Learnt(**learnt))
    return claim(journal, S, (), known, history, [fates], lotes)


def generated(journal: Journal, one: Lote) -> Lote:
    journal.prepare(S, [one])
    exchange = journal.begin(S, one.ref)
    answer = Answer(201, {}, b"x")
    journal.record(S, one.ref, answer, exchange=exchange, generated=True)
    return one


def test_its_new_lotes_claim_their_rows(journal: Journal) -> None:
    ready, _ = told(journal, file(), lote())
    assert ready == (lote(),)
    assert len(journal.claims_on(S, [nota.identity for nota in lote().notas])) == 2


def test_related_files_and_names_of_sources_are_remembered(journal: Journal) -> None:
    told(journal, file(origins={2: Origem("fonte.csv", "ab", "x", 9)}), related={"b.csv"})
    assert journal.related_files(S, ["a.csv"]) == {"a.csv", "b.csv"}
    assert journal.source_name(S, "ab") == "fonte.csv"


def test_lotes_that_moved_here_are_the_files_own(journal: Journal) -> None:
    one = generated(journal, lote(arquivo="antigo.csv"))
    places = {one.ref: {one.notas[0].identity: RowRef("Nova", 7)}}
    told(journal, file(), moved=places)
    found = journal.outcome(S, one.ref).lote
    assert (found.arquivo, found.notas[0].planilha, found.notas[0].row) == ("a.csv", "Nova", 7)


def test_rows_to_be_sent_again_are_given_back(journal: Journal) -> None:
    one = generated(journal, lote())
    first, second = (nota.identity for nota in one.notas)
    told(journal, file(), released={one.ref: [first]})
    assert set(journal.claims_on(S, [first, second])) == {second}


def test_a_row_sent_from_a_workbook_to_correct_is_tied_to_its_origin(journal: Journal) -> None:
    origins = {2: Origem("fonte.csv", "ab", "x", 8), 3: Origem("fonte.csv", "ab", "x", 9)}
    mended = [(origins[2], lote().notas[0].identity), (origins[3], "em nenhum lote")]
    told(journal, file(origins=origins), lote(notas=1), mended=mended)
    (found,) = journal.corrected_rows(S, ["fonte.csv"])
    assert (found.origem.row, found.claim.ref) == (8, lote(notas=1).ref)


@pytest.mark.parametrize("fate", [Fate.REJEITADA, Fate.RETIDA])
def test_lotes_that_are_whole_beside_rows_to_correct_are_remembered(
    journal: Journal, fate: Fate
) -> None:
    known, new = generated(journal, lote()), lote(5)
    version = "sha de a.csv"
    fates = [Fate.EM_LOTE, fate]
    whole = frozenset({"antes"})
    told(journal, file(), new, fates=fates, held={known.ref: 2}, whole=whole)
    assert journal.whole_lotes(S, [version])[version] == {known.ref, new.ref, "antes"}
    told(journal, file(rejected=[3]), fates=fates, held={known.ref: 1})
    assert journal.whole_lotes(S, [version])[version] == set()


def test_where_nothing_is_to_correct_no_lote_is(journal: Journal) -> None:
    told(journal, file(), lote())
    assert journal.whole_lotes(S, ["sha de a.csv"]) == {"sha de a.csv": frozenset()}


def test_what_is_decided_knows_every_lote_of_the_file(journal: Journal) -> None:
    known = generated(journal, lote(7))
    ready, refs = told(journal, file(), known, lote())
    assert refs == ("plantes", known.ref, lote().ref)
    phase = Understood(InMemory(Source()), InMemory(file()), InMemory(()))
    found = as_decided(phase, replace(NEW, left=True), [[Fate.PRONTA] * 2], ready, refs)
    assert (found.ready, found.refs, found.history) == ((lote(),), refs, FileHistory(left=True))
