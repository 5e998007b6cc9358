"""What the console says: short, once, and true."""

from converter.model.outcome import Message
from converter.model.problems import Problem, Severity
from converter.texts import console, resultado
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


def test_a_cnpj_is_shown_as_it_is_written() -> None:
    assert cnpj("11222333000181") == "11.222.333/0001-81"
    assert cnpj("") == ""


def test_only_a_code_of_the_prefeitura_is_shown_before_its_message() -> None:
    assert resultado.dito(Message("E160", "Falta a cidade.")) == "E160: Falta a cidade."
    assert resultado.dito(Message("lote_nao_processado", "Nada foi feito.")) == "Nada foi feito."
