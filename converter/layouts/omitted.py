"""What becomes of a field of a note that its city's file has no place for.

`omitidos.csv` says it for every layout, the table of that name in a layout's package for that one:
campo (API path, a prefix ending in `.` or `_`, or `*` for any other), efeito (`recusa` refuses the
note, `avisa` tells it, `calcula` says nothing: the city works it out), motivo, and leiaute where it
is so in one version only.
"""

from collections.abc import Mapping
from functools import cache
from itertools import chain
from pathlib import Path

from converter.layouts.base import FieldError
from converter.layouts.file_fields import rows
from converter.layouts.municipios import listed
from converter.layouts.payload import Part

_NAME = "omitidos.csv"


def settle(layout: str, nota: Part) -> None:
    """Keeps with the note what is said of each of its fields that nobody has put anywhere."""
    for campo in nota.left():
        efeito, motivo = _of(layout, campo)
        if efeito == "recusa":
            nota.errors.append(FieldError(campo, motivo, nota.ordem))
        elif efeito == "avisa":
            nota.adapted.append(FieldError(campo, motivo, nota.ordem, omitted=True))


def _of(layout: str, campo: str) -> tuple[str, str]:
    """What becomes of a field, and why where it is told."""
    table = _table(layout)
    above = (name for name in table if name[-1] in "._" and campo.startswith(name))
    return next(table[name] for name in (campo, *above, "*") if name in table)


@cache
def _table(layout: str) -> Mapping[str, tuple[str, str]]:
    every, own = (
        rows(folder / _NAME) for folder in (Path(__file__).parent, listed()[layout].folder)
    )
    return {
        row["campo"]: (row["efeito"], row["motivo"])
        for row in chain(every, own)
        if row.get("leiaute") in {None, "", layout}
    }
