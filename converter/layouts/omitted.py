"""What a note says and its city's file has no place for: refused, told, or worked out by the city.

The table is `omitidos.csv`: layout (`*` for all), campo (API path, or a prefix ending in `.` or
`_`), efeito (`recusa`, `avisa`, `calcula`) and motivo. What it does not name is told.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from converter.layouts.payload import Part
from converter.layouts.table import rows

_TABLE = Path(__file__).with_name("omitidos.csv")


def settle(layout: str, nota: Part) -> None:
    """Gives each field of a note that went nowhere its fault, its notice, or silence."""
    for campo in nota.left():
        efeito, motivo = _of(layout, campo)
        mensagem = motivo or "o arquivo da prefeitura não tem lugar para este campo, que não vai"
        if efeito == "recusa":
            nota.fault(campo, mensagem)
        elif efeito == "avisa":
            nota.tell(campo, mensagem, omitted=True)


def _of(layout: str, campo: str) -> tuple[str, str]:
    """What becomes of a field, and why where the table says it."""
    table = _table()
    names = [campo, *(name for _, name in table if name[-1] in "._" and campo.startswith(name))]
    found = (table.get((which, name)) for name in names for which in (layout, "*"))
    return next(filter(None, found), ("avisa", ""))


@cache
def _table() -> Mapping[tuple[str, str], tuple[str, str]]:
    return {(row["layout"], row["campo"]): (row["efeito"], row["motivo"]) for row in rows(_TABLE)}
