"""CEP, the eight-digit postal code. It has no check digit; its first five digits tell the state.

>>> parse("01310-100").value
'01310100'
>>> uf_of("01310100")
'SP'
"""

import re
from bisect import bisect
from functools import cache

from converter.brazil import data_files, raw
from converter.model.parsed import Parsed

_SHAPE = re.compile(r"[0-9]{8}")
_FOREIGN = re.compile(r"[^0-9]")
_MASK = dict.fromkeys(map(ord, ".- \t\u00a0\u2007\u202f"))


@cache
def _ranges() -> tuple[tuple[str, ...], ...]:
    """The states by the first five digits, in order, each with the first and the last."""
    return data_files.rows("ceps")


def uf_of(cep: str) -> str | None:
    """Give the state of an eight-digit CEP, None where no state has it or it is none."""
    if len(cep) != 8 or not (cep.isascii() and cep.isdecimal()):
        return None
    place = bisect(_ranges(), (cep[:5], "99999")) - 1
    if place < 0:
        return None
    _, last, uf = _ranges()[place]
    return uf if cep[:5] <= last else None


def parse(value: object) -> Parsed[str]:
    """Give the eight digits of a cell; a first zero Excel dropped comes back with a warning."""
    text = raw.code(value)
    if not isinstance(text, str):
        return text
    bare = text.translate(_MASK)
    if foreign := _FOREIGN.search(bare):
        return raw.refuse("cep-caractere", caractere=raw.shown(foreign[0]))
    warning = None
    if len(bare) == 7 and raw.lost_zeros(text, 8):
        bare, warning = bare.zfill(8), "cep-zero-reposto"
    if not _SHAPE.fullmatch(bare):
        return raw.refuse("cep-tamanho", tamanho=str(len(bare)))
    if bare < "01000000":
        return raw.refuse("cep-inexistente")
    completo = (("completo", f"{bare[:5]}-{bare[5:]}"),) if warning else ()
    return Parsed(bare, None, warning, completo)
