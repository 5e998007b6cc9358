"""The tables of São Paulo: records sent (V.001, V.002), records returned (V.001 to V.004), codes.

V.001 writes notes as record 2, V.002 as record 6; the other records are the same. The four
returns share their beginning, and each ends in a discriminação of variable size.
"""

from pathlib import Path

from converter.layouts import codes, file_fields, positional
from converter.layouts.positional import Record

_HERE = Path(__file__).parent
ENVIO = positional.load(_HERE / "envio.csv")
RETORNO_FIELDS = file_fields.fields(_HERE / "retorno.csv")
ERROS = codes.load(_HERE / "erros.csv", ENVIO)

MUNICIPIO = "3550308"
DETAIL = {"001": "2", "002": "6"}
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


def _export(second: str, third: str) -> dict[str, Record]:
    """The records of one version, by the parts of its records 2 and 3."""
    parts = {"1": "", "2": second, "3": third, "9": ""}
    return {tipo: _returned(tipo, *own.split()) for tipo, own in parts.items()}


RETORNO = {
    "V.001": _export(".001", ".001"),
    "V.002": _export("b .002", "b .002"),
    "V.003": _export("b c .003", "b c .003"),
    # The export manual shows no record 3 of its own for V.004: V.003's is used.
    "V.004": _export("b c d .004", "b c .003"),
}
