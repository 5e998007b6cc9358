"""Amounts in R$: exact, with two decimals, never rounded in silence.

>>> parse("R$ 1.500,00", Convention.BR).value
Decimal('1500.00')
>>> parse("1.500", Convention.PLAIN).details
(('leitura_br', '1.500,00'), ('leitura_en', '1,50'))
"""

from decimal import Decimal

from converter.brazil import numerals
from converter.brazil.numerals import Convention, convention
from converter.model.cells import Formatted
from converter.model.parsed import Parsed

__all__ = ["Convention", "convention", "parse"]


def parse(value: object, convention: Convention = Convention.PLAIN) -> Parsed[Decimal]:
    """Give the amount of a cell in R$, two decimals, negative where it says so.

    Text may carry R$, spaces, a minus or parentheses.
    """
    if isinstance(value, Formatted) and not (value.currency or value.thousands):
        return _as_shown(value)
    return numerals.fit(numerals.number(value, convention), places=2)


def _as_shown(value: Formatted) -> Parsed[Decimal]:
    """Give what the cell shows where its format rounds, with a warning: people see no more."""
    exact = numerals.fit(numerals.number(value, Convention.PLAIN), places=2)
    mostrado = numerals.shown(value)
    if mostrado is None or exact.value == mostrado:
        return exact
    fitted = numerals.fit(Parsed(mostrado), places=2)
    if fitted.value is None:
        return fitted
    details = (
        ("exato", numerals.written(Decimal(repr(float(value))))),
        ("mostrado", numerals.written(fitted.value, 2)),
    )
    return Parsed(fitted.value, None, "valor-como-mostrado", details)
