"""Names of municípios, which positional layouts print and the API gives only as IBGE codes."""

from typing import NamedTuple


class Place(NamedTuple):
    """A município: its name and state."""

    nome: str
    uf: str


_KNOWN = {"3505708": Place("Barueri", "SP"), "3550308": Place("São Paulo", "SP")}


def find(codigo: str) -> Place | None:
    """The município of a 7-digit IBGE code, None when there is none."""
    return _KNOWN.get(codigo)
