"""Countries of Banco Central's table, by code, two letters or Portuguese name.

>>> parse("Portugal").value, parse("PT").value, parse("6076").value, parse(607).value
('6076', '6076', '6076', '6076')
>>> nome("2496"), short("2496")
('Estados Unidos', '249')
"""

from collections.abc import Mapping
from functools import cache

from converter.brazil import data_files, headers, raw
from converter.model.parsed import Parsed

BRASIL = "1058"


@cache
def _table() -> Mapping[str, tuple[str, str]]:
    return {codigo: (sigla, nome) for codigo, sigla, nome in data_files.rows("paises")}


@cache
def _known() -> Mapping[str, str]:
    """Every way of writing a country, folded, with its code; three digits lack the check digit."""
    found = {codigo[:3]: codigo for codigo in _table()}
    for codigo, (sigla, nome) in _table().items():
        found |= {codigo: codigo, sigla.casefold(): codigo, headers.fold(nome): codigo}
    return {**found, **data_files.pairs("paises_nomes")}


def nome(codigo: str) -> str | None:
    """Give the name of a four-digit code, None where the table does not have it."""
    found = _table().get(codigo)
    return found[1] if found else None


def short(codigo: str) -> str:
    """Give the three digits Receita Federal knows a country by (eSocial, tabela 06)."""
    return codigo[:3]


def parse(value: object) -> Parsed[str]:
    """Give the four-digit code of a cell that holds a code, two letters or a name."""
    text = raw.code(value)
    if not isinstance(text, str):
        return text
    if text.isdecimal() and text.isascii():
        text = text.zfill(4 if len(text) == 4 else 3)
    spelt = (text.casefold(), headers.fold(text), text.removeprefix("0"))
    found = next((_known()[one] for one in spelt if one in _known()), None)
    return Parsed(found) if found else raw.refuse("pais-desconhecido")
