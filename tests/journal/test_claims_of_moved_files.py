"""Lotes of a file that has another name now, rows given back, and who holds them since."""

import pytest

from converter.journal.journal import Journal
from converter.model.notas import Lote
from converter.model.outcome import NotaAnswer, Situacao
from converter.texts.catalogue import own_message
from tests.faults.samples import lote
from tests.journal.test_claims import PRODUCAO, generate, identities


def places(journal: Journal, ref: str) -> list[tuple[str, int]]:
    return [(nota.planilha, nota.row) for nota in journal.outcome(PRODUCAO, ref).lote.notas]


def answered(journal: Journal, one: Lote, answers: list[NotaAnswer]) -> None:
    pending = journal.begin_return(PRODUCAO, one.ref, "a.ret", b"a")
    told = own_message("nota-em-dois-lotes")
    journal.answered(PRODUCAO, one.ref, pending.exchange, answers, clash=told, cancelled=told)


def test_an_adopted_lote_is_of_the_new_file_and_its_rows_stand_where_they_stand_there(
    journal: Journal,
) -> None:
    one, other = lote(1), lote(2)
    journal.prepare(PRODUCAO, [one, other])
    journal.adopt(PRODUCAO, one.ref, "b.xlsx", {one.notas[0].identity: ("Outubro", 9)})
    assert journal.outcome(PRODUCAO, one.ref).lote.arquivo == "b.xlsx"
    # A row the new file has not keeps its number, in the sheet that stands for its own.
    assert places(journal, one.ref) == [("Outubro", 9), ("Outubro", one.notas[1].row)]
    assert {claim.ref for claim in journal.claims_of_file(PRODUCAO, "b.xlsx")} == {one.ref}
    assert places(journal, other.ref) == [(nota.planilha, nota.row) for nota in other.notas]


def test_a_file_is_looked_at_again_after_its_lotes_were_adopted(journal: Journal) -> None:
    def revision() -> int:
        found = journal._connection.execute("SELECT revision FROM lote").fetchone()
        return int(found[0])

    one = lote(1)
    journal.prepare(PRODUCAO, [one])
    before = revision()
    journal.adopt(PRODUCAO, one.ref, "b.xlsx", {})
    assert revision() > before


def test_a_lote_that_was_never_sent_is_prepared_again_as_it_is_now(journal: Journal) -> None:
    one = lote(1)
    journal.prepare(PRODUCAO, [one])
    assert journal.prepare(PRODUCAO, [one]).ready == (one,)
    assert set(journal.claims_on(PRODUCAO, identities(one))) == set(identities(one))
    assert len(journal.outcome(PRODUCAO, one.ref).lote.notas) == 2


def test_what_was_given_back_is_no_refusal_of_the_prefeituras(journal: Journal) -> None:
    one = lote(1, notas=3)
    journal.prepare(PRODUCAO, [one])
    generate(journal, one)
    journal.release(PRODUCAO, one.ref, identities(one)[1:2])
    said = (Situacao.AUTORIZADA, Situacao.RECUSADA)
    answered(journal, one, [NotaAnswer(1, said[0], "7"), NotaAnswer(3, said[1])])
    assert [claim.ordem for claim in journal.refused(PRODUCAO, "a.xlsx")] == [3]
    assert journal.refused(PRODUCAO, "b.xlsx") == ()


@pytest.mark.parametrize("rows", [[0], [1], [0, 1]])
def test_a_lote_that_holds_what_another_gave_back_takes_its_place(
    journal: Journal, rows: list[int]
) -> None:
    one, later = lote(1), lote(1, notas=3)
    journal.prepare(PRODUCAO, [one])
    generate(journal, one)
    assert journal.replacements(PRODUCAO) == {}
    journal.release(PRODUCAO, one.ref)
    journal.prepare(PRODUCAO, [later])
    assert journal.replacements(PRODUCAO) == {one.ref: (later.ref,)}
    assert journal.sizes(PRODUCAO, [one.ref, later.ref]) == {later.ref: 3}
    journal.release(PRODUCAO, later.ref, [identities(later)[row] for row in rows])
    assert journal.sizes(PRODUCAO, [later.ref]) == {later.ref: 3 - len(rows)}
