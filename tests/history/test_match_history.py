"""What the journal says of each row of a file, and what follows from it; nothing is written."""

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from converter.history.match_history import look_up
from converter.journal.journal import Journal
from converter.model.cells import MappedField, MappedSheet, SourceColumn
from converter.model.filerun import Content
from converter.model.history import FileHistory, First, RowHistory
from converter.model.notas import Lote
from converter.model.origem import Origem
from converter.model.outcome import NotaAnswer, Situacao
from converter.model.rows import ComposedSheet, RowKey, RowRef
from converter.model.wire import Answer
from converter.texts.catalogue import own_message
from tests.faults.samples import clock, lote
from tests.history.rows import UM, content, sheet

S, H = "simulado", RowHistory
EMAIL = "tomador.email"
COLUMNS = MappedSheet(
    "a.csv", "Notas", "padrao", 1, (), {EMAIL: MappedField(EMAIL, (), SourceColumn("A", "E-mail"))}
)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "d.sqlite3", clock) as opened:
        yield opened


def sent(journal: Journal, arquivo: str = "a.csv", notas: int = 2) -> Lote:
    """A lote of rows 2 and on of the sheet `Notas`, prepared."""
    one = lote(notas=notas, prestador=UM, arquivo=arquivo)
    stands = [nota._replace(planilha="Notas", row=row) for row, nota in enumerate(one.notas, 2)]
    (ready,) = journal.prepare(S, [replace(one, notas=tuple(stands))]).ready
    return ready


def rows(one: Lote, *, edited: Collection[int] = (), gone: Collection[int] = ()) -> ComposedSheet:
    """The rows of a lote as its file has them; those `edited` have another value, by Excel row."""
    items = json.loads(one.payload)["lista_nfse"]
    keys, identities, objects, numbers = [], [], [], []
    for nota, item in zip(one.notas, items, strict=True):
        if nota.row in gone:
            continue
        valor = "99.00" if nota.row in edited else f"{nota.valor}.00"
        keys.append(RowKey(nota.documento, "", "", valor, item["servico"]["discriminacao"], ""))
        identities.append(f"outra {nota.row}" if nota.row in edited else nota.identity)
        objects.append(json.dumps(item))
        numbers.append(nota.row)
    made = sheet(*keys, identity=identities)
    return replace(made, objects=objects, rows=numbers)


def told(journal: Journal, file: Content, composed: ComposedSheet, **more: Any) -> FileHistory:
    chosen: dict[str, Any] = {"reenviar": (), "present": {file.arquivo}} | more
    return look_up(
        journal,
        S,
        chosen["reenviar"],
        replace(file, sheets=(COLUMNS,), rows=(composed.without_objects(),)),
        [composed],
        chosen["present"],
    )


def of(
    journal: Journal, composed: ComposedSheet, arquivo: str = "a.csv", **more: Any
) -> FileHistory:
    return told(journal, content(composed, arquivo=arquivo), composed, **more)


def test_rows_of_a_lote_of_the_file_are_in_it(journal: Journal) -> None:
    one = sent(journal)
    found = of(journal, rows(one))
    assert (found.rows, found.refs, found.left) == ([[H.IN_LOTE] * 2], (one.ref,), False)
    assert (found.firsts, found.problems) == ({}, ())
    assert (found.learnt.released, found.learnt.related) == ({}, set())


def test_a_row_that_is_gone_is_missed(journal: Journal) -> None:
    assert of(journal, rows(sent(journal), gone=[3])).left


def test_an_edited_row_is_told_and_stands_for_the_one_that_is_gone(journal: Journal) -> None:
    one = sent(journal)
    found = of(journal, rows(one, edited=[3]))
    assert (found.rows, found.left) == ([[H.IN_LOTE, H.EDITED]], False)
    assert found.edited == {RowRef("Notas", 3)}
    (problem,) = found.problems
    assert (problem.code, problem.row, problem.details["ref"]) == ("linha-alterada", 3, one.ref)
    assert problem.details["antes"].startswith("valor R$")


def test_an_edited_row_of_an_authorised_note_tells_the_number_of_the_note(journal: Journal) -> None:
    one = sent(journal)
    exchange = journal.begin(S, one.ref)
    journal.record(S, one.ref, Answer(201, {}, b"a"), exchange=exchange, generated=True)
    pending = journal.begin_return(S, one.ref, "a.ret", b"a")
    issued = NotaAnswer(one.notas[1].ordem, Situacao.AUTORIZADA, numero="8214")
    text = own_message("nota-em-dois-lotes")
    journal.answered(S, one.ref, pending.exchange, [issued], clash=text, cancelled=text)
    (first, second) = of(journal, rows(one, edited=[2, 3])).problems
    assert (first.details["numero"], second.details["numero"]) == ("", " (NFS-e 8214)")


def test_an_edited_row_that_is_asked_for_goes_again_and_the_old_one_is_given_back(
    journal: Journal,
) -> None:
    one = sent(journal)
    found = of(journal, rows(one, edited=[3]), reenviar={one.ref})
    assert (found.rows, found.problems, found.edited) == (
        [[H.IN_LOTE, H.NEW]],
        (),
        set(),
    )
    assert found.learnt.released == {one.ref: [one.notas[1].identity]}


