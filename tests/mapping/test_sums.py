"""A column that only adds up those beside it."""

import pytest

from converter.mapping.sums import Amounts, adds_up, is_mixed
from converter.model.cells import Fault, FaultKind, RawValue

PIS, IR = Amounts([65.0, 6.5, None]), Amounts([150.0, 15.0, 30.0])


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
    assert adds_up(Amounts(total), [PIS, IR]) is wanted


def test_one_part_alone_is_the_same_amount_and_no_sum() -> None:
    assert not adds_up(IR, [IR])


def test_parts_are_mixed_where_a_row_has_every_one_of_them() -> None:
    assert is_mixed([PIS, IR])
    assert not is_mixed([Amounts([1, 0]), Amounts([0, 1])])
