"""How a number reads, with the comma as its decimal mark or with the point.

`1.500` is one thousand and five hundred to a Brazilian, one and a half to an English export. A
cell alone cannot tell; the other cells of its column often can. `1.500,00` reads one way only.
"""

import math
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from converter.brazil import raw
from converter.model.cells import Formatted
from converter.model.parsed import Parsed


class Convention(StrEnum):
    """How a column writes its numbers, by the cells that read one way only.

    The first two are also how a mapping declares it.
    """

    BR = "1.234,56"
    EN = "1,234.56"
    PLAIN = "1234"
    """No cell decides: those that could be both ways stay undecided."""
    MIXED = "1.234,56 e 1,234.56"
    """Cells of both kinds: those that could be both ways stay undecided."""


class Readings(NamedTuple):
    """What a text reads as under each convention; None where it cannot be read so."""

    br: Decimal | None
    en: Decimal | None


_LONGEST = 40
_TOO_LARGE = 10**13
"""Fifteen digits with the cents, the most the layouts take."""

_UNIT = {places: Decimal(1).scaleb(-places) for places in (2, 4)}
_DUST = {places: Decimal(1).scaleb(-places - 4) for places in (2, 4)}

_NUMBER = re.compile(
    r"(?P<plain>[0-9]+)"
    r"|(?P<point>[1-9][0-9]{0,2}\.[0-9]{3})"
    r"|(?P<comma>[1-9][0-9]{0,2},[0-9]{3})"
    r"|(?P<br>[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]*,[0-9]+)"
    r"|(?P<en>[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]*\.[0-9]+)"
)
"""Every form of a number and who reads it. ASCII digits only: `Decimal` itself takes far more."""

_SIGNED = re.compile(
    r"(\()?(-)?(?:R\$|BRL)?(-)?([0-9.,]+)(?:R\$|BRL|reais)?(-)?(\))?", re.IGNORECASE
)
_DASH = re.compile(r"(?:R\$|BRL)? *-+ *(?:R\$|BRL)?", re.IGNORECASE)
"""How Excel's accounting formats show zero."""
_CURRENCIES = (
    r"(US\$|U\$S?|USD|EUR|GBP|JPY|CHF|ARS|CLP|PYG|UYU|CAD|AUD|CNY|MXN|COP|PEN|BOB|€|£|¥|₿|\$)"
)
_FOREIGN = re.compile(
    rf"[-(]*{_CURRENCIES} *[-(]*[0-9]|[-(]*[0-9][0-9., ]*[)-]? *{_CURRENCIES}", re.IGNORECASE
)
_PADDING = re.compile(r"(?<![0-9]) +| +(?![0-9])")
_SPACED = re.compile(
    r"([(-]*(?:R\$)?-?[0-9]{1,3})((?: [0-9]{3})+)((?:,[0-9]+)?[)-]*)", re.IGNORECASE
)
_SPACES = dict.fromkeys(map(ord, "\t\u00a0\u2007\u2009\u202f"), " ")


def convention(values: Iterable[object]) -> Convention:
    """Decide how a column writes its numbers; only its texts are asked."""
    kinds = {_kind(value) for value in values if isinstance(value, str)}
    if "br" in kinds:
        return Convention.MIXED if "en" in kinds else Convention.BR
    return Convention.EN if "en" in kinds else Convention.PLAIN


def read(text: str) -> Readings | None:
    """Give what a text reads as: signs, R$ and spaces understood, None when it is no number.

    A minus before or behind and parentheses all mean negative.
    """
    found = _NUMBER.fullmatch(text)
    if found and len(text) <= _LONGEST:
        return _readings(found)
    unsigned = _unsigned(text)
    if unsigned is None or not (found := _NUMBER.fullmatch(unsigned[0])):
        return None
    readings = _readings(found)
    if not unsigned[1]:
        return readings
    return Readings(*(None if reading is None else -reading for reading in readings))


def number(value: object, convention: Convention) -> Parsed[Decimal]:
    """Give the exact number of a cell, text read by its column's convention."""
    if isinstance(value, str):
        text = raw.clean(value)
        if not text:
            return raw.refuse("celula-vazia")
        readings = read(text)
        return _chosen(readings, convention) if readings else _unread(text)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return raw.unfit(value)
    if not -_TOO_LARGE < value < _TOO_LARGE:
        lost = isinstance(value, float) and not math.isfinite(value)
        return raw.refuse("numero-formato" if lost else "numero-grande")
    refused = _shown_otherwise(value) if isinstance(value, Formatted) else None
    return refused or Parsed(Decimal(repr(float(value))))


def _shown_otherwise(value: Formatted) -> Parsed[Decimal] | None:
    """Refuse a number whose cell shows another amount than a rounded one."""
    mostrado = shown(value)
    if value.thousands and mostrado is not None:
        exato = written(Decimal(repr(float(value))))
        return raw.refuse("valor-em-milhares", exato=exato, mostrado=written(mostrado))
    return raw.refuse("valor-moeda", moeda=value.currency) if value.currency else None


