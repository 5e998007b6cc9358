"""How much of the IBS and CBS rates a tax classification (cClassTrib) takes away.

>>> reduction("200029"), reduction("200052"), reduction("200025")
((60, 60), (30, 30), (60, 100))
>>> reduction("299999") is None, untaxed("410004")
(True, True)
"""

from collections.abc import Mapping
from functools import cache

from converter.brazil import data_files

_UNTAXED = ("400", "410", "510", "550", "620", "800", "810", "811", "820", "830")
"""CST of what pays no rate of its own: exempt, immune, deferred, suspended, taxed elsewhere."""


@cache
def _table() -> Mapping[str, tuple[int, int]]:
    return {codigo: (int(ibs), int(cbs)) for codigo, ibs, cbs in data_files.rows("classtrib")}


def reduction(codigo: str) -> tuple[int, int] | None:
    """Give the percents taken off the rates of IBS and CBS; None where the table has no such code.

    Source: Informe Técnico 2025.002, tabela cClassTrib (LC 214/2025, arts. 127 and following).
    """
    return _table().get(codigo)


def untaxed(codigo: str) -> bool:
    """Tell whether a classification belongs to a CST without a rate."""
    return codigo[:3] in _UNTAXED
