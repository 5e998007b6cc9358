"""A row of a text file with more cells than its header is held, with both readings."""

import pytest

from converter.mapping.surplus import held, surplus
from converter.model.cells import Fault, FaultKind, RawSheet

HEADER = ("Data", "Nome", "Valor", "Descrição")
VALOR = (2,)


def found(*rows: tuple[str, ...], separator: str = ","):
    sheet = RawSheet("Notas", [HEADER, *rows], separator=separator)
    width = max(map(len, rows))
    columns = [[row[at] if at < len(row) else None for row in rows] for at in range(width)]
    return columns, surplus(sheet, 1, columns, VALOR)


@pytest.mark.parametrize(
    ("row", "column", "joined"),
    [
        (("1/10", "Lume", "1100", "50", "Frete"), 2, "“1100,50”"),
        (("1/10", "Lume", "1.100", "5", "Frete"), 2, "“1.100,5”"),
        (("1/10", "Lume", "1100.50", "Frete", " urgente"), 3, "“Frete, urgente”"),
        (("1/10", "Lume", " Ltda", "1100.50", "Frete"), 1, "“Lume, Ltda”"),
    ],
)
def test_the_joint_is_where_the_row_reads_best(
    row: tuple[str, ...], column: int, joined: str
) -> None:
    (one,) = found(row)[1]
    assert (one.column, one.joined) == (column, joined)


def test_nothing_is_cut_off_where_several_cells_are_too_many() -> None:
    (one,) = found(("1/10", "Lume", "100,00", "Frete", " urgente", " pedido 12"), separator=";")[1]
    assert one.joined == "“Frete; urgente; pedido 12”"
    assert one.apart == "“Frete”, com “ urgente; pedido 12” de sobra no fim"


def test_blank_cells_beyond_the_header_are_nothing() -> None:
    assert found(("1/10", "Lume", "100", "Frete", "", " "))[1] == []
    assert found(("1/10", "Lume", "100", "Frete", "x"), separator="")[1] == []


def test_a_row_is_held_at_the_cell_in_doubt_or_at_one_that_is_read() -> None:
    columns, one = found(("1/10", "Lume", "1100", "50", "Frete"))
    for used, place in (([2, 0], 2), ([0], 0)):
        fault = held(columns, one, used)[place][0]
        assert isinstance(fault, Fault)
        assert fault.kind is FaultKind.SURPLUS
        assert fault.readings == ("“1100”, com “Frete” de sobra no fim", "“1100,50”")
