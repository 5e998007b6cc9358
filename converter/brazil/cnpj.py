"""CNPJ, the number of a company or other legal entity in the Cadastro Nacional da Pessoa Jurídica.

Fourteen positions: eight of the root, four of the establishment, two check digits. Since July
2026 (IN RFB 2.229/2024) the first twelve may hold the letters A to Z; the check digits stay
numeric and numbers given before do not change: one arithmetic serves both kinds.

>>> parse("12.ABC.345/01DE-35").value
'12ABC34501DE35'
>>> parse("07.504.505/0001-33").problem
'cnpj-digito'
>>> masked("07504505000132")
'07.504.505/0001-32'
"""

import re
from typing import Never

from converter.brazil import raw
from converter.brazil.modulo11 import check_digits
from converter.model.parsed import Parsed

_SHAPE = re.compile(r"[0-9A-Z]{12}[0-9]{2}")
_FOREIGN = re.compile(r"[^0-9A-Z]")
_LETTER = re.compile(r"[A-Z]")
_MASK = dict.fromkeys(map(ord, ".-/ \t\u00a0\u2007\u202f"))
_ZEROS = "0" * 14
_WEIGHTS = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)


def compact(number: str) -> str:
    """Give the number without mask and outer spaces, in upper case."""
    bare = raw.clean(number).translate(_MASK)
    return bare.upper() if bare.isascii() else bare


def calc_check_digits(base: str) -> str:
    """Give the two check digits of the first twelve characters."""
    return check_digits(base[:12], _WEIGHTS)


def is_valid(number: object) -> bool:
    """Tell whether it is a valid CNPJ as text, with or without its mask."""
    return isinstance(number, str) and _fault(compact(number)) is None


def masked(number: str) -> str:
    """Give the number with its mask: `07.504.505/0001-32`."""
    bare = compact(number)
    return f"{bare[:2]}.{bare[2:5]}.{bare[5:8]}/{bare[8:12]}-{bare[12:]}"


def parse(value: object, *, alfanumerico: bool = True) -> Parsed[str]:
    """Give the fourteen characters of a cell, unmasked, upper case.

    Zeros that Excel or a CSV dropped come back, with a warning, where they make the number valid.
    Without `alfanumerico` letters are refused, for an API that does not take them.
    """
    if isinstance(value, str) and _SHAPE.fullmatch(value):
        bare, fault = value, _fault(value)
    else:
        text = raw.code(value)
        if not isinstance(text, str):
            return text
        bare = compact(text)
        fault = _fault(bare)
        if fault == "cnpj-tamanho" and raw.lost_zeros(text, 14):
            padded = bare.zfill(14)
            if _fault(padded) is None:
                return Parsed(padded, None, "cnpj-zeros-repostos", (("completo", masked(padded)),))
    if fault:
        return raw.refuse("documentos-demais") if raw.has_two(bare) else _refusal(fault, bare)
    if not alfanumerico and _LETTER.search(bare):
        return raw.refuse("cnpj-alfanumerico")
    return Parsed(bare)


def _fault(bare: str) -> str | None:
    if not _SHAPE.fullmatch(bare):
        if _FOREIGN.search(bare) or len(bare) == 14:
            return "cnpj-caractere"
        return "cnpj-tamanho"
    if bare == _ZEROS:
        return "cnpj-zeros"
    return None if calc_check_digits(bare) == bare[12:] else "cnpj-digito"


def _refusal(fault: str, bare: str) -> Parsed[Never]:
    if fault == "cnpj-tamanho":
        return raw.refuse(fault, tamanho=str(len(bare)))
    if fault == "cnpj-caractere":
        foreign = _FOREIGN.search(bare) or _LETTER.search(bare, 12)
        return raw.refuse(fault, caractere=raw.shown(foreign[0]) if foreign else "")
    return raw.refuse(fault)
