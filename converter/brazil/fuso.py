"""The legal time of each município, as a zone of the IANA database.

Decreto 2.784/1913 with Lei 12.876/2013 and Lei 11.662/2008 draws four zones. Nobody in Brazil
has moved the clock for summer since 2019 (Decreto 9.772/2019); the database knows when they did.
"""

from functools import cache
from zoneinfo import ZoneInfo

from converter.brazil import data_files


@cache
def _zones() -> dict[str, str]:
    return {codigo: zone for codigo, zone, _ in data_files.rows("fusos")}


@cache
def of(codigo_municipio: str) -> ZoneInfo:
    """Give the zone of a seven-digit município code; Brasília's where the code says nothing."""
    name = _zones().get(codigo_municipio) or _zones().get(codigo_municipio[:2])
    return ZoneInfo(name or "America/Sao_Paulo")
