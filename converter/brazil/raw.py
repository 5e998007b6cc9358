"""What a cell says before anyone asks what it means: the first question of every parser here."""

import re
from datetime import date, time, timedelta
from typing import Never

from converter.model.cells import Fault, FaultKind, Percent
from converter.model.parsed import Parsed

_INVISIBLE = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff")
)
"""Characters that pasting from a web page or a PDF leaves behind and nobody can see."""

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")

_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]{1,3}")
"""How Excel shows a long number it shortened; the digits it dropped are gone."""

_FLOATED = re.compile(r"([0-9]{5,})[.,]0")
"""A long whole number as programs export it: its dot must not be taken for part of a mask."""

_TEXT_FORCED = re.compile(r'="([^"]*)"|\'(.*)', re.DOTALL)
"""The two ways an export forces text in Excel: `="0107"` and a leading apostrophe."""

_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "um verdadeiro/falso"),
    (date, "uma data"),
    (time, "uma hora"),
    (timedelta, "uma hora"),
    (Percent, "uma porcentagem"),
    (int, "um número"),
    (float, "um número"),
)

_TWO = 22
"""Digits of two CPFs, the shorter of the documents."""

_EXACT = 10**15
"""Excel keeps 15 digits; a longer number has already lost some."""


def refuse(problem: str, **details: str) -> Parsed[Never]:
    """The answer of a parser that has no value to give."""
    return Parsed(None, problem, None, tuple(details.items()))


def clean(text: str) -> str:
    """Give `text` without outer spaces and invisible characters, every dash a plain hyphen."""
    if not text.isascii():
        text = text.translate(_INVISIBLE).translate(_DASHES)
    text = text.strip()
    if text[:1] in "='" and (forced := _TEXT_FORCED.fullmatch(text)):
        text = (forced[1] or forced[2] or "").strip()
    return text


def text(value: object) -> Parsed[str]:
    """Give the cell's text, cleaned; numbers are not text here."""
    if isinstance(value, str):
        cleaned = clean(value)
        return Parsed(cleaned) if cleaned else refuse("celula-vazia")
    return unfit(value)


def code(value: object) -> str | Parsed[Never]:
    """Give the text of a cell that should hold a code, or the refusal of one that holds none.

    Whole numbers are their digits.
    """
    if isinstance(value, str):
        cleaned = clean(value)
        if not cleaned:
            return refuse("celula-vazia")
        if _SCIENTIFIC.fullmatch(cleaned):
            return refuse("numero-cientifico")
        floated = _FLOATED.fullmatch(cleaned)
        return floated[1] if floated else cleaned
    if isinstance(value, bool) or not isinstance(value, int | float):
        return unfit(value)
    if not -_EXACT < value < _EXACT:
        return refuse("numero-cientifico")
    whole = int(value)
    return str(whole) if 0 <= whole == value else refuse("codigo-numero")


def lost_zeros(text: str, size: int) -> bool:
    """Tell whether a code of `size` digits can have become this text by losing its first zeros.

    Excel drops all of them or none: what still begins with one has lost nothing.
    """
    return len(text) < size and text.isascii() and text.isdecimal() and text[0] != "0"


def unfit(value: object) -> Parsed[Never]:
    """Say why a value that is neither text nor number cannot be used here."""
    if value is None:
        return refuse("celula-vazia")
    if isinstance(value, Fault):
        if value.kind is FaultKind.SURPLUS:
            separada, junta = value.readings
            return refuse("celulas-a-mais", separada=separada, junta=junta)
        computed = value.kind is not FaultKind.FORMULA_WITHOUT_VALUE
        return refuse("celula-erro-excel" if computed else "celula-formula-sem-valor")
    for kind, words in _KINDS:
        if isinstance(value, kind):
            return refuse("celula-tipo", tipo=words)
    return refuse("celula-tipo", tipo="um valor que não é de planilha")


def shown(char: str) -> str:
    """Name a character so that a reader can find it, even one that cannot be seen."""
    return f"“{char}”" if char.isprintable() and not char.isspace() else f"U+{ord(char):04X}"


def has_two(text: str) -> bool:
    """Whether a text has as many digits as two documents, each of eleven or more."""
    return sum(map(str.isdigit, text)) >= _TWO
