"""Answers written in `Colunas` and `Perguntas` of a workbook put back in `entrada/`."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from converter.model.cells import MappedSheet, RawBook, RawSheet, RawValue
from converter.model.columns import AnswerUse
from converter.model.origem import Origem
from converter.stages.answers import read_answers
from converter.stages.asked import not_to_go
from converter.texts import folhas
from converter.workbook.asked import (
    COLUMN_HEADER,
    QUESTION_HEADER,
    AskedColumn,
    AskedRows,
    written,
)
from converter.workbook.origin import HEADER
from converter.workbook.origin import written as origin

SHA, KEY = "ab" * 32, "linhas-ocultas:"
VALOR = "Valor dos serviços"
ASKED = AskedColumn("notas.xlsx", SHA, "Notas", "f00d", "B", "Total", "Total", "", "", False)
USED = replace(ASKED, coluna="A", cabecalho="Cliente", celula="Cliente",
               usar_como="Nome ou razão social do tomador", firme=True)  # fmt: skip
HIDDEN = AskedRows("notas.xlsx", SHA, "Notas", "f00d", "linhas-ocultas", "", "Enviar?",
                   ("enviar", "não enviar"), "")  # fmt: skip
Line = tuple[str, str, AskedColumn]


def notes(*waits: Sequence[str]) -> RawSheet:
    rows: list[Sequence[RawValue]] = [("Cliente", "Total", HEADER)]
    for number, keys in enumerate(waits or [()], 7):
        rows.append(("Ana", 100, origin(Origem("notas.xlsx", SHA, "Notas", number, tuple(keys)))))
    return RawSheet("Notas", rows)


def colunas(*lines: Line) -> RawSheet:
    table = [(use, words, written(line)) for use, words, line in lines]
    return RawSheet("Colunas", [(folhas.USAR_COMO, folhas.NAO_ENVIAR, COLUMN_HEADER), *table])


def perguntas(*lines: tuple[str, AskedRows]) -> RawSheet:
    table = [(answer, written(line)) for answer, line in lines]
    return RawSheet("Perguntas", [(folhas.RESPOSTA, QUESTION_HEADER), *table])


def book(*sheets: RawSheet) -> RawBook:
    return RawBook("notas_corrigir.xlsx", "cd", 0, "xlsx", sheets)


def test_an_answer_fills_a_field_here_and_is_kept_for_the_source() -> None:
    left, said = read_answers(book(notes(), colunas((VALOR, "", ASKED))))

    assert [sheet.name for sheet in left.sheets] == ["Notas"]
    (here,) = said.here["Notas"].colunas
    assert (here.coluna, here.campo) == ("B", "servico.valor_servicos")
    (source,) = said.source
    assert (source.assinatura, source.answers.colunas) == ("f00d", (here,))
    assert not said.problems


def test_what_was_left_as_it_was_written_holds_here_and_is_not_kept() -> None:
    _, said = read_answers(book(notes(), colunas(("", "", ASKED), (USED.usar_como, "", USED))))

    (left,) = said.here["Notas"].colunas
    assert (left.coluna, left.campo, left.dita) == ("A", "tomador.razao_social", False)
    assert not said.source

    loose = replace(USED, firme=False)
    assert not read_answers(book(notes(), colunas((USED.usar_como, "", loose))))[1].here


@pytest.mark.parametrize("typed", ["valor dos servicos", "servico.valor_servicos"])
def test_a_label_typed_by_hand_may_lack_its_accents_or_be_the_path(typed: str) -> None:
    _, said = read_answers(book(notes(), colunas((typed, "", ASKED))))

    assert said.here["Notas"].colunas[0].campo == "servico.valor_servicos"


def test_the_text_of_the_notes_may_be_said_by_several_columns() -> None:
    text = replace(USED, usar_como="Discriminação do serviço", firme=False)
    lines = colunas((text.usar_como, "", text), (text.usar_como, "", ASKED))
    _, said = read_answers(book(notes(), lines))

    assert not said.problems
    (source,) = said.source
    assert {one.coluna: one.campo for one in source.answers.colunas} == {
        "A": "servico.discriminacao",
        "B": "servico.discriminacao",
    }


def test_columns_shown_as_one_text_stay_so_though_rows_that_told_it_are_gone() -> None:
    text = replace(USED, usar_como="Discriminação do serviço")
    both = (text, replace(text, coluna="B", cabecalho="Total", celula="Total"))
    _, said = read_answers(book(notes(), colunas(*((one.usar_como, "", one) for one in both))))

    left = said.here["Notas"].colunas
    assert [(one.coluna, one.campo, one.dita) for one in left] == [
        ("A", "servico.discriminacao", False),
        ("B", "servico.discriminacao", False),
    ]
    assert not said.source


def test_a_column_that_is_gone_says_no_part_of_the_text() -> None:
    text = replace(USED, usar_como="Discriminação do serviço", firme=False, celula="Outra")
    lines = colunas((text.usar_como, "", text), (text.usar_como, "", ASKED))
    _, said = read_answers(book(notes(), lines))

    (source,) = said.source
    assert [one.coluna for one in source.answers.colunas] == ["B"]


def test_a_status_needs_the_words_that_hold_a_row() -> None:
    _, said = read_answers(
        book(notes(), colunas((folhas.SITUACAO_DA_NOTA, "cancelada; paga", ASKED)))
    )

    (answer,) = said.here["Notas"].colunas
    assert (answer.uso, answer.nao_enviar) == (AnswerUse.SITUACAO, ("cancelada", "paga"))


def test_tabs_with_the_same_headers_are_not_answered_in_two_ways() -> None:
    april = RawSheet(
        "Abril", [(*row[:2], str(row[2]).replace("Notas", "Abril")) for row in notes().rows]
    )
    there = replace(ASKED, planilha="Abril")
    _, said = read_answers(
        book(notes(), april, colunas((VALOR, "", ASKED), (folhas.NAO_E_DA_NOTA, "", there)))
    )
    (problem,) = said.problems
    assert (problem.code, problem.row) == ("resposta-contraditoria", 3)
    assert said.held == {"Abril"}
    other = replace(there, assinatura="beef")
    lines = colunas((VALOR, "", ASKED), (folhas.NAO_E_DA_NOTA, "", other))
    assert not read_answers(book(notes(), april, lines))[1].problems


def test_how_a_column_that_is_not_the_notes_is_written_need_not_be_said() -> None:
    years = "coluna-ano-curto:B"
    for use, left in ((folhas.NAO_E_DA_NOTA, []), ("Competência", [years])):
        _, said = read_answers(book(notes([years]), colunas((use, "", ASKED))))
        assert [one.key for one in said.open.get("Notas", ())] == left


def test_a_column_that_moved_is_found_by_its_header() -> None:
    rows = [
        ("Cliente", "Nova", "Total", HEADER),
        *(("Ana", "", 1, row[2]) for row in notes().rows[1:]),
    ]
    _, said = read_answers(book(RawSheet("Notas", rows), colunas((VALOR, "", ASKED))))

    assert [one.coluna for one in said.here["Notas"].colunas] == ["C"]
    assert [one.coluna for one in said.source[0].answers.colunas] == ["B"]


def test_what_was_said_of_a_columns_rows_follows_it_and_is_never_anothers() -> None:
    line = replace(HIDDEN, codigo="coluna-ano-curto", coluna="B")
    waits = ["coluna-ano-curto:B"]
    shown = colunas(("", "", ASKED), (USED.usar_como, "", USED))
    found = {}
    for first, second in (("Cliente", "Total"), ("Total", "Cliente"), ("Cliente", "Outra")):
        rows = [(first, second, HEADER), *notes(waits).rows[1:]]
        _, said = read_answers(book(RawSheet("Notas", rows), shown, perguntas(("enviar", line))))
        found[first, second] = (said.here["Notas"].perguntas[0].coluna, dict(said.signatures))
        assert not said.open
    assert list(found.values()) == [("B", {"Notas": "f00d"}), ("A", {}), (None, {})]


def test_an_answer_shown_again_and_left_so_holds_and_is_not_kept_anew() -> None:
    again = replace(HIDDEN, resposta="enviar")
    for typed, kept in (("enviar", []), ("não enviar", ["não enviar"])):
        _, said = read_answers(book(notes([KEY]), perguntas((typed, again))))
        assert [one.opcao for one in said.here["Notas"].perguntas] == [typed]
        assert [row.opcao for one in said.source for row in one.answers.perguntas] == kept


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([("Valor dos servisos", "", ASKED)], "resposta-desconhecida"),
        ([(folhas.SITUACAO_DA_NOTA, "", ASKED)], "resposta-situacao-sem-palavras"),
        ([(folhas.NAO_E_DA_NOTA, "cancelada", ASKED)], "resposta-palavras-a-mais"),
        ([(VALOR, "", ASKED), ("CEP", "", ASKED)], "resposta-contraditoria"),
        ([(VALOR, "", ASKED), (VALOR, "", replace(USED))], "resposta-em-duas-colunas"),
        ([(USED.usar_como, "", ASKED), (USED.usar_como, "", USED)], "resposta-em-duas-colunas"),
        ([(VALOR, "", replace(ASKED, celula="Preço"))], "resposta-coluna-ausente"),
        ([(VALOR, "", replace(ASKED, sha256="ef" * 32))], "respostas-de-outro-arquivo"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_followed_is_told_at_its_cell_and_holds(
    lines: list[Line], code: str
) -> None:
    _, said = read_answers(book(notes(), colunas(*lines)))

    assert {problem.code for problem in said.problems} == {code}
    assert all(problem.planilha == "Colunas" and problem.column == "A" for problem in said.problems)
    assert said.held == {"Notas"}
    assert not said.source


def test_a_question_without_its_hidden_cell_is_told_only_where_it_was_answered() -> None:
    lost = RawSheet("Perguntas", [*perguntas().rows, ("não enviar", "x"), ("", "")])
    _, said = read_answers(book(notes(), lost))

    assert [(problem.code, problem.row) for problem in said.problems] == [
        ("resposta-sem-pergunta", 2)
    ]


def test_a_line_without_its_hidden_cell_is_asked_about_only_where_something_was_typed() -> None:
    lost = RawSheet("Colunas", [*colunas().rows, (VALOR, "", "x"), ("", "", "")])
    _, said = read_answers(book(notes(), lost))

    assert [(problem.code, problem.row) for problem in said.problems] == [
        ("resposta-sem-coluna", 2)
    ]


def test_rows_are_answered_where_they_stand_now_and_kept_where_they_stood() -> None:
    _, said = read_answers(book(notes([], [KEY], [KEY]), perguntas(("Não enviar", HIDDEN))))

    (here,) = said.here["Notas"].perguntas
    assert (here.codigo, here.coluna, here.opcao, here.linhas) == (
        "linhas-ocultas", None, "não enviar", (3, 4),
    )  # fmt: skip
    (kept,) = said.source[0].answers.perguntas
    assert (kept.linhas, kept.sha256) == ((8, 9), SHA)
    assert not said.open


def test_a_question_nobody_answered_goes_on_holding_its_rows() -> None:
    _, said = read_answers(book(notes([], [KEY]), perguntas(("", HIDDEN))))

    (question,) = said.open["Notas"]
    assert (question.codigo, question.linhas, question.opcoes) == (
        "linhas-ocultas",
        (3,),
        HIDDEN.opcoes,
    )


def test_rows_wait_even_where_the_sheet_of_questions_was_deleted() -> None:
    _, said = read_answers(book(notes([KEY])))

    assert [question.linhas for question in said.open["Notas"]] == [(2,)]


def test_an_answer_outside_the_list_holds_and_names_the_list() -> None:
    _, said = read_answers(book(notes([KEY]), perguntas(("talvez", HIDDEN))))

    (problem,) = said.problems
    assert problem.code == "resposta-desconhecida"
    assert "“não enviar”" in problem.details["opcoes"]
    assert said.held == {"Notas"}


def test_a_book_that_asks_nothing_comes_back_itself() -> None:
    plain = book(RawSheet("Notas", [("Cliente",), ("Ana",)]))

    assert read_answers(plain)[0] is plain


def test_a_column_settled_in_the_questions_is_not_lost_as_none_of_the_notes() -> None:
    status = replace(HIDDEN, codigo="situacao-da-nota", coluna="B")
    waits = ["situacao-da-nota:B"]
    _, said = read_answers(
        book(
            notes(waits),
            colunas((folhas.NAO_E_DA_NOTA, "", ASKED)),
            perguntas(("não enviar", status)),
        )
    )

    assert not said.here["Notas"].colunas
    assert [one.opcao for one in said.here["Notas"].perguntas] == ["não enviar"]


def test_a_row_that_must_not_go_is_held_even_where_nothing_asks_about_it_any_more() -> None:
    _, said = read_answers(book(notes([KEY], []), perguntas(("não enviar", HIDDEN))))
    sheet = MappedSheet("n.xlsx", "Notas", "padrao", 1, [2, 3], {}, answers=said.here["Notas"])

    assert [(one.code, one.row) for one in not_to_go(sheet)] == [("linha-que-nao-vai", 2)]
    assert not list(not_to_go(replace(sheet, rows=[3])))
