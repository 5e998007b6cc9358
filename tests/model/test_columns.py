"""What the person said of columns: the book's own word goes before what was kept."""

from converter.model.columns import Answered, Answers, AnswerUse, ColumnAnswer, RowAnswer

KEPT = Answers(
    colunas=(
        ColumnAnswer("A", "cliente", AnswerUse.CAMPO, "tomador.razao_social"),
        ColumnAnswer("B", "obs", AnswerUse.NADA),
    ),
    perguntas=(RowAnswer("linhas-ocultas", None, "não enviar"),),
    arquivo="setembro.xlsx",
)
HERE = Answers(
    colunas=(ColumnAnswer("B", "obs", AnswerUse.CAMPO, "servico.discriminacao"),),
    perguntas=(RowAnswer("linhas-ocultas", None, "enviar"),),
    arquivo="outubro_corrigir.xlsx",
)


def test_an_answer_of_the_book_replaces_the_one_kept_for_the_same_column_or_question():
    answers = Answered({"Notas": HERE}, {"abc": KEPT}).of("Notas", "abc")

    assert {one.coluna: one.campo for one in answers.colunas} == {
        "A": "tomador.razao_social",
        "B": "servico.discriminacao",
    }
    assert [one.opcao for one in answers.perguntas] == ["enviar"]
    assert answers.arquivo == "outubro_corrigir.xlsx"


def test_without_a_word_in_the_book_what_was_kept_holds_for_its_header_alone():
    answered = Answered({}, {"abc": KEPT})

    assert answered.of("Notas", "abc") == KEPT
    assert not answered.of("Notas", "other")
