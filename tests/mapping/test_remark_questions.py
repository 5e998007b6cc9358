"""What a sheet says beside the fields of its notes is asked about, and never left out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from converter.mapping.remarks import changing
from converter.model.cells import Appearance, RawSheet, RawValue
from converter.model.columns import Answered, Answers, Question, RowAnswer
from converter.stages.map import map_book
from tests.mapping.books import HEADER, NEXT, NOTE, ONE, book, mappings, sheet

ROWS = [NOTE, NEXT, (*NOTE[:3], "Reparo", *NOTE[4:]), (*NEXT[:3], "Curso", *NEXT[4:])]


def asked(one: RawSheet, *answers: RowAnswer) -> Mapping[str, Question]:
    answered = Answered({"Notas": Answers((), answers)})
    mapped = map_book(book(one), mappings(), choice=None, defaults=ONE, answered=answered)
    return {question.codigo: question for question in mapped.questions}


def beside(values: Sequence[RawValue], header: str = "") -> RawSheet:
    """The notes with one column more, blank in the rows that `values` do not reach."""
    return sheet(
        (*HEADER, header), *((*row, value) for row, value in zip(ROWS, values, strict=True))
    )


@pytest.mark.parametrize(
    "text",
    [
        "não emitir", "cancelada", "valor correto 1.200", "em nome da esposa", "ISS retido", "NÃO",
        "desc. 10%", "← cliente cancelou", -200, 50.0, "-200", "(200,00)",
    ],
)  # fmt: skip
def test_a_cell_beside_the_table_holds_its_row(text: RawValue) -> None:
    question = asked(beside([None, text, None, None]))["celula-sem-cabecalho"]
    assert (question.linhas, question.coluna) == ((3,), "H")


@pytest.mark.parametrize("text", ["ok", "pg", "ligar antes", "11 99876-5432", "entregue em mãos"])
def test_what_is_surely_nothing_of_the_note_is_not_asked_about(text: str) -> None:
    assert not asked(beside([None, text, None, None]))
    assert not asked(beside([None, text, None, None], "Obs"))


@pytest.mark.parametrize(
    "text",
    [
        "valor correto 450", "emitir em nome de Carlos Prado", "não reter ISS", "2 notas de 500",
        "o certo é 540", "dividir em duas", "NF vai pra matriz", "ver com Márcia", "pagou metade",
        "trocar CNPJ", "alíquota 5%", "prestado em Barueri", "não fez o serviço", "stand by",
        "aguardando PO", "falta aprovar", "incluir multa de 30,00", "não é mais cliente", "canc.",
    ],
)  # fmt: skip
def test_a_remark_that_may_change_the_note_holds_its_row(text: str) -> None:
    (question,) = asked(beside([None, text, None, "pix"], "Obs")).values()
    assert question.linhas == (3,)
    assert text[:20] in question.texto


def test_who_did_the_service_is_no_remark_whatever_the_name_says() -> None:
    names = ["Bruna Design MEI", "Nota Certa ME", "Caio Redator MEI", "Bruna Design MEI"]
    assert not asked(beside(names, "Profissional"))


def test_an_amount_among_words_may_change_the_note_and_a_number_alone_may_not() -> None:
    texts = ["R$ 50 de frete", "12,50", "10% na próxima", "contrato 55/2025"]
    assert list(changing(texts)) == ["R$ 50 de frete", "10% na próxima"]


def seen(**shown: Any) -> RawSheet:
    """The notes as they look; `shown` are fields of `Appearance`."""
    return replace(sheet(HEADER, *ROWS), appearance=Appearance(**shown))


def test_a_comment_on_a_note_is_asked_about_and_one_on_the_header_is_not() -> None:
    one = seen(comments=((1, 2, "como preencher"), (3, 7, "cancelado\npelo cliente")))
    question = asked(one)["comentario-na-linha"]
    assert question.linhas == (3,)
    assert "“cancelado pelo cliente”" in question.texto


def test_a_row_struck_through_waits() -> None:
    assert asked(seen(struck=frozenset({1, 4})))["linha-riscada"].linhas == (4,)


def test_rows_of_a_colour_are_asked_about_by_it() -> None:
    one = seen(paint={1: {1: "azul"}, 3: {1: "verde", 7: ""}, 4: {7: "verde"}})
    question = asked(one)["linhas-pintadas"]
    assert question.linhas == (3, 4)
    assert "verde" in question.texto


def test_a_legend_is_told_with_its_colour() -> None:
    one = replace(seen(paint={4: {1: "verde"}}), rows=[("verde = já emitida",), HEADER, *ROWS])
    assert asked(one).keys() == {"linhas-pintadas"}
    assert "verde = já emitida" in asked(one)["linhas-pintadas"].texto


@pytest.mark.parametrize(
    ("colours", "eye"),
    [
        (("", "cinza", ""), True),
        (("azul", "", "azul", ""), True),
        (("cinza", "cinza", "", "", "cinza"), True),
        (("verde", "", "verde", "", "verde", ""), True),
        (("verde", "", "verde", ""), False),
        (("cinza", "", "", "cinza"), False),
        (("", "azul"), False),
    ],
)
def test_rows_painted_in_turns_are_for_the_eye(colours: Sequence[str], eye: bool) -> None:
    rows = [HEADER, *([*NOTE[:3], f"Aula {at}", *NOTE[4:]] for at in range(len(colours)))]
    paint = {row: dict.fromkeys(range(1, 8), one) for row, one in enumerate(colours, 2) if one}
    assert (not asked(replace(seen(paint=paint), rows=rows))) is eye


def test_the_colour_of_a_whole_column_and_one_that_repeats_its_text_are_not_asked_about() -> None:
    assert not asked(seen(paint={row: {1: "amarelo"} for row in range(2, 6)}))
    # The descriptions differ; that the tax is withheld is said in green, and that it is not in red.
    told = {2: {6: "vermelho"}, 3: {6: "verde"}, 4: {6: "vermelho"}, 5: {6: "verde"}}
    rows = [HEADER, *((*r[:5], "Sim" if at % 2 else "Não", r[6]) for at, r in enumerate(ROWS))]
    assert not asked(replace(seen(paint=told), rows=rows))


def test_what_was_said_of_the_colours_of_one_file_says_nothing_of_another() -> None:
    said = RowAnswer("linhas-pintadas", None, "enviar mesmo assim", (3,), valor="verde")
    assert not asked(seen(paint={3: {1: "verde"}}), said)
    assert asked(seen(paint={4: {1: "verde"}}), said)


@pytest.mark.parametrize("text", ["enviar NF por e-mail", "NF até dia 5", "pediu recibo"])
def test_how_a_note_goes_to_the_customer_is_not_asked_about(text: str) -> None:
    assert not asked(beside([None, text, None, None], "Obs"))


@pytest.mark.parametrize(
    "text",
    ["Somar 10% em todas", "Faltou: Padaria Sol, R$ 800,00", "Emitir todas com data de 20/11"],
)
def test_a_text_or_a_comment_outside_the_notes_that_changes_them_is_asked_about(text: str) -> None:
    below = sheet(HEADER, *ROWS, (), (text,))
    above = seen(comments=((1, 7, text),))
    assert asked(below).keys() == asked(above).keys() == {"aviso-fora-das-notas"}
