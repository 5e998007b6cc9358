"""A tomador in another country: what its cells mean, and the fields that hold them instead.

With UF EX a city is foreign whatever it is called, a telephone has any number of digits, and a
CEP is that country's postal code (ABRASF 2.02, E60, E116 and E168).
"""

from collections.abc import Callable, Hashable

import numpy as np

from converter.brazil import municipio, raw
from converter.brazil.uf import EXTERIOR
from converter.model.cells import RawValue, is_blank
from converter.model.parsed import Parsed
from converter.schemas.columns import Column, Mask, column
from converter.schemas.parsers import Parser, code
from converter.schemas.sheet import Sheet

STATE = "tomador.endereco.uf"
PHONE = "tomador.telefone"
CEP = "tomador.endereco.cep"
CITIES = ("tomador.endereco.codigo_municipio", "tomador.endereco.nome_municipio")
PLACES = (*CITIES, "servico.codigo_municipio", "servico.nome_municipio")
"""Cities that may be abroad: the prestador's own may not."""

READ_BY_STATE = (PHONE, CEP)
MOVED = {
    CEP: "tomador.endereco.codigo_postal_exterior",
    **dict.fromkeys(CITIES, "tomador.endereco.cidade_exterior"),
}
"""Where a foreign postal code and a foreign city's name go."""


def reader(path: str, read: Parser) -> Callable[[RawValue, str | None], Parsed[Hashable]]:
    """Give the parser of a cell that means something else where the state beside it is EX."""

    def either(value: RawValue, uf: str | None) -> Parsed[Hashable]:
        if uf != EXTERIOR:
            return read(value)
        return Parsed(None) if path == CEP else code(value)

    return either


def city(path: str, value: RawValue, uf: str | None) -> Parsed[str] | None:
    """Give 9999999 for a city abroad; None for one that is to be found in Brazil."""
    if path not in PLACES:
        return None
    text = raw.code(value)
    if not isinstance(text, str):
        return None
    if text == municipio.EXTERIOR:
        return Parsed(text)
    named = path in CITIES and uf == EXTERIOR and text and not text.isdecimal()
    return Parsed(municipio.EXTERIOR) if named else None


def _abroad(origin: str, value: RawValue) -> str | None:
    """What a foreign cell says; a number in the city's column names no city."""
    text = None if is_blank(value) else code(value).value
    return None if text and text.isdecimal() and origin in CITIES else text


def moved(sheet: Sheet) -> list[tuple[str, str, Column, Mask]]:
    """Give (path, where from, column, rows) of what foreign cells say in other fields' columns."""
    made = []
    abroad = sheet.test(STATE, lambda uf: uf == EXTERIOR)
    for origin, path in MOVED.items():
        source = sheet.source.fields.get(origin)
        if source is None or not abroad.any():
            continue
        typed = [
            _abroad(origin, value) if here else None
            for here, value in zip(abroad, source.values, strict=True)
        ]
        shown = np.array([text is not None for text in typed], dtype=np.bool_)
        if shown.any():
            made.append((path, origin, column(typed, np.arange(sheet.size)), shown))
    return made
