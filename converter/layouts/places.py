"""Names of municípios, which positional layouts print and the API gives only as IBGE codes."""

from typing import NamedTuple

from converter.brazil import municipio


class Place(NamedTuple):
    """A município: its name and state."""

    nome: str
    uf: str


def find(codigo: str) -> Place | None:
    """The município of a 7-digit IBGE code, None when there is none."""
    nome, uf = municipio.nome(codigo), municipio.uf(codigo)
    return Place(nome, uf) if nome and uf else None
