"""Brazilian telephone numbers: two digits of DDD and eight or nine of the line.

>>> parse("+55 (11) 98765-4321").value
'11987654321'
"""

import re
from functools import cache

from converter.brazil import data_files, raw
from converter.model.parsed import Parsed

_MASK = dict.fromkeys(map(ord, "()+-./ \t\u00a0\u2007\u202f"))
_FOREIGN = re.compile(r"[^0-9]")
_SERVICE = re.compile(r"0(?:300|500|800|900)[0-9]{6,7}")
"""Numbers that belong to no area and keep their zero."""


@cache
def _area_codes() -> frozenset[str]:
    return frozenset(ddd for (ddd,) in data_files.rows("ddds"))


def parse(value: object) -> Parsed[str]:
    """Give the digits of a cell, DDD first, without +55 and without the zero dialled before it."""
    text = raw.code(value)
    if not isinstance(text, str):
        return text
    digits = text.translate(_MASK)
    if foreign := _FOREIGN.search(digits):
        return raw.refuse("telefone-caractere", caractere=raw.shown(foreign[0]))
    local = _local(digits)
    if len(local) in (8, 9):
        return Parsed(local, None, "telefone-sem-ddd")
    if len(local) not in (10, 11):
        return raw.refuse("telefone-tamanho", tamanho=str(len(local)))
    if local[:2] not in _area_codes() and not _SERVICE.fullmatch(local):
        return raw.refuse("telefone-ddd", ddd=local[:2])
    return Parsed(local)


def _local(digits: str) -> str:
    if _SERVICE.fullmatch(digits):
        return digits
    if len(digits) in (12, 13) and digits.startswith("55"):
        digits = digits[2:]
    if len(digits) in (11, 12) and digits.startswith("0"):
        digits = digits[1:]
    return digits
