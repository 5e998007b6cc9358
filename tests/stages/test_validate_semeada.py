"""200 mistakes, each in a cell of its own: all found, none elsewhere, nothing else said."""

import pytest

from converter.stages.validate import validate
from tests.schemas.planilha import GOOD, RULES, letter, planilha
from tests.schemas.semeada import KINDS, MISTAKES, seeded

COLUMNS = {path: letter(place) for place, path in enumerate(GOOD)}


@pytest.mark.parametrize("seed", [2026, 1, 2])
def test_two_hundred_found_none_misplaced_none_invented(seed: int) -> None:
    rows, mistakes = seeded(seed)
    expected = {(row, COLUMNS[path], kind.code) for (row, path), kind in mistakes.items()}
    typed = validate(planilha(rows), RULES)
    told = [(problem.row, problem.column, problem.code) for problem in typed.problems]
    assert len(mistakes) == MISTAKES
    assert len(told) == len(set(told))
    assert set(told) == expected


def test_every_kind_of_mistake_is_seeded() -> None:
    assert set(seeded().mistakes.values()) == set(KINDS)
