"""`Resumo` says what to do next, by what is wrong."""

from dataclasses import replace

from converter.model.problems import Problem, Severity
from converter.sheets.resumo import next_steps
from tests.sheets.reports import report

CORRIGIR = "notas_corrigir.xlsx"
COLUMN = Problem("coluna-ausente", Severity.ERRO, "notas.xlsx", "Notas", None)
CELL = Problem("cnpj-digito", Severity.ERRO, "notas.xlsx", "Notas", 40, "E", value="11")


def steps(*problems: Problem) -> str:
    made, _ = report(answered=False)
    return " ".join(next_steps(replace(made, problems=problems), CORRIGIR))


def test_a_missing_column_is_not_called_a_coloured_cell() -> None:
    said = steps(COLUMN)
    assert "planilote.toml" in said
    assert "células coloridas" not in said


def test_wrong_cells_are_mended_in_the_coloured_cells() -> None:
    said = steps(CELL)
    assert "células coloridas" in said
    assert "aba inteira" not in said


def test_both_kinds_of_error_get_both_steps() -> None:
    said = steps(COLUMN, CELL)
    assert "células coloridas" in said
    assert "aba inteira" in said
