"""A row belongs to one lote at a time."""

import sqlite3
from dataclasses import replace

import pytest

from converter.journal.claims import RowClaims
from converter.model.outcome import LoteState, Message, NotaAnswer, Situacao
from converter.model.wire import Answer, Fault
from converter.texts.catalogue import own_message
from tests.faults.samples import lote

PRODUCAO = "producao"


def generate(journal, one, content=b"arquivo") -> None:
    exchange = journal.begin(PRODUCAO, one.ref)
    journal.record(PRODUCAO, one.ref, Answer(201, {}, content), exchange=exchange, generated=True)


def refuse(journal, one, *, circumstance=False) -> None:
    exchange = journal.begin(PRODUCAO, one.ref)
    journal.record(PRODUCAO, one.ref, Answer(422, {}, b"{}"), exchange=exchange)
    journal.settle(
        PRODUCAO,
        one.ref,
        LoteState.RECUSADO,
        (Message("x", "não"),),
        proven=True,
        circumstance=circumstance,
    )


def identities(one) -> list[str]:
    return [nota.identity for nota in one.notas]


def test_a_claim_points_at_the_rows_first_appearance(journal):
    one = lote(3)
    journal.prepare(PRODUCAO, [one])
    found = journal.claims_on(PRODUCAO, [*identities(one), "outra"])
    assert set(found) == set(identities(one))
    claim = found[one.notas[1].identity]
    assert (claim.ref, claim.arquivo, claim.planilha, claim.row, claim.ordem) == (
        one.ref,
        "a.xlsx",
        "Planilha1",
        302,
        2,
    )
    assert claim.state is LoteState.PREPARADO
    assert [one.row for one in journal.claims_of_file(PRODUCAO, "a.xlsx")] == [301, 302]


def test_a_lote_with_a_row_already_taken_is_not_prepared(journal):
    one, more = lote(1), lote(1, notas=3, arquivo="b.xlsx")
    journal.prepare(PRODUCAO, [one])
    made = journal.prepare(PRODUCAO, [more])
    assert made.ready == ()
    assert made.known == ()
    assert len(journal.lotes(PRODUCAO)) == 1


def test_two_lotes_of_one_call_cannot_share_a_row_either(journal):
    made = journal.prepare(PRODUCAO, [lote(1), lote(1, notas=3)])
    assert made.ready == (lote(1),)


def test_the_table_itself_refuses_a_second_claim(journal, monkeypatch):
    journal.prepare(PRODUCAO, [lote(1)])
    monkeypatch.setattr(RowClaims, "claims_on", lambda *_: {})
    with pytest.raises(sqlite3.IntegrityError):
        journal.prepare(PRODUCAO, [lote(1, notas=3)])
    assert len(journal.lotes(PRODUCAO)) == 1


def test_a_lote_already_sent_comes_back_as_it_stands(journal):
    one = lote()
    journal.prepare(PRODUCAO, [one])
    generate(journal, one)
    made = journal.prepare(PRODUCAO, [replace(one, arquivo="copia.xlsx")])
    assert made.ready == ()
    assert [outcome.state for outcome in made.known] == [LoteState.GERADO]


def test_a_refused_lote_gives_its_rows_back_and_goes_again_only_when_asked(journal):
    one = lote()
    journal.prepare(PRODUCAO, [one])
    refuse(journal, one)
    assert journal.claims_on(PRODUCAO, identities(one)) == {}
    known = journal.prepare(PRODUCAO, [one])
    assert (known.ready, known.known[0].state) == ((), LoteState.RECUSADO)
    assert known.known[0].messages == (Message("x", "não"),)
    assert journal.prepare(PRODUCAO, [one], resend={one.ref}).ready == (one,)
    assert len(journal.claims_on(PRODUCAO, identities(one))) == 2


def test_a_refused_lote_that_goes_again_begins_anew_from_where_its_rows_are_now(journal):
    one = lote()
    journal.prepare(PRODUCAO, [one])
    refuse(journal, one, circumstance=True)
    moved = replace(one, arquivo="b.xlsx")
    journal.prepare(PRODUCAO, [moved])
    again = journal.outcome(PRODUCAO, one.ref)
    assert (again.lote, again.state, again.messages) == (moved, LoteState.PREPARADO, ())
    refuse(journal, one)
    assert journal.prepare(PRODUCAO, [one]).ready == ()


@pytest.mark.parametrize("state", [LoteState.ENVIANDO, LoteState.DESCONHECIDO])
def test_rows_that_may_be_at_the_api_stay_with_their_lote(journal, state):
    one = lote()
    journal.prepare(PRODUCAO, [one])
    journal.begin(PRODUCAO, one.ref)
    if state is LoteState.DESCONHECIDO:
        journal.settle(PRODUCAO, one.ref, state)
    with pytest.raises(RuntimeError, match="may be at the API"):
        journal.release(PRODUCAO, one.ref, identities(one))
    assert set(journal.claims_on(PRODUCAO, identities(one))) == set(identities(one))


def test_a_refusal_for_circumstances_goes_again_by_itself(journal):
    one = lote()
    journal.prepare(PRODUCAO, [one])
    refuse(journal, one, circumstance=True)
    assert journal.prepare(PRODUCAO, [one]).ready == (one,)


def test_corrected_rows_of_a_refused_lote_go_under_a_new_ref(journal):
    journal.prepare(PRODUCAO, [lote(1)])
    refuse(journal, lote(1))
    corrected = lote(1, notas=3)
    assert journal.prepare(PRODUCAO, [corrected]).ready == (corrected,)


