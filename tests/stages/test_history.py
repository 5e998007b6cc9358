"""What the journal is told of a file: files it is related to, rows given back, its new lotes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from converter.history.corrections import Corrections
from converter.history.match_history import FileHistory, Known
from converter.history.renames import Moved
from converter.history.sent_rows import SentRows
from converter.journal.claims import Prepared
from converter.journal.journal import Journal
from converter.model.fate import Fate, RowHistory
from converter.model.filerun import Content, Decision, InMemory, Source, Understood
from converter.model.notas import Lote
from converter.model.origem import Origem
from converter.model.rows import RowRef
from converter.model.wire import Answer
from converter.stages.history import claim, decided
from tests.faults.samples import clock, lote
from tests.history.rows import content, key, sheet

S = "simulado"
NOTHING = Known(
    claims={},
    corrected={},
    gone=(),
    sent=SentRows(Journal.__new__(Journal), S),
    moved=Moved("a.csv"),
    copies=(),
    related=frozenset(),
    files=frozenset(),
    corrections=Corrections([]),
    whole={},
)
NEW = FileHistory([[RowHistory.NEW] * 2], Decision(), refs=(), released={}, known=NOTHING)


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
    released: Mapping[str, Sequence[str]] = MappingProxyType({}),
    **knowledge: Any,
) -> Prepared:
    history = replace(NEW, released=released, known=replace(NOTHING, **knowledge))
    return claim(journal, S, (), known, history, [fates], lotes)


def generated(journal: Journal, one: Lote) -> Lote:
    journal.prepare(S, [one])
    exchange = journal.begin(S, one.ref)
    answer = Answer(201, {}, b"x")
    journal.record(S, one.ref, answer, exchange=exchange, generated=True)
    return one


def test_its_new_lotes_claim_their_rows(journal: Journal) -> None:
    made = told(journal, file(), lote())
    assert made.ready == (lote(),)
    assert len(journal.claims(S, [nota.identity for nota in lote().notas])) == 2


def test_related_files_and_names_of_sources_are_remembered(journal: Journal) -> None:
    told(journal, file(origins={2: Origem("fonte.csv", "ab", "x", 9)}), related={"b.csv"})
    assert journal.related_files(S, ["a.csv"]) == {"a.csv", "b.csv"}
    assert journal.source_name(S, "ab") == "fonte.csv"


def test_lotes_that_moved_here_are_the_files_own(journal: Journal) -> None:
    one = generated(journal, lote(arquivo="antigo.csv"))
    places = {one.ref: {one.notas[0].identity: RowRef("Nova", 7)}}
    told(journal, file(), moved=Moved("a.csv", frozenset(), places))
    found = journal.outcome(S, one.ref).lote
    assert (found.arquivo, found.notas[0].planilha, found.notas[0].row) == ("a.csv", "Nova", 7)


def test_rows_to_be_sent_again_are_given_back(journal: Journal) -> None:
    one = generated(journal, lote())
    first, second = (nota.identity for nota in one.notas)
    told(journal, file(), released={one.ref: [first]})
    assert set(journal.claims(S, [first, second])) == {second}


def test_a_row_sent_from_a_workbook_to_correct_is_tied_to_its_origin(journal: Journal) -> None:
    origins = {2: Origem("fonte.csv", "ab", "x", 8), 3: Origem("fonte.csv", "ab", "x", 9)}
    told(journal, file(origins=origins), lote(notas=1))
    (found,) = journal.corrected_rows(S, ["fonte.csv"])
    assert (found.origem.row, found.claim.ref) == (8, lote(notas=1).ref)


@pytest.mark.parametrize("fate", [Fate.REJEITADA, Fate.RETIDA])
def test_lotes_that_are_whole_beside_rows_to_correct_are_remembered(
    journal: Journal, fate: Fate
) -> None:
    known, new = generated(journal, lote()), lote(5)
    claims = journal.claims(S, [nota.identity for nota in known.notas])
    version = "sha de a.csv"
    fates = [Fate.EM_LOTE, fate]
    told(journal, file(), new, fates=fates, claims=claims, whole={"ab": frozenset({"antes"})})
    assert journal.whole_lotes(S, [version])[version] == {known.ref, new.ref, "antes"}
    told(journal, file(rejected=[3]), fates=fates, claims=claims)
    assert journal.whole_lotes(S, [version])[version] == set()


def test_where_nothing_is_to_correct_no_lote_is(journal: Journal) -> None:
    told(journal, file(), lote())
    assert journal.whole_lotes(S, ["sha de a.csv"]) == {"sha de a.csv": frozenset()}


def test_what_is_decided_knows_every_lote_of_the_file(journal: Journal) -> None:
    known = generated(journal, lote(7))
    made = told(journal, file(), known, lote())
    history = replace(NEW, refs=("plantes", known.ref), decision=Decision(left=True))
    phase = Understood(InMemory(Source()), InMemory(file()), InMemory(()))
    found = decided(phase, history, [[Fate.PRONTA] * 2], made)
    assert found.refs == ("plantes", known.ref, lote().ref)
    assert (found.ready, found.decision.left) == ((lote(),), True)
