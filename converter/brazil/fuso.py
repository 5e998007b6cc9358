"""The legal time of each município, as a zone of the IANA database.

Decreto 2.784/1913 with Lei 12.876/2013 and Lei 11.662/2008 draws four zones. Nobody in Brazil
has moved the clock for summer since 2019 (Decreto 9.772/2019); the database knows when they did.
"""

from functools import cache
from zoneinfo import ZoneInfo

_BY_UF_PREFIX = {
    "11": "America/Porto_Velho",
    "12": "America/Rio_Branco",
    "13": "America/Manaus",
    "14": "America/Boa_Vista",
    "15": "America/Belem",
    "16": "America/Belem",
    "17": "America/Araguaina",
    "21": "America/Fortaleza",
    "22": "America/Fortaleza",
    "23": "America/Fortaleza",
    "24": "America/Fortaleza",
    "25": "America/Fortaleza",
    "26": "America/Recife",
    "27": "America/Maceio",
    "28": "America/Maceio",
    "29": "America/Bahia",
    "50": "America/Campo_Grande",
    "51": "America/Cuiaba",
}

_WEST_AMAZONAS = (
    "1300201",  # Atalaia do Norte
    "1300607",  # Benjamin Constant
    "1300706",  # Boca do Acre
    "1301407",  # Eirunepé
    "1301506",  # Envira
    "1301654",  # Guajará
    "1301803",  # Ipixuna
    "1301951",  # Itamarati
    "1302306",  # Jutaí
    "1302405",  # Lábrea
    "1303502",  # Pauini
    "1303908",  # São Paulo de Olivença
    "1304062",  # Tabatinga
)
"""Crossed by or west of the line from Tabatinga to Porto Acre: five hours behind Greenwich."""

_BY_CODE = dict.fromkeys(_WEST_AMAZONAS, "America/Eirunepe") | {"2605459": "America/Noronha"}


@cache
def of(codigo_municipio: str) -> ZoneInfo:
    """Give the zone of a seven-digit município code; Brasília's where the code says nothing."""
    name = _BY_CODE.get(codigo_municipio) or _BY_UF_PREFIX.get(codigo_municipio[:2])
    return ZoneInfo(name or "America/Sao_Paulo")
