"""What is understood of a whole sheet: readings of its columns, questions, and what is told."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from converter.mapping.assumptions import row_assumptions
from converter.mapping.columns import column_questions, read_columns, samples_of
from converter.mapping.header import find_header
from converter.mapping.header_problems import (
    header_problems,
    no_sheet_problems,
    skipped_sheet,
)
from converter.mapping.match import fit
from converter.mapping.notes import notes_below
from converter.mapping.questions import NoteRows, listed
from converter.mapping.row_questions import RowDecisions, ask_rows
from converter.mapping.senses import says_something
from converter.mapping.survey import survey
from converter.mapping.template import template_problems
from converter.mapping.understanding import Understood, understand
from converter.model.cells import RawSheet, RawValue
from converter.model.columns import NO_ANSWERS, Answers, ColumnUse, RowAnswer
from converter.schemas.catalogue import label_of
from converter.stages.map import map_book
from tests.mapping.books import HEADER, NEXT, NOTE, ONE, book, codes, mappings, sheet

MAPPINGS = mappings()


def understood(one: RawSheet) -> Understood:
    known = MAPPINGS.specs[-1]
    header = find_header(one, known.known, says_something)
    assert header is not None
    return understand(one, fit(known, header))


def columns_of(one: RawSheet) -> list[list[RawValue]]:
    return [list(values) for values in zip(*one.rows[1:], strict=True)]


def asked(one: RawSheet, answers: Answers = NO_ANSWERS) -> RowDecisions:
    rows = range(2, len(one.rows) + 1)
    return ask_rows(NoteRows(one, understood(one), columns_of(one), rows), answers)


SITUATION = sheet((*HEADER, "Situação"), (*NOTE, "Paga"), (*NEXT, "Cancelada"))


def test_every_column_is_used_or_its_reason_is_said() -> None:
    one = sheet((*HEADER, "Cor"), (*NOTE, "azul"), (*NEXT, "verde"))
    found = read_columns("Notas", understood(one), (), columns_of(one))
    assert [reading.situacao for reading in found] == [ColumnUse.USADA] * 7 + [ColumnUse.IGNORADA]
    assert found[0].campo == "data_emissao"
    assert found[-1].amostras == ("azul", "verde")
    assert all(reading.motivos for reading in found)


def test_a_sheet_of_which_every_column_is_asked_keeps_its_rows() -> None:
    one = sheet(
        (
            "Dt. fechamento",
            "Proprietário",
            "CPF/CNPJ Prop.",
            "Comprador",
            "Comissão bruta",
            "Preço",
        ),
        ("19/03/2026", "Padaria Pão Ltda", "52.601.815/0001-20", "Caio Lopes", 25200.0, 420000.0),
        ("20/03/2026", "Mercearia São José ME", "90.830.166/0001-28", "Ivete", 19250.0, 385000.0),
    )
    found = understood(one)
    assert {each.use for each in found.decisions.values()} == {ColumnUse.PERGUNTA}
    assert list(notes_below(one, found.fit).numbers) == [2, 3]


def test_a_sum_nobody_labelled_is_one_of_the_notes_total_whatever_amount_stands_before_it() -> None:
    one = sheet(
        (*HEADER, "Alíquota do ISS (%)"), (*NOTE, 5.0), (*NEXT, 2.0), (*[None] * 6, 240.5, None)
    )
    assert list(notes_below(one, understood(one).fit).numbers) == [2, 3]


@pytest.mark.parametrize("at", ["above", "below", "beside"])
def test_a_sheet_that_speaks_in_colours_waits_whole(at: str) -> None:
    legend = "Verde = nota já emitida"
    blank = [None] * len(HEADER)
    rows = [HEADER, NOTE, NEXT]
    if at == "above":
        rows = [[legend, *blank[1:]], blank, *rows]
    elif at == "below":
        rows = [*rows, blank, [legend, *blank[1:]]]
    else:
        rows = [(*HEADER, "Obs"), (*NOTE, legend), (*NEXT, None)]
    mapped = map_book(book(sheet(*rows)), MAPPINGS, choice=None, defaults=ONE)
    (asked,) = (one for one in mapped.questions if one.codigo == "cor-com-sentido")
    first = rows.index(NOTE) + 1 if at != "beside" else 2
    assert {first, first + 1} <= set(asked.linhas)
    assert legend in asked.texto
    assert {("Notas", first), ("Notas", first + 1)} <= mapped.waiting


def test_samples_are_the_first_distinct_values() -> None:
    assert samples_of(["a", None, "a", " ", "b", "c", "d"]) == ("a", "b", "c")
    assert label_of("servico.valor_servicos") != "servico.valor_servicos"
    assert label_of("um.outro") == "um.outro"


def test_a_column_that_could_be_a_need_is_asked_about_with_its_rows() -> None:
    header = ("Data de emissão", "Discriminação do serviço", "Valor dos serviços", "Xyzk")
    one = sheet(header, ("19/03/2026", "Aula", 1.5, "529.982.247-25"),
                ("20/03/2026", "Aula", 2.5, "111.444.777-35"))  # fmt: skip
    known, columns = understood(one), columns_of(one)
    readings = read_columns("Notas", known, (), columns)
    (question,) = column_questions(readings, known, columns, range(2, 4))
    assert question.column is not None
    assert (question.column.letter, question.rows) == ("D", (2, 3))
    assert question.field in known.paths


def test_a_cancelled_row_is_asked_about_and_the_answer_holds() -> None:
    (question,) = asked(SITUATION).asked
    assert question.rows == (3,)
    assert question.column is not None
    for option, dropped in zip(question.options, (frozenset({3}), frozenset()), strict=False):
        said = RowAnswer(question.codigo, question.column.letter, option, valor=question.value)
        words = asked(SITUATION, Answers(perguntas=(said,)))
        assert (words.asked, words.dropped) == ((), dropped)


def test_each_situation_is_asked_about_by_itself() -> None:
    one = sheet(
        (*HEADER, "Situação"), (*NOTE, "Fase Zulu"), (*NEXT, "CANCELADO"), (*NOTE, "FASE ZULU")
    )
    made, cancelled = asked(one).asked
    assert (made.value, made.rows) == ("fase zulu", (2, 4))
    assert (cancelled.value, cancelled.rows) == ("cancelado", (3,))
    said = RowAnswer(made.codigo, "H", made.options[1], valor=made.value)
    words = asked(one, Answers(perguntas=(said,)))
    assert words.asked == (cancelled,)
    assert not words.dropped


def test_a_column_of_many_situations_is_one_question() -> None:
    many = [(*NOTE, f"Etapa {letter}") for letter in "ABCDEFGHIJKLM"]
    (question,) = asked(sheet((*HEADER, "Situação"), *many)).asked
    assert (question.value, len(question.rows)) == ("", 13)


def test_an_answer_to_another_question_is_not_taken_for_this_one() -> None:
    (question,) = asked(SITUATION).asked
    stranger = RowAnswer(question.codigo, "A", question.options[0])
    assert asked(SITUATION, Answers(perguntas=(stranger,))).asked == (question,)


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([2, 3], "2, 3"), (list(range(25)), ", ".join(map(str, range(20))) + " e mais 5"), ([], "")],
)
def test_rows_are_listed_but_not_too_many(numbers: Sequence[int], text: str) -> None:
    assert listed(numbers) == text


def test_rows_left_out_by_answers_are_told() -> None:
    words = RowDecisions((), frozenset({9, 4}), frozenset({5}))
    told = [*row_assumptions("Notas", words, ["A2:A4"])]
    assert [one.code for one in told] == [
        "celulas-mescladas", "linhas-que-nao-vao", "cliente-da-linha-de-cima",
    ]  # fmt: skip
    assert told[1].details["linhas"] == "4, 9"


def test_a_sheet_passed_over_is_told_and_a_sheet_of_notes_is_not() -> None:
    one, hidden = survey(
        book(sheet(HEADER, NOTE), sheet(HEADER, NOTE, name="Velha", visible=False)), MAPPINGS
    )
    assert skipped_sheet(one) is None
    told = skipped_sheet(hidden)
    assert told is not None
    assert (told.code, told.details["planilha"]) == ("aba-oculta", "Velha")


def test_a_missing_column_is_told_once_at_the_header() -> None:
    (one,) = survey(book(sheet(HEADER[:-2] + HEADER[-1:], NOTE[:-2] + NOTE[-1:])), MAPPINGS)
    problems = [*header_problems("notas.xlsx", one, {}, 0)]
    assert {"prestador-indefinido", "planilha-sem-linhas"} <= set(codes(problems))
    assert {problem.row for problem in problems} == {1}


def test_a_book_without_notes_says_what_came_nearest() -> None:
    strange = book(sheet(("Xyzk", "Wqwq"), (1, 2)))
    surveyed = survey(strange, MAPPINGS)
    found = [*no_sheet_problems(strange, surveyed, MAPPINGS, None)]
    assert codes(found) == ["cabecalho-nao-reconhecido"]
    unknown = [*no_sheet_problems(strange, surveyed, MAPPINGS, "outro")]
    assert codes(unknown) == ["mapeamento-desconhecido"]
    assert [*template_problems(strange)] == []


def test_a_column_nobody_knows_is_told_to_look_like_a_field() -> None:
    rows = ((*HEADER, "Processo"), (*NOTE, "x"), (*NEXT, "y"))
    (one,) = survey(book(sheet(*rows)), MAPPINGS)
    told = {problem.code: problem for problem in header_problems("notas.xlsx", one, {}, 1)}
    resembling = told["coluna-parecida"]
    assert (resembling.field, resembling.column) == ("numero_processo", "H")


def test_a_missing_column_is_told_where_a_header_nearly_says_it(tmp_path: Path) -> None:
    own = 'base = "padrao"\n[colunas]\nservico.valor_servicos = "Xyzk combinado"\n'
    rows = ((*HEADER[:-1], "Xyzk combinad"), (*NOTE[:-1], "x"))
    (one,) = survey(book(sheet(*rows)), mappings(tmp_path, meu=own), choice="meu")
    told = {problem.code: problem for problem in header_problems("notas.xlsx", one, {}, 1)}
    missing = told["coluna-ausente-parecida"]
    assert (missing.field, missing.column) == ("servico.valor_servicos", "G")


def test_a_sheet_its_mapping_leaves_aside_is_told_as_that(tmp_path: Path) -> None:
    own = mappings(tmp_path, meu='base = "padrao"\n[planilha]\nignorar_abas = "Velha"\n')
    tabs = (sheet(HEADER, NOTE), sheet(HEADER, NOTE, name="Velha"))
    told = [skipped_sheet(one) for one in survey(book(*tabs), own, choice="meu")]
    assert [one and one.code for one in told] == [None, "aba-excluida"]
