"""NBS 2.0, the Nomenclatura Brasileira de Serviços: nine digits, 1.ssss.ss.ss with its mask.

>>> parse("1.1502.10.00").value
'115021000'
"""

import re
from collections.abc import Mapping
from functools import cache

from converter.brazil import raw, tables
from converter.model.parsed import Parsed

_MASK = dict.fromkeys(map(ord, ".- \t\u00a0"))
_SHAPE = re.compile(r"1[0-9]{8}")


@cache
def _table() -> Mapping[str, str]:
    return tables.pairs("nbs")


def descricao(codigo: str) -> str | None:
    """Give the wording of Anexo B for a nine-digit code, None where it is not there."""
    return _table().get(codigo)


def parse(value: object) -> Parsed[str]:
    """Give the nine digits of a cell.

    The table is the one the national NFS-e publishes for services, and the nomenclature is
    wider: a well-formed code outside it is only warned about.
    """
    cell = raw.code(value)
    if not isinstance(cell, raw.Cell):
        return cell
    digits = cell.text.translate(_MASK)
    if not _SHAPE.fullmatch(digits):
        return raw.refuse("nbs-formato")
    return Parsed(digits, None, None if digits in _table() else "nbs-fora-da-tabela")
