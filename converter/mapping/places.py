"""Columns of places that may be where the service was done, which no column says: asked about."""

import re

from converter.brazil.headers import fold_words
from converter.mapping.decisions import Decision, Work
from converter.mapping.remarks import begins
from converter.mapping.sense import Sense
from converter.mapping.value_kinds import is_city
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue
from converter.model.columns import ColumnUse

_PLACE = "servico.nome_municipio"
_LAST = re.compile(r"[^-–—/,(]+$")
"""What stands last in a text: `Residencial Sol - Curitiba`."""


def place(one: Sense, work: Work) -> Decision | None:
    """What is asked of `Onde foi executado`, `Prefeitura`, `Obra` that name several cities."""
    header, statuses = fold_words(one.cell.column.header), vocabulary().statuses
    if work.has(_PLACE) or one.profile.distinct < 2 or not begins(header, statuses["lugar"]):
        return None
    if one.party in ("tomador", "outro") or work.filling(_CITY) == one.profile.values:
        return None
    if one.profile.half(is_city):
        return Decision(ColumnUse.PERGUNTA, None, (_PLACE,), "lugar")
    return Decision(ColumnUse.PERGUNTA, why="lugar_no_texto") if one.profile.half(_ends) else None


_CITY = "tomador.endereco.nome_municipio"


def _ends(value: RawValue) -> bool:
    """Whether a text ends in the name of a city: `Loja Barueri`."""
    last = _LAST.search(str(value).strip()) if isinstance(value, str) else None
    return last is not None and (is_city(last[0].strip()) or is_city(last[0].split()[-1]))
