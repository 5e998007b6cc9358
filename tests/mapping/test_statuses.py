"""Which words of a cell keep its row from going without the person's word."""

import pytest

from converter.mapping.sense import Mark
from converter.mapping.statuses import distinct, rows_with, stopping
from converter.model.cells import RawValue


@pytest.mark.parametrize(
    ("mark", "value", "stops"),
    [
        (Mark.SITUACAO, "Cancelada", True),
        (Mark.SITUACAO, "ESTORNADO", True),
        (Mark.SITUACAO, "Nota emitida", True),
        (Mark.SITUACAO, "a emitir", False),
        (Mark.SITUACAO, "não emitida", False),
        (Mark.SITUACAO, "não faturado", False),
        (Mark.SITUACAO, "não emitir", True),
        (Mark.EMITIDA, 1190, True),
        (Mark.EMITIDA, "✓", True),
        (Mark.EMITIDA, "sim", True),
        (Mark.EMITIDA, "não", False),
        (Mark.EMITIDA, "pendente", False),
        (Mark.EMITIDA, "0", False),
        (Mark.EMITIR, "N", True),
        (Mark.EMITIR, "não – dezembro", True),
        (Mark.EMITIR, "S", False),
    ],
)
def test_a_word_that_stops_a_row(mark: Mark, value: RawValue, stops: bool) -> None:
    assert bool(stopping(mark, [value])) is stops


def test_blank_cells_stop_nothing_and_each_word_counts_once() -> None:
    column = ["Cancelada", None, "", "Cancelada", "ok"]
    assert distinct(column) == ["Cancelada", "ok"]
    assert rows_with({"Cancelada"}, column, range(2, 7)) == (2, 5)
