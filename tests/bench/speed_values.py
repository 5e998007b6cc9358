"""How long a hundred thousand values take to understand."""

import sys
from time import process_time

import pytest

from converter.brazil import cnpj, money
from converter.brazil.numerals import Convention


@pytest.mark.skipif(sys.gettrace() is not None, reason="a tracer would count its own time")
@pytest.mark.parametrize("name", ["cnpj", "money"])
def test_a_hundred_thousand_values_take_well_under_a_second(name):
    if name == "cnpj":
        bases = [f"{base:012}" for base in range(10**9, 10**9 + 100_000)]
        cells, parse = [base + cnpj.calc_check_digits(base) for base in bases], cnpj.parse
    else:
        cells = [f"{place // 1000 + 1}.{place % 1000:03},07" for place in range(100_000)]
        parse = money.parse
    start = process_time()
    for cell in cells:
        parse(cell)
    took = process_time() - start
    print(f"{name}: {took:.2f} s for {len(cells)}")
    assert took < 1.5
    assert parse(cells[-1]).value is not None
    assert money.convention(cells[:1]) in Convention
