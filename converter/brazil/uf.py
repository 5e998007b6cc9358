"""The 26 states and the Distrito Federal, by their two letters.

>>> parse("são paulo").value
'SP'
"""

from collections.abc import Mapping
from functools import cache

from converter.brazil import data_files, headers, raw
from converter.model.parsed import Parsed

EXTERIOR = "EX"
"""What fiscal documents write for an address abroad."""


def nomes() -> Mapping[str, str]:
    """Give the names of the states, and of abroad, by their letters."""
    return data_files.pairs("ufs")


@cache
def _by_folded() -> Mapping[str, str]:
    names = {headers.fold(name): sigla for sigla, name in nomes().items()}
    return names | {sigla.casefold(): sigla for sigla in nomes()}


def parse(value: object) -> Parsed[str]:
    """Give the two letters of a cell that holds them or the state's name; `EX` is abroad."""
    text = raw.text(value)
    if text.value is None:
        return text
    sigla = _by_folded().get(headers.fold(text.value))
    return Parsed(sigla) if sigla else raw.refuse("uf-desconhecida")
