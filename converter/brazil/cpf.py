"""CPF, the number of a person in the Cadastro de Pessoas Físicas.

Eleven digits, the last two computed from the others. The ten numbers made of one repeated digit
pass the arithmetic and belong to nobody.

>>> parse("519.668.180-92").value
'51966818092'
>>> parse("111.111.111-11").problem
'cpf-repetido'
>>> masked("51966818092")
'519.668.180-92'
"""

import re
from typing import Never

from converter.brazil import raw
from converter.brazil.modulo11 import check_digits
from converter.model.parsed import Parsed

_SHAPE = re.compile(r"[0-9]{11}")
_FOREIGN = re.compile(r"[^0-9]")
_MASK = dict.fromkeys(map(ord, ".- \t\u00a0\u2007\u202f"))
_WEIGHTS = (11, 10, 9, 8, 7, 6, 5, 4, 3, 2)


def compact(number: str) -> str:
    """Give the number without mask and outer spaces."""
    return raw.clean(number).translate(_MASK)


def calc_check_digits(base: str) -> str:
    """Give the two check digits of the first nine digits."""
    return check_digits(base[:9], _WEIGHTS)


def is_valid(number: object) -> bool:
    """Tell whether it is a valid CPF as text, with or without its mask."""
    return isinstance(number, str) and _fault(compact(number)) is None


def masked(number: str) -> str:
    """Give the number with its mask: `519.668.180-92`."""
    bare = compact(number)
    return f"{bare[:3]}.{bare[3:6]}.{bare[6:9]}-{bare[9:]}"


def parse(value: object) -> Parsed[str]:
    """Give the eleven digits of a cell, unmasked.

    Zeros that Excel or a CSV dropped come back, with a warning, where they make the number valid.
    """
    text = raw.code(value)
    if not isinstance(text, str):
        return text
    bare = compact(text)
    fault = _fault(bare)
    if fault and raw.has_two(bare):
        return raw.refuse("documentos-demais")
    if fault == "cpf-tamanho" and raw.lost_zeros(text, 11):
        padded = bare.zfill(11)
        if _fault(padded) is None:
            return Parsed(padded, None, "cpf-zeros-repostos", (("completo", masked(padded)),))
    return _refusal(fault, bare) if fault else Parsed(bare)


def _fault(bare: str) -> str | None:
    if not _SHAPE.fullmatch(bare):
        return "cpf-caractere" if _FOREIGN.search(bare) else "cpf-tamanho"
    if bare == bare[0] * 11:
        return "cpf-repetido"
    return None if calc_check_digits(bare) == bare[9:] else "cpf-digito"


def _refusal(fault: str, bare: str) -> Parsed[Never]:
    if fault == "cpf-tamanho":
        return raw.refuse(fault, tamanho=str(len(bare)))
    if foreign := _FOREIGN.search(bare):
        return raw.refuse(fault, caractere=raw.shown(foreign[0]))
    return raw.refuse(fault)
