"""The notes of a lote beside its file, and what the prefeitura said of each."""

from dataclasses import replace

from converter.model.notas import Nota
from converter.model.outcome import Message, NotaAnswer, Situacao
from converter.sheets.frame import Nomes
from converter.sheets.lote_notas import outside_notes, table
from converter.sheets.resposta import resposta, told
from tests.layouts import amostras
from tests.sheets.reports import report

NOMES = Nomes("Resumo", "Resultado", "Erros", "Resposta", ("Lote 1",),
              lambda planilha, cell: f"'{planilha}'!{cell}" if planilha else None)  # fmt: skip
LAYOUT, SENT = amostras.written("barueri-pmb004")
RECORDS = LAYOUT.describe(SENT)


def values(columns: object, title: str) -> list[object]:
    found = [one for one in columns if one.titulo == title]  # type: ignore[attr-defined]  # columns
    return list(found[0].valores)


def notas() -> list[Nota]:
    made, _ = report(2, issuers=1, wrong=None, repeated=None)
    return list(made.outcomes[0].lote.notas)


def test_each_note_of_the_file_is_a_row_that_leads_to_its_source() -> None:
    made = table(RECORDS, notas(), NOMES)
    assert values(made.columns, "Nota") == [1, 2]
    assert values(made.columns, "Linha da planilha") == [4, 5]
    assert len(made.columns) == len(made.notes)
    assert all(any(text not in (None, "") for text in one.valores) for one in made.columns)


def test_a_note_nobody_knows_has_no_row_of_the_source() -> None:
    made = table(RECORDS, notas()[:1], NOMES)
    assert values(made.columns, "Linha da planilha") == [4, None]


def test_headers_and_totals_are_told_apart_from_the_notes() -> None:
    said = [title for title, _ in outside_notes(RECORDS)]
    assert [text.partition(" (")[0] for text in said] == ["Cabeçalho", "Rodapé"]


def test_an_answer_stands_at_its_note_and_one_of_no_note_at_no_row() -> None:
    made, _ = report(2, issuers=1, wrong=None, repeated=None)
    refused = NotaAnswer(2, Situacao.RECUSADA, messages=(Message("E1", "Errado"),))
    answers = (made.outcomes[0].answers[0], refused, NotaAnswer(9, Situacao.AUTORIZADA))
    outcome = replace(made.outcomes[0], answers=answers)
    sheet = resposta(replace(made, outcomes=(outcome,)), NOMES)
    assert values(sheet.colunas, "Linha") == [4, 5, None]
    assert values(sheet.colunas, "Situação") == ["autorizada", "recusada", "autorizada"]
    assert "Errado" in str(values(sheet.colunas, "Mensagens")[1])


def test_a_correction_is_told_beside_its_message() -> None:
    said = told(Message("E1", "Errado", correction="Corrija"))
    assert said.endswith("(Corrija)")
    assert not told(Message("E1", "Errado")).endswith(")")
