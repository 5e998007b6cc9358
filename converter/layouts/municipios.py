"""Which layouts there are, and which of them each município publishes.

Apart from the layouts, since to cut rows into lotes, or to judge an answer, asks no more than this
of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from converter.layouts.file_fields import rows

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class LayoutLine:
    """What `leiautes.csv` says of a layout.

    Attributes:
        folder: Its package, with its code and its tables.
        nome: Name for people: `Barueri PMB004`.
        notas: Most notes in one file.
        comeco: An expression: how a file begins, in any version, since the API chooses one; empty
            where the judge of an answer is to look at its shape alone.
        fim: An expression: the last record, by which a file is whole.
    """

    folder: Path
    nome: str
    notas: int
    comeco: bytes
    fim: bytes


@cache
def listed() -> Mapping[str, LayoutLine]:
    """Every layout by its name: `barueri-pmb004`."""
    return {
        row["leiaute"]: LayoutLine(
            folder=_HERE / row["pacote"],
            nome=row["nome"],
            notas=int(row["notas"]),
            comeco=row["comeco"].encode(),
            fim=row["fim"].encode(),
        )
        for row in rows(_HERE / "leiautes.csv")
    }


@cache
def sites() -> dict[str, str]:
    """Where each of these prefeituras takes the file, by IBGE code."""
    return {row["codigo"]: row["site"] for row in rows(_HERE / "municipios.csv") if row["site"]}


@cache
def published() -> dict[str, str]:
    """The name of the layout each of these municípios imports, by IBGE code."""
    return {row["codigo"]: row["layout"] for row in rows(_HERE / "municipios.csv")}
