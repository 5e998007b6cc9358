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
    (RowAnswer("linhas-ocultas", None, "não enviar", (5, 7), "ab"),),
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
    assert [(one.opcao, one.linhas) for one in other] == [("não enviar", None)]


def test_a_workbook_to_mend_takes_what_was_kept_for_the_headers_of_its_source() -> None:
    here = {"Março": replace(SAID, colunas=SAID.colunas[1:2], perguntas=())}

    said = answered({"f00d": SAID}, here, {"Março": "f00d"}, "cd").of("Março", "another")

    assert sorted(one.coluna for one in said.colunas) == ["A", "B", "C"]
