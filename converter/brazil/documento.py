"""CPF or CNPJ in one column, as most customer lists keep them.

>>> parse("519.668.180-92").value
('cpf', '51966818092')
>>> parse(7504505000132).value
('cnpj', '07504505000132')
"""

from typing import Literal

from converter.brazil import cnpj, cpf, raw
from converter.model.parsed import Parsed

DocumentKind = Literal["cpf", "cnpj"]


def parse(value: object, *, alfanumerico: bool = True) -> Parsed[tuple[DocumentKind, str]]:
    """Give which of the two it is, and its characters.

    Twelve characters or more can only be a CNPJ. Shorter ones are tried as both, since Excel may
    have dropped zeros of either: one number in seventy is valid as both, and then it is a problem
    and never a guess.
    """
    text = raw.code(value)
    if not isinstance(text, str):
        return text
    size = len(cnpj.compact(text))
    as_cnpj = cnpj.parse(value, alfanumerico=alfanumerico)
    if size > 11:
        return _told("cnpj", as_cnpj)
    as_cpf = cpf.parse(value)
    if as_cpf.value is not None and as_cnpj.value is not None:
        return raw.refuse(
            "documento-ambiguo", cpf=cpf.masked(as_cpf.value), cnpj=cnpj.masked(as_cnpj.value)
        )
    if as_cnpj.value is not None:
        return _told("cnpj", as_cnpj)
    if as_cpf.problem == "cpf-tamanho":
        return raw.refuse("documento-tamanho", tamanho=str(size))
    return _told("cpf", as_cpf)


def _told(kind: DocumentKind, parsed: Parsed[str]) -> Parsed[tuple[DocumentKind, str]]:
    value = None if parsed.value is None else (kind, parsed.value)
    return Parsed(value, parsed.problem, parsed.warning, parsed.details)
