"""Amounts in R$: exact, with two decimals, never rounded in silence.

>>> parse("R$ 1.500,00", Convention.BR).value
Decimal('1500.00')
>>> parse("1.500", Convention.PLAIN).details
(('leitura_br', '1.500,00'), ('leitura_en', '1,50'))
"""

from decimal import Decimal

from converter.brazil import numerals
from converter.brazil.numerals import Convention, convention
from converter.model.parsed import Parsed

__all__ = ["Convention", "convention", "parse"]


def parse(value: object, convention: Convention = Convention.PLAIN) -> Parsed[Decimal]:
    """Give the amount of a cell in R$, two decimals, negative where it says so.

    Args:
        value: The cell; text may carry R$, spaces, a minus or parentheses.
        convention: How its column writes numbers, from `convention`.
    """
    return numerals.fit(numerals.number(value, convention), places=2)
