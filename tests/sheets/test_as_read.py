"""Rows as read, at their own address: each value whole, and blanks like their neighbours."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest

from converter.model.cells import Fault, FaultKind, Percent, RawSheet, RawValue
from converter.sheets.lida import as_read, read_column


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Percent(0.05), (0.05, "lidopercentual")),
        (Fault(FaultKind.ERROR_VALUE, "#REF!"), ("#REF!", "lidotexto")),
        (time(6, 0), (0.25, "lidohora")),
        (timedelta(hours=36), (1.5, "lidohora")),
        (date(2026, 3, 1), (date(2026, 3, 1), "lidodata")),
        (datetime(2026, 3, 1, 2), (datetime(2026, 3, 1, 2), "lidomomento")),
        (11222333000181.0, (11222333000181, "lidoinexato")),
        (12.0, (12, None)),
    ],
)
def test_a_value_as_read_is_shown_whole(value: RawValue, shown: tuple[object, object]) -> None:
    column = read_column([value])
    assert (column.valores[0], (column.estilos or [None])[0]) == shown


@pytest.mark.parametrize(
    ("column", "style"),
    [([1.5, 2.25], "lidovalor"), ([1.5, 2.123], "lido"), (["a", None], "lidotexto"),
     (["a\nb"], "lidoquebra")],
)  # fmt: skip
def test_a_blank_looks_like_its_neighbours(column: Sequence[RawValue], style: str) -> None:
    assert read_column(column).estilo == style


def test_rows_of_any_width_are_read_as_columns() -> None:
    sheet = as_read(RawSheet("N", [("a",), ("b", 1.0, None), ()]), "Lida", 1)
    assert [list(column.valores) for column in sheet.colunas] == [
        ["b", None],
        [1, None],
        [None] * 2,
    ]
