"""Answers kept as TOML, and which of them hold for a file."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from converter.errors import MappingError
from converter.mapping.answers import answered, load_answers, merged, written
from converter.mapping.load import load_mappings
from converter.model.columns import Answers, AnswerUse, ColumnAnswer, RowAnswer

SAID = Answers(
    (
        ColumnAnswer(
            "A", "honorarios", AnswerUse.CAMPO, "servico.valor_servicos", titulo="Honorários"
        ),
        ColumnAnswer("B", "obs", AnswerUse.NADA, titulo="Obs"),
        ColumnAnswer("C", "status", AnswerUse.SITUACAO, nao_enviar=("cancelada", 'a "x"')),
    ),
    (RowAnswer("linhas-ocultas", None, "não enviar estas linhas", (5, 7), "ab"),),
    "notas_corrigir.xlsx",
    date(2026, 11, 26),
)


def kept(folder: Path, answers: Answers = SAID) -> Path:
    path = folder / "respostas_notas.toml"
    path.write_text(written("f00d", "Março", answers), encoding="utf-8")
    return path


def test_answers_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = kept(tmp_path)

    assert load_answers(tmp_path) == {"f00d": (path, SAID)}
    assert 'servico.valor_servicos"  # Valor dos serviços' in path.read_text(encoding="utf-8")


def test_a_file_of_answers_is_no_mapping(tmp_path: Path) -> None:
    kept(tmp_path)

    assert not [spec for spec in load_mappings([tmp_path]).specs if not spec.shipped]


def test_a_file_of_answers_that_was_spoilt_says_what_to_do(tmp_path: Path) -> None:
    path = kept(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("servico.", "servisso."), "utf-8")

    with pytest.raises(MappingError, match="Apague o arquivo"):
        load_answers(tmp_path)


def test_a_new_answer_replaces_the_old_and_one_taken_back_goes() -> None:
    new = Answers((ColumnAnswer("A", "honorarios", AnswerUse.NADA),), (), "b.xlsx")

    result = merged(SAID, new, frozenset("B"))

    assert [(one.coluna, one.uso) for one in result.colunas] == [
        ("A", AnswerUse.NADA), ("C", AnswerUse.SITUACAO),
    ]  # fmt: skip
    assert result.perguntas == SAID.perguntas


def test_an_answer_about_rows_names_them_in_their_own_file_alone() -> None:
    own = answered({"f00d": SAID}, {}, {}, "ab").of("Março", "f00d").perguntas
    other = answered({"f00d": SAID}, {}, {}, "cd").of("Abril", "f00d").perguntas

    assert [one.linhas for one in own] == [(5, 7)]
    assert [(one.opcao, one.linhas) for one in other] == [("não enviar estas linhas", None)]


def rows_said(*answers: RowAnswer, sha256: str, planilha: str = "Março") -> list[str]:
    """What holds of rows for a sheet of a file, of what was kept for its headers."""
    kept = {"f00d": Answers(perguntas=answers)}
    found = answered(kept, {}, {}, sha256).of(planilha, "f00d").perguntas
    return [one.opcao for one in found]


def test_to_send_certain_rows_all_the_same_is_said_of_those_alone() -> None:
    hidden = RowAnswer("linhas-ocultas", None, "enviar mesmo assim", (5,), "ab", "Março")
    assert rows_said(hidden, sha256="ab") == ["enviar mesmo assim"]
    assert rows_said(hidden, sha256="cd") == []
    word = replace(hidden, codigo="situacao-da-nota", coluna="F", valor="montado")
    assert rows_said(word, sha256="cd") == ["enviar mesmo assim"]
    years = replace(hidden, codigo="coluna-ano-curto", coluna="A", opcao="dia/mês/ano")
    assert rows_said(years, sha256="cd") == ["dia/mês/ano"]


def test_a_word_that_keeps_rows_back_does_so_in_every_row_of_its_file() -> None:
    word = RowAnswer(
        "situacao-da-nota", "F", "não enviar estas linhas", (5,), "ab", "Março", "Pendente"
    )

    own = answered({"f00d": Answers(perguntas=(word,))}, {}, {}, "ab").of("Março", "f00d")

    assert [one.linhas for one in own.perguntas] == [(5,), None]
    sends = replace(word, opcao="enviar mesmo assim")
    assert rows_said(sends, sha256="ab") == ["enviar mesmo assim"]


def test_what_was_said_of_colours_is_said_of_one_file_alone() -> None:
    colours = RowAnswer("cor-com-sentido", None, "não enviar estas linhas", (5,), "ab", "Março")
    assert rows_said(colours, sha256="ab") == ["não enviar estas linhas"]
    assert rows_said(colours, sha256="cd") == []


def test_what_is_said_of_the_rows_of_one_sheet_is_not_said_of_anothers() -> None:
    march = RowAnswer("linhas-ocultas", None, "não enviar estas linhas", (5,), "ab", "Março")
    april = replace(march, opcao="enviar mesmo assim", planilha="Abril")
    assert rows_said(march, april, sha256="ab") == ["não enviar estas linhas"]
    assert rows_said(march, april, sha256="ab", planilha="Abril") == ["enviar mesmo assim"]
    assert rows_said(march, april, sha256="cd") == []
    kept = merged(Answers(perguntas=(march,)), Answers(perguntas=(april,)), frozenset())
    assert kept.perguntas == (march, april)


def test_a_workbook_to_mend_takes_what_was_kept_for_the_headers_of_its_source() -> None:
    here = {"Março": replace(SAID, colunas=SAID.colunas[1:2], perguntas=())}

    said = answered({"f00d": SAID}, here, {"Março": "f00d"}, "cd").of("Março", "another")

    assert sorted(one.coluna for one in said.colunas) == ["A", "B", "C"]