def test_a_lote_never_sent_is_forgotten_and_one_of_doubt_never_is(journal):
    journal.prepare(PRODUCAO, [lote(1), lote(2), lote(3)])
    journal.begin(PRODUCAO, lote(2).ref)
    exchange = journal.begin(PRODUCAO, lote(3).ref)
    fault = Fault("sem-internet", maybe_arrived=False)
    journal.record(PRODUCAO, lote(3).ref, fault, exchange=exchange)
    journal.settle(PRODUCAO, lote(3).ref, LoteState.PREPARADO)
    assert set(journal.discard_unsent(PRODUCAO)) == {lote(1).ref, lote(3).ref}
    assert [one.lote.ref for one in journal.lotes(PRODUCAO)] == [lote(2).ref]
    assert journal.claims_on(PRODUCAO, identities(lote(1))) == {}


@pytest.mark.parametrize(
    "heard",
    [
        None,
        Fault("conexao-caiu", maybe_arrived=True),
        Answer(500, {}, b""),
    ],
)
def test_a_lote_that_may_be_at_the_api_cannot_be_unsent(journal, heard):
    one = lote()
    journal.prepare(PRODUCAO, [one])
    exchange = journal.begin(PRODUCAO, one.ref)
    if heard is not None:
        journal.record(PRODUCAO, one.ref, heard, exchange=exchange)
    with pytest.raises(RuntimeError):
        journal.settle(PRODUCAO, one.ref, LoteState.PREPARADO)
    assert journal.doubtful(PRODUCAO, one.ref)


@pytest.mark.parametrize("state", [LoteState.PREPARADO, LoteState.RECUSADO, LoteState.ENVIANDO])
def test_a_generated_lote_never_goes_back(journal, state):
    one = lote()
    journal.prepare(PRODUCAO, [one])
    generate(journal, one)
    with pytest.raises(RuntimeError):
        journal.settle(PRODUCAO, one.ref, state)


def test_rows_of_an_accepted_lote_are_released_only_by_name(journal):
    one = lote()
    journal.prepare(PRODUCAO, [one])
    generate(journal, one)
    first, second = identities(one)
    assert journal.release(PRODUCAO, one.ref, [first]) == (first,)
    assert set(journal.claims_on(PRODUCAO, [first, second])) == {second}
    assert journal.release(PRODUCAO, one.ref) == (second,)
    with pytest.raises(KeyError):
        journal.release(PRODUCAO, "pl0")


def test_an_import_file_is_named_after_its_ref_and_kind(journal):
    journal.prepare(PRODUCAO, [lote(1), lote(2)])
    generate(journal, lote(1), b"\xef\xbb\xbf <?xml version='1.0'?>")
    generate(journal, lote(2), b"1PMB004")
    names = [one.file_name for one in journal.lotes(PRODUCAO)]
    assert names == [f"{lote(1).ref}.xml", f"{lote(2).ref}.txt"]


def answered(journal, one, name, situacao):
    pending = journal.begin_return(PRODUCAO, one.ref, name, name.encode())
    answers = [NotaAnswer(nota.ordem, situacao, numero="1") for nota in one.notas]
    journal.answered(
        PRODUCAO,
        one.ref,
        pending.exchange,
        answers,
        clash=own_message("nota-em-dois-lotes"),
        cancelled=own_message("nota-cancelada-por-arquivo"),
    )


def test_rows_refused_by_the_prefeitura_are_free_and_come_back_with_a_later_file(journal):
    one = lote()
    journal.prepare(PRODUCAO, [one])
    generate(journal, one)
    answered(journal, one, "a.err", Situacao.RECUSADA)
    assert journal.outcome(PRODUCAO, one.ref).state is LoteState.RESPONDIDO
    assert journal.claims_on(PRODUCAO, identities(one)) == {}
    answered(journal, one, "a.ret", Situacao.AUTORIZADA)
    claims = journal.claims_on(PRODUCAO, identities(one))
    assert [claim.answer.numero for claim in claims.values()] == ["1", "1"]


def test_a_row_authorised_twice_is_said_aloud(journal):
    one, again = lote(1), lote(1, notas=3)
    journal.prepare(PRODUCAO, [one])
    generate(journal, one)
    answered(journal, one, "a.err", Situacao.RECUSADA)
    journal.prepare(PRODUCAO, [again])
    answered(journal, one, "a.ret", Situacao.AUTORIZADA)
    told = [answer.messages[0].code for answer in journal.outcome(PRODUCAO, one.ref).answers]
    assert told == ["nota-em-dois-lotes"] * 2
    assert {claim.ref for claim in journal.claims_on(PRODUCAO, identities(again)).values()} == {
        again.ref
    }


def test_lotes_can_be_listed_without_their_bytes(journal):
    journal.prepare(PRODUCAO, [lote(1), lote(2)])
    generate(journal, lote(1), b"<x>" + b"y" * 100_000)
    generated, waiting = journal.lotes(PRODUCAO, whole=False)
    assert (generated.content, generated.lote.payload) == (None, b"")
    assert generated.file_name == f"{lote(1).ref}.xml"
    assert generated.lote.notas == lote(1).notas
    assert (waiting.content, waiting.file_name) == (None, None)
    assert list(journal.import_files(PRODUCAO, [LoteState.GERADO])) == [
        (lote(1).ref, b"<x>" + b"y" * 100_000)
    ]
