"""What the console says: short, once, and true."""

from pathlib import Path

import pytest

from converter.model.outcome import Message
from converter.model.problems import Problem, Severity
from converter.model.run import FileDone
from converter.texts import console, resultado
from converter.texts.catalogue import hint
from converter.texts.formato import cnpj


def at(row: int, column: str = "E", code: str = "cnpj-digito") -> Problem:
    return Problem(code, Severity.ERRO, "a.xlsx", "Notas", row, column, value="11")


def told(*problems: Problem, beyond: int = 0) -> list[str]:
    return list(console._problems(problems, beyond))


def test_errors_alike_in_a_column_are_told_once() -> None:
    (line,) = told(at(2), at(3), at(9))
    assert line.startswith("  Notas!E2 e mais 2 células: ")


def test_the_same_advice_is_not_given_twice_in_a_row() -> None:
    first, second = told(at(2), at(3, "F"))
    assert len(second) < len(first)
    assert second.startswith("  Notas!F3: ")


def test_errors_left_out_are_counted() -> None:
    columns = "ABCDEFGHIJ"
    lines = told(*(at(2, column) for column in columns), beyond=1_000)
    assert len(lines) == console.MAX_PROBLEMS + 1
    assert "1.002 outros erros estão na aba Erros" in lines[-1]


@pytest.mark.parametrize(
    ("summary", "refs", "why"),
    [
        (None, (), "nenhuma nota para enviar"),
        ('{"notas_repetidas": 0}', (), "nenhuma nota para enviar"),
        ('{"notas_repetidas": 3}', (), "as notas já foram em outra planilha"),
        ('{"notas_repetidas": 3}', ("pl1",), "já tem 1 lote: pl1"),
    ],
)
def test_a_file_with_nothing_new_says_that_its_notes_went_only_where_they_went(
    summary: str | None, refs: tuple[str, ...], why: str
) -> None:
    done = FileDone("a.xlsx", None, summary=summary, refs=refs)
    assert [*console.file_lines(done, Path(), enviar=True)] == [f"a.xlsx: nada de novo ({why})."]


def test_a_negative_value_is_never_billed_by_dropping_its_sign() -> None:
    minus = Problem("numero-negativo", Severity.ERRO, "a.xlsx", "Notas", 2, "E", value="-1.500,00")
    advice = hint(minus)
    assert "apague a linha" in advice
    assert "sem o sinal" not in advice


def test_a_cnpj_is_shown_as_it_is_written() -> None:
    assert cnpj("11222333000181") == "11.222.333/0001-81"
    assert cnpj("") == ""


def test_only_a_code_of_the_prefeitura_is_shown_before_its_message() -> None:
    assert resultado.dito(Message("E160", "Falta a cidade.")) == "E160: Falta a cidade."
    assert resultado.dito(Message("lote_nao_processado", "Nada foi feito.")) == "Nada foi feito."
