"""The 26 states and the Distrito Federal, by their two letters.

>>> parse("são paulo").value
'SP'
"""

from converter.brazil import headers, raw
from converter.model.parsed import Parsed

EXTERIOR = "EX"
"""What fiscal documents write for an address abroad."""

NOMES = {
    "AC": "Acre",
    "AL": "Alagoas",
    "AM": "Amazonas",
    "AP": "Amapá",
    "BA": "Bahia",
    "CE": "Ceará",
    "DF": "Distrito Federal",
    "ES": "Espírito Santo",
    "GO": "Goiás",
    "MA": "Maranhão",
    "MG": "Minas Gerais",
    "MS": "Mato Grosso do Sul",
    "MT": "Mato Grosso",
    "PA": "Pará",
    "PB": "Paraíba",
    "PE": "Pernambuco",
    "PI": "Piauí",
    "PR": "Paraná",
    "RJ": "Rio de Janeiro",
    "RN": "Rio Grande do Norte",
    "RO": "Rondônia",
    "RR": "Roraima",
    "RS": "Rio Grande do Sul",
    "SC": "Santa Catarina",
    "SE": "Sergipe",
    "SP": "São Paulo",
    "TO": "Tocantins",
    EXTERIOR: "Exterior",
}

_BY_FOLDED = {headers.fold(name): sigla for sigla, name in NOMES.items()} | {
    sigla.casefold(): sigla for sigla in NOMES
}


def parse(value: object) -> Parsed[str]:
    """Give the two letters of a cell that holds them or the state's name; `EX` is abroad."""
    text = raw.text(value)
    if text.value is None:
        return text
    sigla = _BY_FOLDED.get(headers.fold(text.value))
    return Parsed(sigla) if sigla else raw.refuse("uf-desconhecida")
