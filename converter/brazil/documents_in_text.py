"""CPF and CNPJ written within a text: `Ana Prado - CPF 529.982.247-25`."""

import re
from collections.abc import Sequence

from converter.brazil import cnpj, cpf

_WRITTEN = re.compile(
    r"(?<![\w.,/-])(?:\d{3}\.?\d{3}\.?\d{3}-?\d{2}|\d{2}\.?\d{3}\.?\d{3}/?\d{4}-?\d{2})(?![\w/-])"
)


def documents_in(text: str) -> Sequence[str]:
    """The digits of every valid CPF or CNPJ that stands in a text, in order."""
    if sum(map(str.isdigit, text)) < 11:
        return ()
    found = (one.group() for one in _WRITTEN.finditer(text))
    values = ((cpf.parse(each) if _is_short(each) else cnpj.parse(each)).value for each in found)
    return tuple(value for value in values if value is not None)


def _is_short(text: str) -> bool:
    return sum(map(str.isdigit, text)) == 11
