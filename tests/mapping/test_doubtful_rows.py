"""Rows that may be no notes of their own, and dates that may be others, wait for a word."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from converter.mapping import doubtful_rows
from converter.mapping.decisions import Decision
from converter.mapping.left_over import NUMBERS
from converter.model.cells import RawValue
from converter.model.columns import Answers, ColumnUse, Question
from converter.stages.map import map_book
from tests.mapping import pieces
from tests.mapping.books import ONE, book, mappings
from tests.mapping.test_readings import DOCS, NAMES, TEXTS, WHOLE, answer, read, table


def named(sheet: str, arquivo: str = "notas.xlsx") -> tuple[Question, ...]:
    one = replace(table(WHOLE), name=sheet)
    return map_book(book(one, arquivo=arquivo), mappings(), choice=None, defaults=ONE).questions


@pytest.mark.parametrize(
    "name",
    ["Canceladas", "Outubro (já emitidas)", "Não emitir", "Excluídos", "Modelo", "Exemplo",
     "Backup", "NF emitidas", "Rascunho", "Já faturadas"],
)  # fmt: skip
def test_a_tab_set_aside_does_not_go_without_a_word(name: str) -> None:
    (question,) = named(name)
    assert (question.codigo, question.linhas) == ("nome-que-retem", (2, 3, 4))
    assert name in question.texto


@pytest.mark.parametrize("name", ["Notas", "Novembro", "A emitir", "Não emitidas", "Não faturadas"])
def test_a_tab_to_be_issued_goes(name: str) -> None:
    assert not named(name)


def test_a_file_set_aside_does_not_go_without_a_word() -> None:
    (question,) = named("Notas", "NAO EMITIR AINDA - notas.xlsx")
    assert (question.codigo, question.linhas) == ("nome-que-retem", (2, 3, 4))
    assert not named("Notas", "modelo-simples.xlsx")


@pytest.mark.parametrize(
    "text",
    ["(-) Desconto comercial", "Estorno nota 1180", "Multa por atraso", "Juros",
     "Reembolso de viagem", "Multa", "Devolução ref. nota 12"],
)  # fmt: skip
def test_what_is_no_service_is_no_note_of_its_own(text: str) -> None:
    (question,) = read(table({**WHOLE, "Descrição": (TEXTS[0], text, TEXTS[2])})).questions
    assert (question.codigo, question.linhas) == ("linha-sem-servico", (3,))


@pytest.mark.parametrize(
    "text",
    ["Recurso de multa de trânsito", "Cálculo de juros", "Descontos e cupons: campanha de mídia",
     "Multimídia para evento", "Moradia assistida"],
)  # fmt: skip
def test_a_service_about_such_a_thing_is_one(text: str) -> None:
    asked = read(table({**WHOLE, "Descrição": (TEXTS[0], text, TEXTS[2])})).questions
    assert not asked


def test_a_row_spelt_otherwise_may_be_the_one_above() -> None:
    first = [values[0] for values in WHOLE.values()]
    columns: dict[str, Sequence[RawValue]] = {
        header: (value, value, WHOLE[header][2]) for header, value in zip(WHOLE, first, strict=True)
    }
    columns["Descrição"] = ("Consultoria em gestão", "CONSULTORIA  em gestao.", "Aula")
    (question,) = read(table(columns)).questions
    assert (question.codigo, question.linhas) == ("linha-quase-igual", (3,))
    assert not read(table({**columns, "CNPJ": DOCS, "Cliente": NAMES})).questions
    assert not read(table({**columns, "Valor": (1.0, 2.0, 3.0)})).questions


def test_a_month_that_may_come_before_its_day_is_asked_about() -> None:
    one = table({**WHOLE, "Data": ("11/03/2026", "11/04/2026", "11/10/2026")})
    (question,) = read(one).questions
    assert (question.codigo, question.linhas) == ("coluna-dia-ou-mes", (2, 3, 4))
    mapped = read(one, Answers(perguntas=(answer(question, 1),)))
    assert not mapped.questions
    assert mapped.sheets[0].fields["data_emissao"].format == "mm/dd/aaaa"


@pytest.mark.parametrize(
    "days",
    [
        ("11/03/2026", "11/04/2026", "25/10/2026"),
        ("01/03/2026", "01/04/2026", "01/05/2026"),
        ("11/03/2026", "11/04/2026", "11/13/2026"),
        ("11/03/2026", "11/03/2026", "11/04/2026"),
        ("03/11/2026", "04/11/2026", "10/11/2026"),
    ],
)
def test_dates_that_read_one_way_are_not_asked_about(days: tuple[str, ...]) -> None:
    assert not read(table({**WHOLE, "Data": days})).questions


USED = {"servico.valor_servicos": "Valor", "servico.discriminacao": "Texto",
        "tomador.razao_social": "Nome"}  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "arquivo", "names"),
    [
        ("Canceladas", "notas.xlsx", "“Canceladas”"),
        ("Notas", "canceladas.xlsx", "“canceladas.xlsx”"),
        ("Backup", "rascunho.xlsx", "“rascunho.xlsx”, “Backup”"),
        ("Notas", "backup.xlsx", ""),
        ("Modelo", "modelo.xlsx", "“Modelo”"),
        ("Nosso modelo", "notas.xlsx", ""),
        ("Não canceladas", "notas.xlsx", ""),
        ("A emitir, não emitidas", "notas.xlsx", ""),
    ],
)
def test_a_name_holds_the_rows_of_its_tab_or_file(sheet: str, arquivo: str, names: str) -> None:
    one = pieces.notes({"Valor": (1.5, 2.5)}, {}, name=sheet, arquivo=arquivo)
    asked = list(doubtful_rows.set_aside(one))
    assert [(each.rows, each.details["nomes"]) for each in asked] == (
        [((2, 3), names)] if names else []
    )
    text = replace(one, sheet=replace(one.sheet, separator=";"), arquivo="notas.csv")
    assert list(doubtful_rows.set_aside(text)) == []
    assert list(doubtful_rows.set_aside(replace(one, rows=()))) == []


@pytest.mark.parametrize(
    ("text", "held"),
    [("Multa", True), ("Multa contratual", True), ("Multas de trânsito", False), ("Desconto", True),
     ("Descontos e cupons", False), ("Aula de desconto", False)],
)  # fmt: skip
def test_a_text_says_no_service_as_it_begins_or_alone(text: str, *, held: bool) -> None:
    one = pieces.notes({"Texto": ("Aula", text)}, {"servico.discriminacao": "Texto"})
    assert [asked.rows for asked in doubtful_rows.no_services(one)] == ([(3,)] if held else [])
    other = pieces.notes({"Texto": ("Aula", text)}, {})
    assert list(doubtful_rows.no_services(other)) == []


@pytest.mark.parametrize(
    ("amounts", "texts", "names", "rows"),
    [
        ((1.5, 1.5), ("Aula", "AULA"), ("Ana", "Ana"), (3,)),
        ((1.5, 1.5), ("Aula", "Aula"), ("Ana", "Aná"), (3,)),
        ((1.5, 1.5), ("Aula", "Aula"), ("Ana", "Ana"), ()),
        ((1.5, 2.5), ("Aula", "AULA"), ("Ana", "Ana"), ()),
        ((1.5, 1.5), ("Aula", "AULAS"), ("Ana", "Ana"), ()),
        ((1.5, 1.5), ("Aula", "AULA"), ("Ana", "Rui"), ()),
        ((1.5, 1.5, 1.5), ("Aula", "AULA", "aula"), ("Ana", "Ana", "Ana"), (3, 4)),
    ],
)
def test_rows_alike_but_for_their_spelling(
    amounts: tuple[float, ...],
    texts: tuple[str, ...],
    names: tuple[str, ...],
    rows: tuple[int, ...],
) -> None:
    columns: pieces.Columns = {"Valor": amounts, "Texto": texts, "Nome": names}
    asked = list(doubtful_rows.near_copies(pieces.notes(columns, USED)))
    assert [each.rows for each in asked] == ([rows] if rows else [])
    for missing in ("servico.valor_servicos", "servico.discriminacao", "tomador.razao_social"):
        fewer = {path: header for path, header in USED.items() if path != missing}
        assert list(doubtful_rows.near_copies(pieces.notes(columns, fewer))) == []


def test_rows_that_are_numbered_apart_are_no_copies() -> None:
    columns: pieces.Columns = {"Valor": (1.5, 1.5), "Texto": ("Aula", "AULA"), "Nome": ("Ana",) * 2}
    one = pieces.notes({**columns, "Pedido": (1, 2)}, USED)
    assert len(list(doubtful_rows.near_copies(one))) == 1
    decisions = {**one.understood.decisions, 3: Decision(ColumnUse.IGNORADA, why=NUMBERS)}
    told = replace(one, understood=replace(one.understood, decisions=decisions))
    assert list(doubtful_rows.near_copies(told)) == []
