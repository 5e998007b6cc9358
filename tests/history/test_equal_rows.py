"""Rows equal to one above them in their own file."""

from collections.abc import Collection
from dataclasses import replace

import pytest

from converter.history.equal_rows import equal_rows
from converter.model.cells import MappedSheet, RawValue
from converter.model.columns import ColumnReading, ColumnUse
from converter.model.problems import Problem, Severity
from tests.history import rows

VALOR = "servico.valor_servicos"


def told(
    mapped: MappedSheet | None = None,
    unread: Collection[tuple[str, int]] = (),
    severity: Severity | None = Severity.ERRO,
    referencia: str = "",
) -> list[Problem]:
    """What is said of two rows, the lower of which repeats the upper."""
    one = rows.key()._replace(referencia=referencia)
    sheet = replace(rows.sheet(one, one), repeats=[None, ("Notas", 2)])
    sheets = [mapped] if mapped else []
    return list(equal_rows("a.csv", [sheet], sheets, unread, lambda _: severity))


def apart(*columns: tuple[RawValue, ...]) -> MappedSheet:
    return MappedSheet("a.csv", "Notas", "m", 1, (2, 3), {}, apart=columns)


def reading(use: ColumnUse, *suggestions: str, planilha: str = "Notas") -> MappedSheet:
    one = ColumnReading(planilha, "B", "Valor", use, sugestoes=suggestions)
    return MappedSheet("a.csv", planilha, "m", 1, (2, 3), {}, columns=(one,))


def test_a_row_equal_to_one_above_it_tells_which() -> None:
    (problem,) = told()
    assert (problem.code, problem.severity, problem.planilha, problem.row) == (
        "linha-repetida", Severity.ERRO, "Notas", 3,
    )  # fmt: skip
    assert dict(problem.details) == {"planilha_primeira": "Notas", "primeira": "2"}


def test_a_reference_that_comes_again_is_told_by_itself() -> None:
    (problem,) = told(referencia="P-7")
    assert (problem.code, problem.details["referencia"]) == ("referencia-repetida", "P-7")


@pytest.mark.parametrize("unread", [("Notas", 2), ("Notas", 3)])
def test_a_cell_in_error_in_either_row_leaves_it_open(unread: tuple[str, int]) -> None:
    assert told(unread=[unread]) == []


def test_an_error_in_another_row_or_sheet_changes_nothing() -> None:
    assert len(told(unread=[("Notas", 4), ("Outra", 3)])) == 1


@pytest.mark.parametrize(
    ("columns", "times"),
    [([(1, 2)], 0), ([(1, 1)], 1), ([(1, 1), ("a", "b")], 0), ([("1", 1)], 0), ([], 1)],
)
def test_what_numbers_the_rows_tells_them_apart(
    columns: list[tuple[RawValue, ...]], times: int
) -> None:
    assert len(told(apart(*columns))) == times


@pytest.mark.parametrize(
    ("mapped", "times"),
    [
        (reading(ColumnUse.PERGUNTA, VALOR), 0),
        (reading(ColumnUse.PERGUNTA, "tomador.email", VALOR), 0),
        (reading(ColumnUse.PERGUNTA, "tomador.email"), 1),
        (reading(ColumnUse.PERGUNTA), 1),
        (reading(ColumnUse.IGNORADA, VALOR), 1),
        (reading(ColumnUse.PERGUNTA, VALOR, planilha="Outra"), 1),
    ],
)
def test_a_column_still_asked_about_that_may_tell_rows_apart_leaves_it_open(
    mapped: MappedSheet, times: int
) -> None:
    assert len(told(mapped)) == times


def test_what_the_rules_do_not_mind_is_not_told() -> None:
    assert told(severity=None) == []
