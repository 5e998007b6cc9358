"""The table that decides what becomes of a row, before and after sending."""

from collections.abc import Sequence

import pytest

from converter.history.fate import comes_back, fates_of, situacao
from converter.model.fate import Fate
from converter.model.history import RowHistory
from converter.model.notas import Prestador
from converter.model.outcome import LoteOutcome, LoteState, Message, NotaAnswer, Situacao
from tests.faults.samples import lote
from tests.history.rows import DOIS, UM, key, sheet

H, F, S = RowHistory, Fate, Situacao


def fates(
    history: Sequence[RowHistory],
    prestador: Sequence[Prestador | None] | None = None,
    rejected: Sequence[int] = (),
    *,
    parcial: bool = False,
    hold_edited: bool = True,
) -> list[Fate]:
    rows = sheet(*[key()] * len(history), prestador=prestador)
    places = {("Notas", row) for row in rejected}
    (found,) = fates_of([rows], [history], places, parcial=parcial, hold_edited=hold_edited)
    return list(found)


@pytest.mark.parametrize("rejected", [(), (2,)])
@pytest.mark.parametrize(
    ("history", "fate"),
    [
        (H.IN_LOTE, F.EM_LOTE),
        (H.REFUSED, F.EM_LOTE),
        (H.REPEATED, F.REPETIDA),
        (H.CORRECTED, F.REPETIDA),
        (H.EDITED, F.REJEITADA),
    ],
)
def test_what_the_journal_says_comes_before_an_error(
    history: RowHistory, fate: Fate, rejected: Sequence[int]
) -> None:
    assert fates([history], rejected=rejected) == [fate]


def test_a_new_row_is_ready_unless_it_has_an_error_or_no_prestador() -> None:
    assert fates([H.NEW]) == [F.PRONTA]
    assert fates([H.NEW], rejected=[2]) == [F.REJEITADA]
    assert fates([H.NEW], [None]) == [F.REJEITADA]


@pytest.mark.parametrize("bad", [H.NEW, H.EDITED])
def test_a_row_that_is_rejected_holds_its_prestador_and_no_other(bad: RowHistory) -> None:
    history = [bad, H.NEW, H.NEW, H.IN_LOTE, H.REPEATED]
    found = fates(history, [UM, UM, DOIS, UM, UM], rejected=[2])
    assert found == [F.REJEITADA, F.RETIDA, F.PRONTA, F.EM_LOTE, F.REPETIDA]


@pytest.mark.parametrize(("was", "others"), [(H.NEW, F.PRONTA), (H.EDITED, F.RETIDA)])
def test_a_row_that_waits_for_an_answer_holds_others_only_where_it_was_edited(
    was: RowHistory, others: Fate
) -> None:
    rows = sheet(*[key()] * 3, prestador=[UM, UM, UM])
    waiting, history = {("Notas", 2)}, [was, H.NEW, H.NEW]
    (found,) = fates_of([rows], [history], waiting, parcial=False, waiting=waiting)
    assert list(found) == [F.ESPERA, others, others]


def test_parcial_holds_nobody() -> None:
    assert fates([H.NEW, H.NEW], rejected=[2], parcial=True) == [F.REJEITADA, F.PRONTA]


@pytest.mark.parametrize("kept", [H.IN_LOTE, H.REFUSED, H.REPEATED, H.CORRECTED])
def test_an_error_in_a_row_that_is_settled_holds_nobody(kept: RowHistory) -> None:
    assert fates([kept, H.NEW], rejected=[2])[1] is F.PRONTA


def test_a_row_without_prestador_holds_nobody() -> None:
    assert fates([H.NEW, H.NEW], [None, UM]) == [F.REJEITADA, F.PRONTA]


def test_an_edited_row_that_is_only_a_warning_goes_as_a_new_one() -> None:
    assert fates([H.EDITED, H.EDITED], rejected=[3], hold_edited=False, parcial=True) == [
        F.PRONTA,
        F.REJEITADA,
    ]


def outcome(state: LoteState, *messages: Message) -> LoteOutcome:
    return LoteOutcome(lote(), state, messages=messages)


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (LoteState.PREPARADO, S.RETIDA),
        (LoteState.ENVIANDO, S.DESCONHECIDA),
        (LoteState.DESCONHECIDO, S.DESCONHECIDA),
        (LoteState.GERADO, S.ENVIADA),
        (LoteState.RECUSADO, S.RECUSADA),
        (LoteState.RESPONDIDO, S.ENVIADA),
    ],
)
def test_a_row_is_what_its_lote_is_until_it_is_answered(state: LoteState, word: Situacao) -> None:
    assert situacao(F.PRONTA, outcome(state), None) is word
    answer = NotaAnswer(1, S.AUTORIZADA)
    assert situacao(F.PRONTA, outcome(state), answer) is S.AUTORIZADA


@pytest.mark.parametrize(
    ("fate", "word"),
    [
        (F.REJEITADA, S.REJEITADA),
        (F.RETIDA, S.RETIDA),
        (F.ESPERA, S.RETIDA),
        (F.REPETIDA, S.REPETIDA),
        (F.PRONTA, S.RETIDA),
        (F.EM_LOTE, S.RETIDA),
    ],
)
def test_a_row_in_no_lote_is_what_was_decided(fate: Fate, word: Situacao) -> None:
    assert situacao(fate, None, None) is word


def test_rejected_and_held_rows_come_back() -> None:
    assert [comes_back(fate, None, None) for fate in F] == [True, True, True, False, False, False]


def test_a_refusal_comes_back_where_it_is_the_rows_own() -> None:
    of_row, of_lote = Message("e", "não", ordem=1), Message("empresa", "não habilitada")
    assert comes_back(F.EM_LOTE, outcome(LoteState.RECUSADO, of_row), None)
    assert not comes_back(F.EM_LOTE, outcome(LoteState.RECUSADO, of_lote), None)
    assert not comes_back(F.EM_LOTE, outcome(LoteState.GERADO, of_row), None)
    assert comes_back(F.EM_LOTE, outcome(LoteState.RESPONDIDO), NotaAnswer(1, S.RECUSADA))
    assert not comes_back(
        F.EM_LOTE, outcome(LoteState.RECUSADO, of_row), NotaAnswer(1, S.AUTORIZADA)
    )