def shown(value: Formatted) -> Decimal | None:
    """Give the number a cell shows, rounded as Excel rounds: from fifteen digits, half away."""
    if value.places is None or not -_TOO_LARGE < value < _TOO_LARGE:
        return None
    exact = Decimal(f"{float(value):.15g}").scaleb(-3 * value.thousands)
    return exact.quantize(Decimal(1).scaleb(-value.places), ROUND_HALF_UP)


def is_dash(text: str) -> bool:
    """Tell whether a text is the dash by which Excel's accounting formats show zero."""
    return _DASH.fullmatch(raw.clean(text)) is not None


def doubtful(value: object, convention: Convention) -> Parsed[Decimal] | None:
    """Refuse an amount of three decimals in a column whose other cells have one or two.

    `1.250` among `275.07` is 1.25 by the rule of its column, and just as likely a thousand and
    two hundred and fifty typed by someone else. None where there is no such doubt.
    """
    if not isinstance(value, str) or convention not in (Convention.BR, Convention.EN):
        return None
    readings = read(raw.clean(value))
    br, en = readings or (None, None)
    if br is None or en is None:
        return None
    smaller = abs(br) < abs(en) if convention is Convention.BR else abs(en) < abs(br)
    if not smaller:
        return None
    return raw.refuse("numero-tres-casas", leitura_br=written(br, 2), leitura_en=written(en, 2))


def _unread(text: str) -> Parsed[Decimal]:
    """Say what a text is that is no plain number."""
    if _DASH.fullmatch(text):
        return Parsed(Decimal(0))
    if len(text) <= _LONGEST and (foreign := _FOREIGN.match(text)):
        return raw.refuse("valor-moeda", moeda=(foreign[1] or foreign[2]).upper())
    return raw.refuse("numero-formato")


def fit(parsed: Parsed[Decimal], places: int, least: int = 2) -> Parsed[Decimal]:
    """Hold a number to at most `places` decimals, written with `least` where they are enough.

    A ten-thousandth of the last place is the dust of binary arithmetic and is swept away; more
    than that would be rounding, and is refused.
    """
    if parsed.value is None:
        return parsed
    for kept in (least, places):
        rounded = parsed.value.quantize(_UNIT[kept])
        if rounded == parsed.value or abs(rounded - parsed.value) <= _DUST[places]:
            return Parsed(rounded or abs(rounded), None, parsed.warning, parsed.details)
    return raw.refuse("numero-casas", casas=str(places), exato=written(parsed.value))


def written(number: Decimal, least: int = 0) -> str:
    """Write a number the Brazilian way, with `least` decimals or as many as it has: `1.500,00`."""
    places = max(least, -int(number.normalize().as_tuple().exponent))
    if places > _LONGEST:
        return f"{number:e}".replace(".", ",")
    return f"{number:,.{places}f}".translate(str.maketrans(",.", ".,"))


def _chosen(readings: Readings, convention: Convention) -> Parsed[Decimal]:
    br, en = readings
    largest = en if br is None else br
    if largest is not None and not -_TOO_LARGE < largest < _TOO_LARGE:
        return raw.refuse("numero-grande")
    if br == en:
        return Parsed(br)
    if convention is Convention.BR or convention is Convention.EN:
        value = br if convention is Convention.BR else en
        foreign = raw.refuse("numero-convencao", convencao=convention)
        return foreign if value is None else Parsed(value)
    return _undecided(readings, mixed=convention is Convention.MIXED)


def _undecided(readings: Readings, *, mixed: bool) -> Parsed[Decimal]:
    """Give what a text reads as where its column does not tell: only if there is one reading."""
    br, en = readings
    if br is not None and en is not None:
        return raw.refuse("numero-ambiguo", leitura_br=written(br, 2), leitura_en=written(en, 2))
    if mixed and en is not None:
        return Parsed(en, None, "numero-coluna-mista", (("lido", written(en, 2)),))
    return Parsed(en if br is None else br)


def _kind(text: str) -> str | None:
    found = _NUMBER.fullmatch(text)
    if not found:
        unsigned = _unsigned(text.removesuffix("%"))
        found = _NUMBER.fullmatch(unsigned[0]) if unsigned else None
    return found.lastgroup if found else None


def _readings(found: re.Match[str]) -> Readings:
    body = found[0]
    match found.lastgroup:
        case "plain":
            return Readings(value := Decimal(body), value)
        case "br":
            return Readings(_with_comma(body), None)
        case "en":
            return Readings(None, _with_point(body))
        case _:
            return Readings(_with_comma(body), _with_point(body))


def _with_comma(body: str) -> Decimal:
    return Decimal(body.replace(".", "").replace(",", "."))


def _with_point(body: str) -> Decimal:
    return Decimal(body.replace(",", ""))


def _unsigned(text: str) -> tuple[str, bool] | None:
    if len(text) > _LONGEST:
        return None
    text = _PADDING.sub("", raw.clean(text).translate(_SPACES))
    if spaced := _SPACED.fullmatch(text):
        text = spaced[1] + spaced[2].replace(" ", "") + spaced[3]
    found = _SIGNED.fullmatch(text)
    if not found:
        return None
    opened, before, after, body, behind, closed = found.groups()
    signs = [sign for sign in (opened, before, after, behind) if sign]
    return (body, bool(signs)) if bool(opened) == bool(closed) and len(signs) < 2 else None
