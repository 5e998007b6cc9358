"""`Perguntas` and `Colunas` of a workbook to mend, and what its rows keep of the source."""

from dataclasses import replace

from converter.model.columns import ColumnReading, ColumnUse, Question
from converter.model.problems import Problem, Severity
from converter.sheets.corrigir import corrigir
from converter.texts import folhas
from converter.texts.sentences import sentence
from converter.workbook.new_sheet import NewSheet
from converter.workbook.origin import ROW_NOTES, read
from tests.sheets.reports import FIRST_ROW, HEADER_ROW, report

HIDDEN = Question("linhas-ocultas", "Notas", None, (FIRST_ROW, FIRST_ROW + 1), "Enviar?",
                  ("não enviar", "enviar"))  # fmt: skip
ASKED = ColumnReading(
    "Notas",
    "E",
    "Valor",
    ColumnUse.PERGUNTA,
    sugestoes=("servico.valor_servicos", "servico.valor_iss"),
    motivos=("dois campos",),
    amostras=("1,00",),
)
REPEATED = Problem("linha-repetida", Severity.ERRO, "exemplo.xlsx", "Notas", FIRST_ROW)


def sheets(
    *questions: Question, columns: tuple[ColumnReading, ...] = (), **changed: object
) -> dict[str, NewSheet]:
    made, _ = report(answered=False)
    (mapped,) = made.sheets
    mapped = replace(mapped, questions=questions, columns=columns)
    made = replace(made, sheets=(mapped,), **changed)  # type: ignore[arg-type]  # any field
    return {folha.nome: folha for folha in corrigir(made)}


def column(folha: NewSheet, title: str) -> list[object]:
    return list(next(one for one in folha.colunas if one.titulo == title).valores)


def test_each_question_has_a_line_with_its_own_list() -> None:
    folha = sheets(HIDDEN)["Perguntas"]

    assert column(folha, "Pergunta") == ["Enviar?"]
    assert column(folha, folhas.RESPOSTA) == [None]
    (choice,) = folha.escolhas
    assert choice.area == "F5"
    assert choice.fonte == "$H$5:$I$5"


def test_nothing_asked_of_rows_gives_no_sheet_of_questions() -> None:
    assert "Perguntas" not in sheets(columns=(ASKED,))


def test_a_question_without_a_row_in_error_still_gets_a_place_to_answer() -> None:
    made = sheets(columns=(ASKED,), to_fix=frozenset(), problems=())

    assert list(made) == ["Colunas"]
    assert column(made["Colunas"], "O que foi entendido") == [
        "seria Valor dos serviços ou Valor do ISS?"
    ]


def test_a_column_settled_by_a_question_about_rows_is_not_asked_twice() -> None:
    question = replace(HIDDEN, codigo="situacao-da-nota", coluna="E")
    folha = sheets(question, columns=(ASKED,))["Colunas"]

    assert column(folha, "O que foi entendido") == [sentence("folhas.veja-perguntas")]


def test_a_row_remembers_the_questions_it_waits_for() -> None:
    waiting = frozenset({("Notas", FIRST_ROW), ("Notas", FIRST_ROW + 2)})
    folha = sheets(HIDDEN, to_fix=waiting)["Notas"]

    origins = [read(value) for value in folha.colunas[-1].valores[HEADER_ROW:]]  # type: ignore[arg-type]  # texts
    assert [origem and origem.perguntas for origem in origins] == [("linhas-ocultas:",), ()]


def followed(*said: Question, asks: tuple[Question, ...] = ()) -> tuple[list[object], object]:
    """The answers shown, and the questions each waiting row keeps."""
    made, _ = report(answered=False)
    (mapped,) = made.sheets
    waiting = frozenset({("Notas", FIRST_ROW), ("Notas", FIRST_ROW + 1)})
    made = replace(made, sheets=(replace(mapped, questions=asks, followed=said),), to_fix=waiting)
    found = {folha.nome: folha for folha in corrigir(made)}
    origins = [read(value) for value in found["Notas"].colunas[-1].valores[HEADER_ROW:]]  # type: ignore[arg-type]  # texts
    answers = column(found["Perguntas"], folhas.RESPOSTA) if "Perguntas" in found else []
    return answers, [len(origem.perguntas) if origem else None for origem in origins]


def test_what_was_answered_of_rows_that_wait_stands_answered_and_not_for_other_rows() -> None:
    said = replace(HIDDEN, linhas=(FIRST_ROW, FIRST_ROW + 5), resposta="enviar")

    assert followed(said) == (["enviar"], [1, 0])
    assert followed(replace(said, linhas=(FIRST_ROW + 5,))) == ([], [0, 0])
    other = replace(said, linhas=(FIRST_ROW + 1,), resposta="não enviar")
    assert followed(said, other) == ([], [0, 0])


def test_what_is_open_for_one_row_more_is_asked_of_all_without_an_answer() -> None:
    said = replace(HIDDEN, linhas=(FIRST_ROW,), resposta="enviar")
    more = replace(HIDDEN, linhas=(FIRST_ROW + 1,))

    assert followed(said, asks=(more,)) == ([None], [1, 1])


def test_a_question_about_the_rows_around_brings_them_along() -> None:
    question = replace(HIDDEN, codigo="cliente-em-branco", coluna="B")
    folha = sheets(question, to_fix=frozenset({("Notas", FIRST_ROW + 1)}))["Notas"]

    assert folha.linhas - HEADER_ROW == 12


def test_what_is_wrong_with_a_whole_row_is_told_beside_it_and_paints_no_cell() -> None:
    folha = sheets(to_fix=frozenset({("Notas", FIRST_ROW)}), problems=(REPEATED,))["Notas"]

    told = folha.colunas[-2]
    assert told.valores[HEADER_ROW - 1] == ROW_NOTES
    assert str(told.valores[HEADER_ROW])
    assert not any(
        "erro" in (style or "") for one in folha.colunas[:-2] for style in one.estilos or ()
    )


def test_a_merged_cell_gives_its_value_to_a_row_that_comes_alone() -> None:
    made, _ = report(answered=False)
    assert made.book is not None
    (raw,) = made.book.sheets
    rows = [list(row) for row in raw.rows]
    rows[FIRST_ROW][1] = None
    merged = replace(raw, rows=rows, merged=((FIRST_ROW, 2, FIRST_ROW + 1, 2),))
    book = replace(made.book, sheets=(merged,))

    folha = sheets(book=book, to_fix=frozenset({("Notas", FIRST_ROW + 1)}))["Notas"]

    assert folha.colunas[1].valores[-1] == raw.rows[FIRST_ROW - 1][1]


def test_drop_downs_of_the_source_live_on() -> None:
    made, _ = report(answered=False)
    *_, lists = corrigir(made, {("Notas", 3): ("Sim", "Não")})
    (notes, *_) = corrigir(made, {("Notas", 3): ("Sim", "Não")})

    (choice,) = notes.escolhas
    assert choice.area.startswith(f"C{HEADER_ROW + 1}:")
    assert choice.fonte == f"'{lists.nome}'!$A$1:$A$2"
    assert lists.oculta
    assert list(lists.colunas[0].valores) == ["Sim", "Não"]
