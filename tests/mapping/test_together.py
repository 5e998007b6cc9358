"""Columns that say together what the notes are for."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from converter.brazil.headers import fold
from converter.mapping.decisions import Work
from converter.mapping.descriptions import say_together
from converter.mapping.draft import draft
from converter.model.cells import RawValue
from converter.model.columns import Answers, AnswerUse, ColumnAnswer
from tests.mapping.books import book, mappings
from tests.mapping.test_readings import AMOUNTS, DATES, DOCS, NAMES, read, said, table
from tests.mapping.test_what_a_header_says import read as sensed

DESCRICAO = "servico.discriminacao"
USED, ASKED, LEFT = ("usada", DESCRICAO), ("pergunta", None), ("ignorada", None)
PLAIN: dict[str, Sequence[RawValue]] = {
    "Data": DATES, "Cliente": NAMES, "CNPJ": DOCS, "Valor": AMOUNTS,
}  # fmt: skip
PACKS = ("Completo com álbum", "Essencial", "Corporativo 8 h")
EVENTS = ("Casamento", "Aniversário de 15 anos", "Convenção de vendas")


def test_texts_that_each_may_be_the_description_are_joined_and_told() -> None:
    mapped = read(table({**PLAIN, "Evento": EVENTS, "Pacote": PACKS}))
    assert said(mapped)["Evento"] == said(mapped)["Pacote"] == USED
    (one,) = mapped.sheets
    assert one.fields[DESCRICAO].values[0] == "Casamento - Completo com álbum"
    (told,) = [each for each in one.assumptions if each.code == "colunas-juntas"]
    assert told.details["colunas"] == "E “Evento” e F “Pacote”"


@pytest.mark.parametrize(
    ("header", "values", "is_to_be"),
    [
        ("Atendimento", ("Malu", "Denis", "Malu"), ASKED),
        ("Etapa", ("Projeto executivo", "Estudo preliminar", "Fase 2"), USED),
        ("Turma", ("A", "B", "C"), LEFT),
    ],
)
def test_beside_a_text_names_are_asked_and_details_join(
    header: str, values: Sequence[RawValue], is_to_be: tuple[str, str | None]
) -> None:
    mapped = said(read(table({**PLAIN, "Campanha": EVENTS, header: values})))
    assert mapped["Campanha"] == USED
    assert mapped[header] == is_to_be


def test_less_than_two_texts_say_nothing_together() -> None:
    found = sensed({"Evento": EVENTS, "Valor": AMOUNTS})
    work = Work(found, {}, {})
    assert not say_together(work, found[:1])
    assert not work.decisions
    pair = sensed({"Evento": EVENTS, "Pacote": PACKS})
    assert say_together(Work(pair, {}, {}), pair)


def test_a_written_description_stands_alone() -> None:
    mapped = said(read(table({**PLAIN, "Descrição": EVENTS, "Pacote": PACKS})))
    assert mapped["Descrição"] == USED
    assert mapped["Pacote"] == LEFT


def test_texts_beside_the_bare_kind_of_a_service_are_said_with_it() -> None:
    kinds = ("Fotografia", "Filmagem", "Foto aérea")
    beside = {"Evento / homenageado": EVENTS, "Pacote": PACKS}
    mapped = read(table({**PLAIN, "Trabalho": kinds, **beside}))
    assert mapped.sheets[0].fields[DESCRICAO].values == [
        "Fotografia - Casamento - Completo com álbum",
        "Filmagem - Aniversário de 15 anos - Essencial",
        "Foto aérea - Convenção de vendas - Corporativo 8 h",
    ]
    assert said(read(table({**PLAIN, "Trabalho": EVENTS, "Pacote": PACKS})))["Pacote"] == LEFT
    assert said(read(table({**PLAIN, "Descrição": kinds, "Pacote": PACKS})))["Pacote"] == LEFT
    assert said(read(table({**PLAIN, "Trabalho": kinds})))["Trabalho"] == USED


def test_names_beside_the_bare_kind_of_a_service_are_no_part_of_it() -> None:
    kinds, names = ("Banho", "Tosa", "Banho"), ("Malu", "Denis", "Malu")
    mapped = said(read(table({**PLAIN, "Serviço": kinds, "Atendimento": names})))
    assert (mapped["Serviço"], mapped["Atendimento"]) == (USED, LEFT)


def test_what_another_column_says_whole_is_not_said_twice() -> None:
    more = [f"{event} - {pack}" for event, pack in zip(EVENTS, PACKS, strict=True)]
    mapped = read(table({**PLAIN, "Evento": EVENTS, "Projeto": more}))
    assert mapped.sheets[0].fields[DESCRICAO].values[0] == more[0]


def test_a_row_without_one_of_the_texts_has_the_other() -> None:
    mapped = read(table({**PLAIN, "Evento": ("", *EVENTS[1:]), "Pacote": PACKS}))
    assert mapped.sheets[0].fields[DESCRICAO].values[0] == PACKS[0]


def test_a_draft_joins_them_too(tmp_path: Path) -> None:
    one = table({**PLAIN, "Evento": EVENTS, "Pacote": PACKS})
    text = draft(book(one), mappings(), read(one).columns)
    assert 'servico.discriminacao = { juntar = ["Evento", "Pacote"], separador = " - " }' in text
    assert mappings(tmp_path, rascunho=text).named("notas")


def test_a_person_may_say_that_several_columns_are_the_description() -> None:
    one = table({**PLAIN, "Evento": EVENTS, "Atendimento": ("Malu", "Denis", "Malu")})
    answers = Answers(
        tuple(
            ColumnAnswer(letter, fold(header), AnswerUse.CAMPO, DESCRICAO, titulo=header)
            for letter, header in (("E", "Evento"), ("F", "Atendimento"))
        )
    )
    assert read(one, answers).sheets[0].fields[DESCRICAO].values[0] == "Casamento - Malu"
