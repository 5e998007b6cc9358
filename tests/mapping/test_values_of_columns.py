"""What the values of a column make of it: asked once, or known however they are kept."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from converter.model.cells import RawValue
from converter.model.columns import Answers, ColumnUse, RowAnswer
from tests.mapping.test_readings import DATES, WHOLE, read, said, table


@pytest.mark.parametrize(
    ("header", "values", "path"),
    [
        ("CNPJ", ("ESTRANGEIRO", "estrangeiro", "do exterior"), "tomador.cnpj"),
        ("Alíquota", ("5 pct", "2 pct", "isento"), "servico.aliquota"),
        ("Valor", ("1.200,00 C", "890,50 C", "450,00 D"), "servico.valor_servicos"),
    ],
)
def test_a_certain_header_over_values_that_cannot_be_is_asked(
    header: str, values: Sequence[RawValue], path: str
) -> None:
    mapped = read(table({**WHOLE, header: values}))
    (reading,) = (one for one in mapped.columns if one.cabecalho == header)
    assert (reading.situacao, reading.sugestoes) == (ColumnUse.PERGUNTA, (path,))
    assert mapped.waiting == {("Notas", 2), ("Notas", 3), ("Notas", 4)}


@pytest.mark.parametrize(
    "values",
    [
        ("'1.200,00", "'890,50", "'450,00"),
        ('="1.200,00"', '="890,50"', '="450,00"'),
        ("1.200,00\u200b", "890,50\u200b", "450,00\u00ad"),
        ("1.200,00 R$", "890,50 reais", "BRL 450,00"),
        ("R$ –", "R$ 890,50", "—"),
    ],
)
def test_amounts_are_known_as_such_however_they_were_kept(values: Sequence[RawValue]) -> None:
    assert said(read(table({**WHOLE, "Valor": values})))["Valor"] == (
        "usada",
        "servico.valor_servicos",
    )


def test_words_for_nothing_do_not_make_a_column_another() -> None:
    names = ("#N/D", "N/A", "não informado")
    assert said(read(table({**WHOLE, "Cliente": names})))["Cliente"][1] == "tomador.razao_social"


def test_years_of_two_digits_are_asked_once_for_their_column() -> None:
    one = table({**WHOLE, "Data": ("16/02/26", "05/02/26", "17/02/2026")})
    (question,) = read(one).questions
    assert (question.codigo, question.coluna, question.linhas) == ("coluna-ano-curto", "A", (2, 3))
    assert "16 de fevereiro de 2026" in question.texto
    answer = RowAnswer(question.codigo, question.coluna, question.opcoes[0])
    answered = read(one, Answers(perguntas=(answer,)))
    assert not answered.questions
    assert answered.sheets[0].fields["data_emissao"].format == "dd/mm/aa"


def test_years_of_a_day_that_may_be_another_are_asked_with_it() -> None:
    days = ("16/02/26", "05/02/26", "17/02/26")
    one = table({"Dt. Atend.": days, **{name: WHOLE[name] for name in WHOLE if name != "Data"}})
    mapped = read(one)
    assert {each.codigo for each in mapped.questions} == {"coluna-ano-curto", "coluna-duvidosa"}
    assert [each.coluna for each in mapped.sheets[0].asked_columns] == ["A"]


def test_an_order_of_day_and_month_that_is_open_is_chosen_by_the_answer() -> None:
    one = table({**WHOLE, "Data": ("05/02/26", "06/02/26", "07/02/26")})
    (question,) = read(one).questions
    answer = RowAnswer(question.codigo, question.coluna, question.opcoes[1])
    fields = read(one, Answers(perguntas=(answer,))).sheets[0].fields
    assert fields["data_emissao"].format == "mm/dd/aa"
    other = table({**WHOLE, "Data": ("16/02/26", "06/02/26", "07/02/26")})
    assert read(other, Answers(perguntas=(answer,))).questions, "no answer for what it cannot read"


def test_decimal_commas_of_a_whole_file_are_asked_once() -> None:
    one = replace(table(WHOLE), separator=",", commas=(4,))
    (question,) = read(one).questions
    assert (question.codigo, question.linhas) == ("csv-virgula-decimal", (2, 3, 4))
    answer = RowAnswer(question.codigo, question.coluna, question.opcoes[0])
    assert not read(one, Answers(perguntas=(answer,))).questions


def test_times_marked_with_z_are_told_once_for_their_column() -> None:
    one = table({**WHOLE, "Data": ("2026-03-19T14:30:00Z", "2026-03-20T00:00:00Z", DATES[2])})
    said = [each for each in read(one).sheets[0].assumptions if each.code == "hora-com-fuso"]
    assert [each.details["coluna"] for each in said] == ["A"]
