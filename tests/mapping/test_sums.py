"""A column that only adds up those beside it."""

import pytest

from converter.mapping.sums import adds_up, cents, is_mixed
from converter.model.cells import Fault, FaultKind, RawValue

PIS, IR = [6_500, 650, 0], [15_000, 1_500, 3_000]


@pytest.mark.parametrize(
    ("total", "wanted"),
    [
        ([215.0, 21.5, 30.0], True),
        ([215.01, 21.49, 30.02], True),
        (["R$ 215,00", "R$ 21,50", "30"], True),
        ([215.0, 21.5, Fault(FaultKind.FORMULA_WITHOUT_VALUE, "=A2+B2")], True),
        ([215.0, 21.5, None], False),
        ([215.0, 20.0, 30.0], False),
        ([215.0, None, None], False),
        ([0.0, 0.0, 0.0], False),
        (["a combinar", "21,50", "30,00"], False),
    ],
)
def test_a_total_is_the_sum_of_its_parts_in_every_row(total: list[RawValue], wanted: bool) -> None:
    read = cents(total)
    assert (read is not None and adds_up(read, [PIS, IR])) is wanted


def test_one_part_alone_is_the_same_amount_and_no_sum() -> None:
    assert not adds_up(IR, [IR])


def test_parts_are_mixed_where_a_row_has_every_one_of_them() -> None:
    assert is_mixed([PIS, IR])
    assert not is_mixed([[100, 0], [0, 100]])
