"""Plain numbers with up to four decimals: quantities, factors, rates that are no percentage.

>>> from converter.brazil.numerals import Convention
>>> parse("0,0525", Convention.BR).value
Decimal('0.0525')
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from converter.brazil import numerals
from converter.brazil.numerals import Convention
from converter.model.parsed import Parsed

_IN_CENTS = re.compile(r"[0-9]+\.[0-9]{2}")


def parse(value: object, convention: Convention = Convention.PLAIN) -> Parsed[Decimal]:
    """Give the number of a cell, with two decimals where they are enough and else four."""
    return numerals.fit(numerals.number(value, convention), places=4)


def written(value: Decimal, *, cents: bool) -> str:
    """Plain digits that read back as exactly this number, equal numbers always alike.

    >>> written(Decimal("10.50"), cents=False), written(Decimal("10.5"), cents=True)
    ('10.5', '10.50')
    """
    text = str(value)
    if cents and text[-3:-2] == "." and text[0] != "-" and text[-2:].isdecimal():
        return text
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if text in {"-0", ""}:
        text = "0"
    if not cents:
        return text
    whole, _, fraction = text.partition(".")
    return f"{whole}.{fraction:0<2}"


def written_all(values: Sequence[Decimal], *, cents: bool) -> list[str]:
    """Give `written` of each, without a call for what is in cents as it stands.

    >>> written_all([Decimal("10.50"), Decimal("10.5")], cents=True)
    ['10.50', '10.50']
    """
    if not cents:
        return [written(value, cents=False) for value in values]
    texts = list(map(str, values))
    plain = map(_IN_CENTS.fullmatch, texts)
    return [
        text if found else written(value, cents=True)
        for value, text, found in zip(values, texts, plain, strict=True)
    ]
