"""Files known by their rows: copies, renamed ones, those made to correct others."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from converter.history.corrections import Corrections, rows_in_lotes
from converter.history.related_files import introduce, marks, related_now
from converter.history.renames import copied_from, lotes_here, moved
from converter.history.sent_rows import SentRows
from converter.journal.journal import Journal
from converter.journal.related import CorrectedRow
from converter.model.filerun import FileRun, InMemory, Source, Understood
from converter.model.origem import Origem
from converter.model.rows import Place, RowKey, RowRef
from tests.faults.samples import clock, lote
from tests.history.rows import OUTRO, claim, content, key, sheet

S = "simulado"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "d.sqlite3", clock) as opened:
        yield opened


class Sent(SentRows):
    """Rows sent as they are told here, by identity."""

    def __init__(self, **keys: RowKey) -> None:
        self._keys = keys

    def read(self, claims: object) -> None:
        """All is told."""

    def key(self, claim: object) -> RowKey:
        return self._keys[claim.identity]  # type: ignore[attr-defined]  # a claim


@pytest.mark.parametrize(("held", "is_here"), [(1, False), (2, True), (4, True)])
def test_a_lote_is_here_with_half_of_its_rows(journal: Journal, held: int, is_here: bool) -> None:
    one = lote(notas=4)
    journal.prepare(S, [one])
    claims = journal.claims_on(S, [nota.identity for nota in one.notas[:held]])
    assert set(lotes_here(journal, S, "b.csv", claims)) == ({one.ref} if is_here else set())
    assert lotes_here(journal, S, one.arquivo, claims) == {}


def test_a_lote_that_moves_stands_where_its_rows_stand_now() -> None:
    here = content(sheet(key(), planilha="Nova"), arquivo="b.csv")
    old = claim("id2", arquivo="a.csv", row=7)
    comes = moved(here, {"pl1": [old]})
    assert comes.sources == {"a.csv"}
    assert comes.now(old) == replace(old, arquivo="b.csv", planilha="Nova", row=2)
    gone = claim("fora", arquivo="a.csv", row=9)
    assert comes.now(gone) == replace(gone, arquivo="b.csv", planilha="Nova")
    other = claim("id3", ref="pl2")
    assert comes.now(other) == other


def test_a_file_is_a_copy_by_half_of_its_rows_or_of_rows_edited_in_one_thing(
    journal: Journal,
) -> None:
    far = key(documento=OUTRO, dia="2026-09-09")
    rows = sheet(key(), key(valor="7.00"), far, far)
    theirs = {"id2": claim("id2", arquivo="b.csv")}
    one = lote(notas=1, arquivo="b.csv")
    journal.prepare(S, [one])
    (gone,) = (nota.identity for nota in one.notas)
    sent = Sent(**{gone: key()})
    assert copied_from(journal, S, content(rows), theirs, sent) == ("b.csv",)
    assert copied_from(journal, S, content(rows), {}, sent) == ()
    unlike = Sent(**{gone: key(dia="2026-09-20")})
    assert copied_from(journal, S, content(rows), theirs, unlike) == ()
    half = theirs | {"id3": claim("id3", arquivo="b.csv")}
    assert copied_from(journal, S, content(rows), half, unlike) == ("b.csv",)
    # A row that is theirs counts once, however like it the one that is gone.
    once = content(sheet(key(), far, far, far))
    assert copied_from(journal, S, once, theirs, sent) == ()


ORIGEM = Origem("a.csv", "sha de a.csv", "Notas", 2)
SENT = claim("certa", arquivo="a_corrigir.xlsx")


def corrected(*rows: CorrectedRow) -> Corrections:
    return Corrections(rows or [CorrectedRow(ORIGEM, SENT)])


def test_a_row_of_the_very_bytes_that_were_corrected_was_sent() -> None:
    file = content(sheet(key(valor="")), rejected=[2])
    assert corrected().sent_rows(file, set(), Sent()) == {RowRef("Notas", 2): SENT}
    assert corrected().sent_rows(file, {"id2"}, Sent()) == {}
    assert Corrections([]).sent_rows(file, set(), Sent()) == {}


@pytest.mark.parametrize(
    ("row", "rejected", "sent"),
    [
        (key(valor=""), True, True),
        (key(valor="7.00"), True, False),
        (key(documento="", valor="", texto=""), True, False),
        (key(valor=""), False, False),
    ],
)
def test_a_row_in_error_that_says_what_was_sent_from_its_place_was_sent(
    row: RowKey, rejected: bool, sent: bool
) -> None:
    file = replace(content(sheet(row), rejected=[2] if rejected else []), sha256="outra versão")
    found = corrected().sent_rows(file, set(), Sent(certa=key()))
    assert bool(found) is sent


def test_a_second_copy_of_a_corrected_row_was_sent_too() -> None:
    copy = content(sheet(key(valor="")), arquivo="outra.xlsx", origins={2: ORIGEM})
    assert corrected().sent_rows(copy, set(), Sent()) == {RowRef("Notas", 2): SENT}
    own = replace(copy, arquivo="a_corrigir.xlsx")
    assert corrected().sent_rows(own, set(), Sent()) == {}


def test_only_the_first_correction_of_a_row_is_remembered() -> None:
    copy = content(sheet(key(), key()), origins={2: ORIGEM, 3: replace(ORIGEM, row=3)})
    assert corrected().missing(copy) == [(replace(ORIGEM, row=3), "id3")]
    assert corrected().places == {"certa": [Place("a.csv", "Notas", 2)]}


def test_a_lote_is_counted_by_the_good_rows_it_has_here() -> None:
    file = content(sheet(key(), key(), key()), rejected=[3])
    claims = {f"id{row}": claim(f"id{row}") for row in (2, 3, 4)}
    assert rows_in_lotes(file, claims) == {"pl1": 2}


def test_marks_are_the_smallest_identities() -> None:
    names = [f"{number:03d}" for number in range(60)]
    found = marks([sheet(*[key()] * 60, identity=names)])
    assert found == set(names[:50])


def waiting(name: str, *, mended: bool = False, to_mend: bool = False) -> FileRun[Understood]:
    file = content(sheet(key(), key()), arquivo=name)
    phase = Understood(
        InMemory(Source()), InMemory(file), InMemory(()),
        mended=mended, to_mend=to_mend, marks=marks(file.rows),
    )  # fmt: skip
    return FileRun(name, name, name, phase)


def test_copies_with_rows_to_correct_are_introduced(journal: Journal) -> None:
    introduce(journal, S, [waiting("a.csv", to_mend=True), waiting("b.csv", to_mend=True)])
    assert journal.related_files(S, ["a.csv"]) == {"a.csv", "b.csv"}


def test_copies_without_any_are_introduced_where_a_corrected_workbook_waits(
    journal: Journal,
) -> None:
    introduce(journal, S, [waiting("a.csv"), waiting("b.csv")])
    assert journal.related_files(S, ["a.csv"]) == {"a.csv"}
    introduce(journal, S, [waiting("a.csv"), waiting("b.csv"), waiting("c.xlsx", mended=True)])
    assert journal.related_files(S, ["a.csv"]) == {"a.csv", "b.csv"}


def test_a_file_is_related_by_its_rows_origins_bytes_and_marks(journal: Journal) -> None:
    journal.remember_source_names(S, {"sha de a.csv": "antigo.csv"})
    journal.remember_marks(S, "parecido.csv", ["id2"])
    file = content(sheet(key()), origins={2: replace(ORIGEM, arquivo="fonte.csv")})
    found = related_now(journal, S, file, {"cópia.csv"})
    assert found == {"antigo.csv", "parecido.csv", "fonte.csv", "cópia.csv"}
