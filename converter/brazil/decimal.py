"""Plain numbers with up to four decimals: quantities, factors, rates that are no percentage.

>>> from converter.brazil.numerals import Convention
>>> parse("0,0525", Convention.BR).value
Decimal('0.0525')
"""

from decimal import Decimal

from converter.brazil import numerals
from converter.brazil.numerals import Convention
from converter.model.parsed import Parsed


def parse(value: object, convention: Convention = Convention.PLAIN) -> Parsed[Decimal]:
    """Give the number of a cell, with two decimals where they are enough and else four."""
    return numerals.fit(numerals.number(value, convention), places=4)
