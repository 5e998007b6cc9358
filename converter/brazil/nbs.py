"""NBS 2.0, the Nomenclatura Brasileira de Serviços: nine digits, 1.ssss.ss.ss with its mask.

>>> parse("1.1502.10.00").value
'115021000'
"""

import re

from converter.brazil import data_files, raw
from converter.model.parsed import Parsed

_MASK = dict.fromkeys(map(ord, ".- \t\u00a0"))
_SHAPE = re.compile(r"1[0-9]{8}")


def parse(value: object) -> Parsed[str]:
    """Give the nine digits of a cell.

    The table is the one the national NFS-e publishes for services, and the nomenclature is
    wider: a well-formed code outside it is only warned about.
    """
    text = raw.code(value)
    if not isinstance(text, str):
        return text
    digits = text.translate(_MASK)
    if not _SHAPE.fullmatch(digits):
        return raw.refuse("nbs-formato")
    return Parsed(digits, None, None if digits in data_files.pairs("nbs") else "nbs-fora-da-tabela")
