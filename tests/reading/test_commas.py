"""A text file of commas whose amounts have a decimal comma: joined where there is one way alone."""

import pytest

from converter.reading.commas import decimal_commas

HEADER = "Data,Nome,Valor,Taxa,Descrição"
FULL = (HEADER, "1/10,Lume,1100,50,5,00,Frete", "2/10,Ana,200,25,2,50,Aula")


def read(*lines: str) -> tuple[list[tuple[object, ...]], tuple[int, ...]]:
    rows, columns = decimal_commas([tuple(line.split(",")) for line in lines], ",")
    return list(rows), columns


def test_every_amount_is_joined_at_its_own_column() -> None:
    rows, columns = read("Notas de outubro", *FULL, "Total,,1300,75,7,50,")
    assert columns == (2, 3)
    assert rows[2:4] == [
        ("1/10", "Lume", "1100,50", "5,00", "Frete"),
        ("2/10", "Ana", "200,25", "2,50", "Aula"),
    ]
    assert rows[4] == ("Total", "", "1300,75", "7,50", "")


@pytest.mark.parametrize(
    "lines",
    [
        FULL[:2],
        (HEADER, *FULL[1:], "3/10,Bia,100,5,Frete"),
        (HEADER, "1/10,Lume, Ltda,1100.50,5,Frete", "2/10,Ana, ME,200.25,5,Aula"),
        (HEADER, "1/10,Rua 1, 100,50,5,Frete", "2/10,Rua 2, 200,25,5,Aula"),
        (HEADER, "1/10,Lume,17,50,5,Frete", "2/10,Ana,17,20,5,Aula"),
        ("Data,Nome,Valor", "1/10,Lume,1100.50", "2/10,Ana,200.25"),
    ],
    ids=["one row", "not every row", "a comma in a name", "blank behind", "two ways", "none"],
)
def test_where_it_may_be_anything_else_nothing_is_joined(lines: tuple[str, ...]) -> None:
    rows, columns = read(*lines)
    assert columns == ()
    assert rows == [tuple(line.split(",")) for line in lines]
