"""CNAE 2.3, the subclass of an economic activity: seven digits, as IBGE lists them.

>>> parse("6209-1/00").value
'6209100'
"""

import re
from collections.abc import Mapping
from functools import cache

from converter.brazil import raw, tables
from converter.model.parsed import Parsed

_MASK = dict.fromkeys(map(ord, ".-/ \t\u00a0"))
_FOREIGN = re.compile(r"[^0-9]")


@cache
def _table() -> Mapping[str, str]:
    return tables.pairs("cnaes")


def descricao(codigo: str) -> str | None:
    """Give what IBGE calls the subclass, None where there is no such one."""
    return _table().get(codigo)


def parse(value: object) -> Parsed[str]:
    """Give the seven digits of a cell. A first zero Excel dropped comes back with a warning."""
    cell = raw.code(value)
    if not isinstance(cell, raw.Cell):
        return cell
    digits = cell.text.translate(_MASK)
    if foreign := _FOREIGN.search(digits):
        return raw.refuse("cnae-caractere", caractere=raw.shown(foreign[0]))
    if digits in _table():
        return Parsed(digits)
    if len(digits) == 6 and raw.lost_zeros(cell.text, 7) and (whole := "0" + digits) in _table():
        return Parsed(whole, None, "cnae-zero-reposto", (("completo", whole),))
    if len(digits) != 7:
        return raw.refuse("cnae-tamanho", tamanho=str(len(digits)))
    return raw.refuse("cnae-desconhecido")
