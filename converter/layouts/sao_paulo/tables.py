"""The tables of São Paulo: records sent (V.001, V.002), records returned (V.001 to V.004), codes.

V.001 writes notes as record 2, V.002 as record 6; the other records are the same. The four
returns share their beginning, and each ends in a discriminação of variable size.
"""

from pathlib import Path

from converter.layouts import codes, municipios, positional, table
from converter.layouts.positional import Record

_HERE = Path(__file__).parent
ENVIO = positional.load(_HERE / "envio.csv")
RETORNO_FIELDS = table.fields(_HERE / "retorno.csv")
ERROS = codes.load(_HERE / "erros.csv", ENVIO)

MUNICIPIO = "3550308"
DETAIL = {"001": "2", "002": "6"}
MAX_NOTAS = municipios.MAX_NOTAS["sao-paulo-v002"]
MAX_BYTES = 10 * 1024 * 1024
INSIDE = frozenset("TADMRXP")
OUTSIDE = frozenset("FBNSV")
RATED = frozenset("FV")
"""Situações whose rate the file says: the city has its own, and what is exempt has none."""
UNTAXED = frozenset("ABMNRSP")
EXEMPT = UNTAXED - {"P"}
"""Isento or imune, in the city or outside it."""


def _returned(tipo: str, *ends: str) -> Record:
    """A record of what all versions have, and of the parts whose names end so."""
    return Record(tipo, [field for end in ("", *ends) for field in RETORNO_FIELDS[tipo + end]])


RETORNO: dict[str, dict[str, Record]] = {
    "001": {"2": _returned("2", ".001"), "3": _returned("3", ".001")},
    "002": {"2": _returned("2", "b", ".002"), "3": _returned("3", "b", ".002")},
    "003": {"2": _returned("2", "b", "c", ".003"), "3": _returned("3", "b", "c", ".003")},
    # The export manual shows no record 3 of its own for V.004: V.003's is used.
    "004": {"2": _returned("2", "b", "c", "d", ".004"), "3": _returned("3", "b", "c", ".003")},
}
RETORNO_HEADER = _returned("1")
RETORNO_TRAILER = _returned("9")