def test_a_row_asked_for_stays_while_its_lote_may_be_at_the_api(journal: Journal) -> None:
    one = sent(journal)
    journal.begin(S, one.ref)
    found = of(journal, rows(one, edited=[3]), reenviar={one.ref})
    assert (found.rows, found.learnt.released) == ([[H.IN_LOTE, H.EDITED]], {})


@pytest.mark.parametrize("asked", [False, True])
def test_another_e_mail_makes_no_other_note_of_a_row(journal: Journal, asked: bool) -> None:
    one = sent(journal)
    composed = rows(one)
    item = json.loads(composed.objects[0])
    item["tomador"]["email"] = "novo@correio.example"
    edited = replace(composed, objects=[json.dumps(item), composed.objects[1]])
    found = of(journal, edited, reenviar={one.ref} if asked else ())
    assert found.rows == [[H.NEW if asked else H.IN_LOTE, H.IN_LOTE]]
    assert found.edited == (set() if asked else {RowRef("Notas", 2)})
    assert found.learnt.released == ({one.ref: [one.notas[0].identity]} if asked else {})


def test_the_same_rows_in_a_second_file_are_repeated_and_name_the_first(journal: Journal) -> None:
    one = sent(journal)
    found = of(journal, rows(one), "b.csv", present={"a.csv", "b.csv"})
    assert (found.rows, found.refs, found.learnt.related) == ([[H.REPEATED] * 2], (), {"a.csv"})
    assert found.firsts[RowRef("Notas", 3)] == First("a.csv", "Notas", 3, one.ref)
    assert not found.learnt.moved


def test_a_row_edited_in_a_copy_and_asked_for_leaves_the_first_one_sent(journal: Journal) -> None:
    one = sent(journal)
    composed = rows(one, edited=[3])
    chosen: dict[str, Any] = {"present": {"a.csv", "b.csv"}}
    assert of(journal, composed, "b.csv", **chosen).rows == [[H.REPEATED, H.EDITED]]
    found = of(journal, composed, "b.csv", reenviar={one.ref}, **chosen)
    assert (found.rows, found.learnt.released) == ([[H.REPEATED, H.NEW]], {})


def test_the_lotes_of_a_file_that_is_gone_move_to_the_one_with_half_of_their_rows(
    journal: Journal,
) -> None:
    one = sent(journal)
    found = of(journal, rows(one, gone=[3]), "b.csv")
    assert (found.rows, found.refs, found.left) == ([[H.IN_LOTE]], (one.ref,), True)
    assert found.learnt.moved == {one.ref: {one.notas[0].identity: RowRef("Notas", 2)}}
    assert found.learnt.claimed == {one.notas[0].identity}


def test_what_was_corrected_elsewhere_does_not_move_back(journal: Journal) -> None:
    one = sent(journal, "a_corrigir.xlsx", notas=1)
    composed = rows(one)
    file = content(composed)
    origem = Origem("a.csv", file.sha256, "Notas", 2)
    journal.remember_corrected(S, {origem: one.notas[0].identity})
    found = told(journal, file, composed)
    assert (found.rows, found.learnt.moved) == ([[H.REPEATED]], {})
    assert found.corrected == {RowRef("Notas", 2)}


def test_a_row_corrected_elsewhere_names_where(journal: Journal) -> None:
    one = sent(journal, "a_corrigir.xlsx", notas=1)
    composed = replace(rows(one), identity=["com erro"])
    file = content(composed, rejected=[2])
    journal.remember_corrected(S, {Origem("a.csv", file.sha256, "Notas", 2): one.notas[0].identity})
    journal.relate(S, "a.csv", ["a_corrigir.xlsx"])
    found = told(journal, file, composed)
    assert (found.rows, found.left) == ([[H.CORRECTED]], False)
    first = found.firsts[RowRef("Notas", 2)]
    assert (first.arquivo, first.corrected) == ("a_corrigir.xlsx", True)


@pytest.mark.parametrize("whole", [False, True])
def test_a_row_to_correct_is_none_of_a_lote_that_stood_whole_beside_it(
    journal: Journal, whole: bool
) -> None:
    one = sent(journal, "fonte.csv")
    composed = rows(one, edited=[2, 3])
    if whole:
        journal.remember_whole(S, "versão", [one.ref])
    origins = {row: Origem("fonte.csv", "versão", "Notas", row) for row in (2, 3)}
    file = content(composed, arquivo="fonte_corrigir.xlsx", origins=origins)
    found = told(journal, file, composed, present={"fonte.csv", file.arquivo})
    assert found.rows == [[H.NEW if whole else H.EDITED] * 2]
    assert found.learnt.related == {"fonte.csv"}
    assert found.learnt.whole == ({one.ref} if whole else set())


def test_look_up_writes_nothing(journal: Journal) -> None:
    one = sent(journal)
    changes = journal._connection.total_changes
    of(journal, rows(one, gone=[3]), "b.csv")
    of(journal, rows(one, edited=[3]), reenviar={one.ref})
    assert journal._connection.total_changes == changes
