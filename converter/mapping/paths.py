"""Whether an API path may stand in a mapping, and in which formats its column may be written."""

import difflib
import re
from collections.abc import Sequence

from converter.brazil.dates import Order
from converter.brazil.numerals import Convention
from converter.schemas.catalogue import BY_PATH, Kind

PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", re.ASCII)

_DATES = (
    Order.DIA_MES.value, Order.MES_DIA.value, "dd/mm/aa", "mm/dd/aa", "aaaammdd", "ddmmaaaa",
)  # fmt: skip
_NUMBERS = (Convention.BR.value, Convention.EN.value)
_RATES = ("percentual", "fracao")
_FREE = (*_DATES, *_NUMBERS, "numero", "booleano", *(kind.value for kind in Kind))
_BY_KIND = {
    Kind.DATETIME: (*_DATES, "data"),
    Kind.DATE: _DATES,
    Kind.RATE: (*_NUMBERS, *_RATES),
} | dict.fromkeys((Kind.MONEY, Kind.DECIMAL, Kind.INTEGER), _NUMBERS)


def complaint(path: str) -> str | None:
    """Give what is wrong with `path`, None when nothing is.

    A path outside the catalogue passes, since cities have fields of their own, unless it is a
    letter or two away from one inside it.
    """
    if not PATH.fullmatch(path):
        return f'"{path}" não é um campo da API: use letras minúsculas, _ e pontos.'
    if path in BY_PATH:
        return None
    near = [
        known
        for known in difflib.get_close_matches(path, BY_PATH, n=3, cutoff=0.9)
        if abs(len(known) - len(path)) <= 2
    ]
    # A field without the object it is in would go to another place of the JSON, unseen.
    near += [known for known in BY_PATH if known.endswith(f".{path}")]
    if near:
        return (
            f'o campo "{path}" não existe no catálogo; você quis dizer "{near[0]}"? '
            "Se é mesmo um campo da sua prefeitura, escreva campo_novo = true."
        )
    return None


def formats_of(path: str) -> Sequence[str]:
    """The formats a column of `path` may declare; outside the catalogue they also give its type."""
    known = BY_PATH.get(path)
    return _FREE if known is None else _BY_KIND.get(known.kind, ())
