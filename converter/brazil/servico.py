"""Service codes: the list of Lei Complementar 116/2003 and the national code built on it.

Inside, a code is its digits: `0107` is item 1.07 of the list, `010701` the national code
(cTribNac) of its first unfolding. Cities that want codes of their own get them as typed.

>>> parse("1.07").value
'0107'
>>> render("0107", "ii.ss").value
'01.07'
"""

import re
from datetime import date
from typing import Literal

from converter.brazil import data_files, raw
from converter.model.parsed import Parsed

Formato = Literal["iiss", "ii.ss", "iissdd", "livre"]

_BELOW_MINIMUM = frozenset(("0702", "0705", "1601"))
_NATIONAL_ONLY = "99"
"""National codes 99xxxx stand for what the list does not hold (NT 005/2025)."""

_FREE_LIMIT = 20
_DOTTED = re.compile(r"([0-9]{1,2})[.,]([0-9]{1,2})(?:\.([0-9]{2}))?")
_DIGITS = re.compile(r"[0-9]{3,6}")
_WITH_NAME = re.compile(r"([0-9][0-9.]*) ?[-: ] ?[^\W\d_][^0-9]*")
"""A code with its description behind; more numbers there could be another code."""


def minimum_rate_applies(item: str) -> bool:
    """Tell whether 2 % is the least this item may pay (LC 116/2003, art. 8-A).

    Items 7.02, 7.05 and 16.01 may pay less; of a city's own code nothing is known.
    """
    return (
        item[:4] in data_files.pairs("servicos")
        and len(item) in (4, 6)
        and item[:4] not in _BELOW_MINIMUM
    )


def parse(value: object, formato: Formato = "iiss") -> Parsed[str]:
    """Give the canonical code of a cell: `0107`, `010701`, or, in `livre`, the text as typed.

    A number with one decimal is refused: Excel shows 4.10 typed as a number as 4.1, and the
    same 4.1 is how some write 4.01.
    """
    if isinstance(value, date):
        return raw.refuse("servico-data")
    if isinstance(value, float) and formato != "livre" and 0 < value < 100 and value % 1:
        value = repr(float(value))
    text = raw.code(value)
    if not isinstance(text, str):
        return text
    if formato == "livre":
        return _free(text)
    text = " ".join(text.split())
    named = _WITH_NAME.fullmatch(text)
    return _listed(named[1].rstrip(".") if named else text)


def render(canonical: str, formato: Formato) -> Parsed[str]:
    """Write a canonical code the way a city wants it.

    `iissdd` needs the six digits: which unfolding a service is cannot be guessed from its item.
    """
    if formato == "livre":
        return Parsed(canonical)
    if formato == "iiss":
        return Parsed(canonical[:4])
    if formato == "ii.ss":
        return Parsed(_shown(canonical[:4]))
    if len(canonical) == 6:
        return Parsed(canonical)
    return raw.refuse("servico-sem-desdobro", item=_shown(canonical))


def _shown(canonical: str) -> str:
    return ".".join(canonical[place : place + 2] for place in range(0, len(canonical), 2))


def _listed(text: str) -> Parsed[str]:
    if dotted := _DOTTED.fullmatch(text):
        item, sub, unfolding = dotted.groups(default="")
        if len(sub) == 1:
            return _one_decimal(item, sub)
        return _known(item.zfill(2) + sub + unfolding, None)
    if not _DIGITS.fullmatch(text):
        return raw.refuse("servico-formato")
    short = len(text) % 2
    return _known("0" * short + text, "servico-zero-reposto" if short else None)


def _known(codigo: str, warning: str | None) -> Parsed[str]:
    details = (("completo", _shown(codigo)),)
    if codigo[:4] in data_files.pairs("servicos"):
        return Parsed(codigo, None, warning, details if warning else ())
    if codigo.startswith(_NATIONAL_ONLY) and len(codigo) == 6:
        return Parsed(codigo, None, "servico-fora-da-lista", details)
    return raw.refuse("servico-inexistente", item=_shown(codigo))


def _one_decimal(item: str, digit: str) -> Parsed[str]:
    candidates = (item.zfill(2) + sub for sub in (f"0{digit}", f"{digit}0"))
    readings = [_shown(codigo) for codigo in candidates if codigo in data_files.pairs("servicos")]
    if not readings:
        return raw.refuse("servico-inexistente", item=f"{item}.{digit}")
    return raw.refuse("servico-incompleto", leituras=" ou ".join(readings))


def _free(text: str) -> Parsed[str]:
    if len(text) > _FREE_LIMIT:
        return raw.refuse("servico-tamanho", limite=str(_FREE_LIMIT))
    if not text.isascii() or not text.isprintable():
        return raw.refuse("servico-formato")
    return Parsed(text)
