"""CNAE 2.3, the subclass of an economic activity: seven digits, as IBGE lists them.

>>> parse("6209-1/00").value
'6209100'
"""

import re

from converter.brazil import data_files, raw
from converter.model.parsed import Parsed

_MASK = dict.fromkeys(map(ord, ".-/ \t\u00a0"))
_FOREIGN = re.compile(r"[^0-9]")


def exists(codigo: str) -> bool:
    """Tell whether IBGE lists a subclass of these seven digits."""
    return codigo in data_files.pairs("cnaes")


def parse(value: object) -> Parsed[str]:
    """Give the seven digits of a cell. A first zero Excel dropped comes back with a warning."""
    text = raw.code(value)
    if not isinstance(text, str):
        return text
    digits = text.translate(_MASK)
    if foreign := _FOREIGN.search(digits):
        return raw.refuse("cnae-caractere", caractere=raw.shown(foreign[0]))
    if exists(digits):
        return Parsed(digits)
    if len(digits) == 6 and raw.lost_zeros(text, 7) and exists(whole := "0" + digits):
        return Parsed(whole, None, "cnae-zero-reposto", (("completo", whole),))
    if len(digits) != 7:
        return raw.refuse("cnae-tamanho", tamanho=str(len(digits)))
    return raw.refuse("cnae-desconhecido")
