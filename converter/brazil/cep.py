"""CEP, the eight-digit postal code. It has no check digit; its first five digits tell the state.

>>> parse("01310-100").value
'01310100'
>>> uf_of("01310100")
'SP'
"""

import re
from bisect import bisect

from converter.brazil import raw
from converter.model.parsed import Parsed

_SHAPE = re.compile(r"[0-9]{8}")
_FOREIGN = re.compile(r"[^0-9]")
_MASK = dict.fromkeys(map(ord, ".- \t\u00a0\u2007\u202f"))

_RANGES: tuple[tuple[int, int, str], ...] = (
    (1000, 19999, "SP"),
    (20000, 28999, "RJ"),
    (29000, 29999, "ES"),
    (30000, 39999, "MG"),
    (40000, 48999, "BA"),
    (49000, 49999, "SE"),
    (50000, 56999, "PE"),
    (57000, 57999, "AL"),
    (58000, 58999, "PB"),
    (59000, 59999, "RN"),
    (60000, 63999, "CE"),
    (64000, 64999, "PI"),
    (65000, 65999, "MA"),
    (66000, 68899, "PA"),
    (68900, 68999, "AP"),
    (69000, 69299, "AM"),
    (69300, 69399, "RR"),
    (69400, 69899, "AM"),
    (69900, 69999, "AC"),
    (70000, 72799, "DF"),
    (72800, 72999, "GO"),
    (73000, 73699, "DF"),
    (73700, 76799, "GO"),
    (76800, 76999, "RO"),
    (77000, 77999, "TO"),
    (78000, 78899, "MT"),
    (79000, 79999, "MS"),
    (80000, 87999, "PR"),
    (88000, 89999, "SC"),
    (90000, 99999, "RS"),
)
"""First five digits by state, as the Correios assign them. Rondônia left 78900-78999 long ago."""

_STARTS = tuple(start for start, _, _ in _RANGES)


def uf_of(cep: str) -> str | None:
    """Give the state of an eight-digit CEP, None where no state has it or it is none."""
    if len(cep) != 8 or not (cep.isascii() and cep.isdecimal()):
        return None
    prefix = int(cep[:5])
    place = bisect(_STARTS, prefix) - 1
    if place < 0:
        return None
    _, end, uf = _RANGES[place]
    return uf if prefix <= end else None


def parse(value: object) -> Parsed[str]:
    """Give the eight digits of a cell; a first zero Excel dropped comes back with a warning."""
    cell = raw.code(value)
    if not isinstance(cell, raw.Cell):
        return cell
    bare = cell.text.translate(_MASK)
    if foreign := _FOREIGN.search(bare):
        return raw.refuse("cep-caractere", caractere=raw.shown(foreign[0]))
    warning = None
    if len(bare) == 7 and raw.lost_zeros(cell.text, 8):
        bare, warning = bare.zfill(8), "cep-zero-reposto"
    if not _SHAPE.fullmatch(bare):
        return raw.refuse("cep-tamanho", tamanho=str(len(bare)))
    if bare < "01000000":
        return raw.refuse("cep-inexistente")
    completo = (("completo", f"{bare[:5]}-{bare[5:]}"),) if warning else ()
    return Parsed(bare, None, warning, completo)
