"""Percentages as the API takes them: 3 is three per cent, never 0.03.

>>> parse("2,92%").value
Decimal('2.92')
>>> aliquota(0.05)
Parsed(value=Decimal('5.00'), problem=None, warning='aliquota-fracao', details=(('lido', '5'),))
"""

from decimal import Decimal
from typing import Literal

from converter.brazil import numerals, raw
from converter.brazil.numerals import Convention
from converter.model.cells import Percent
from converter.model.parsed import Parsed

Formato = Literal["percentual", "fracao"]

_HUNDRED = Decimal(100)
_LEAST_FRACTION = Decimal("0.02")
_MOST_FRACTION = Decimal("0.05")


def parse(value: object, convention: Convention = Convention.PLAIN) -> Parsed[Decimal]:
    """Give the percentage of a cell, from 0 to 100, with two decimals or else four.

    A cell formatted as percentage is worth a hundred times its number. A text of three decimals
    (`2.500`) is no amount in thousands here: only the reading below a hundred is possible.
    """
    return _bounded(_read(value, convention))


def aliquota(
    value: object, convention: Convention = Convention.PLAIN, formato: Formato | None = None
) -> Parsed[Decimal]:
    """Give the ISS rate of a cell in percent.

    The law keeps rates between 2 and 5, so a bare number between 0.02 and 0.05 can only be a
    fraction and is multiplied by a hundred, with a warning. Smaller ones could be either and are
    refused. Limits by law are left to the rules across fields, which know the service. Where the
    mapping says nothing of the column, `formato` is None.
    """
    parsed = _read(value, convention)
    explicit = isinstance(value, Percent) or (isinstance(value, str) and "%" in value)
    if parsed.value is None or explicit or formato == "percentual":
        return _bounded(parsed)
    if formato == "fracao":
        return _bounded(parsed._replace(value=parsed.value * _HUNDRED))
    if 0 < parsed.value < _LEAST_FRACTION:
        return raw.refuse("aliquota-ambigua")
    if not 0 < parsed.value <= _MOST_FRACTION:
        return _bounded(parsed)
    percent = _bounded(Parsed(parsed.value * _HUNDRED))
    if percent.value is None:
        return percent
    lido = (("lido", numerals.written(percent.value)),)
    return Parsed(percent.value, None, "aliquota-fracao", lido)


def _read(value: object, convention: Convention) -> Parsed[Decimal]:
    if isinstance(value, Percent):
        fraction = numerals.number(value.fraction, convention)
        return fraction if fraction.value is None else Parsed(fraction.value * _HUNDRED)
    if not isinstance(value, str):
        return numerals.number(value, convention)
    if "$" in value:
        return raw.refuse("numero-formato")
    text = raw.clean(value).removesuffix("%").rstrip()
    readings = numerals.read(text)
    if readings and convention in (Convention.PLAIN, Convention.MIXED):
        br, en = readings
        if (
            br is not None
            and en is not None
            and min(abs(br), abs(en)) <= _HUNDRED < max(abs(br), abs(en))
        ):
            return Parsed(min(br, en, key=abs))
    return numerals.number(text, convention)


def _bounded(parsed: Parsed[Decimal]) -> Parsed[Decimal]:
    if parsed.value is not None and not 0 <= parsed.value <= _HUNDRED:
        return raw.refuse("percentual-faixa", lido=numerals.written(parsed.value))
    return numerals.fit(parsed, places=4)
