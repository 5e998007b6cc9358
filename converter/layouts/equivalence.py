"""Which values of a field are equivalent to every city, so that few notes are asked about for many.

Each function takes the distinct values of a field and gives a key for each. Notes whose keys are
all equal are refused, warned of and adapted alike: one of them is checked, and all are told. A
value that a city may object to, or that a sentence may repeat, is a key by itself.
`tests/layouts/test_equivalence.py` compares this with checking every note.
"""

import re
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import date
from functools import partial

from converter.brazil import cnpj, cpf, email, municipio
from converter.layouts import predicates
from converter.layouts.base import Layout
from converter.layouts.municipios import published
from converter.layouts.payload import NOTHING

Keys = Callable[[Sequence[Hashable]], Sequence[Hashable]]

VALUE = "servico.valor_servicos"
BESIDE = (
    *(f"servico.valor_{name}" for name in ("deducoes", "pis", "cofins", "inss", "ir", "csll")),
    *(f"servico.valor_{name}" for name in ("iss", "iss_retido", "nao_incluso_base_calculo")),
    *(f"servico.desconto_{name}" for name in ("incondicionado", "condicionado")),
    "servico.outras_retencoes",
)
"""Amounts that are compared with the value: nothing is said where their sum does not exceed it."""
FOLLOWING = ("servico.base_calculo", "servico.valor_liquido")
"""Amounts of which a layout asks only whether they are there."""

COMPARED = ("tomador.cnpj", "intermediario.cnpj")
"""Documents that a city compares with the CNPJ of who issues."""

_PLAIN = ""
_TEXTS = (
    "servico.discriminacao",
    "tomador.razao_social",
    *(f"tomador.endereco.{name}" for name in ("logradouro", "numero", "complemento", "bairro")),
)
_EMAIL = "tomador.email"
_PHONE = re.compile(r"[1-9][0-9]{9,10}")
_LONG_AGO = "2018-02-14"
"""A day since which every rule of every layout is in force."""


def keys(
    layouts: Collection[Layout],
    today: date,
    issuers: Collection[str],
    cities: Collection[str],
    *,
    competence: bool,
) -> Mapping[tuple[str, ...], Keys]:
    """The functions by API path, or by the paths whose values they take together, as tuples.

    Args:
        layouts: Those of the cities that are asked.
        today: The day in Brasília.
        issuers: CNPJ of who issues: a city compares them with the tomador.
        cities: IBGE codes where notes are issued or services done, which it compares likewise.
        competence: Whether some note says its competência, which is compared with its date.
    """
    documents = {"tomador.cnpj": cnpj.is_valid, "tomador.cpf": cpf.is_valid}
    widths = {
        campo: min(one.widths[campo] for one in layouts if campo in one.widths)
        for campo in (*_TEXTS, _EMAIL)
    }
    return {
        **{(campo,): partial(_text, _ordinary(widths[campo])) for campo in _TEXTS},
        **{(campo,): partial(_valid, test, issuers) for campo, test in documents.items()},
        ("data_emissao",): partial(_moment, today.isoformat(), competence=competence),
        (_EMAIL,): partial(_valid, partial(_is_address, widths[_EMAIL]), ()),
        ("tomador.endereco.cep",): partial(_valid, predicates.is_cep, ()),
        ("tomador.endereco.codigo_municipio", "tomador.endereco.uf"): partial(
            _place, {*cities, *published()}
        ),
        ("tomador.telefone",): partial(_text, _PHONE),
    }


def issuer(number: str, registration: str, municipio: str) -> Hashable:
    """The key of who issues."""
    plain = registration.isdecimal() and registration.isascii() and len(registration) <= 7
    if plain and registration.strip("0") and cnpj.is_valid(number):
        return municipio
    return number, registration, municipio


def _ordinary(most: int) -> re.Pattern[str]:
    """Some word in characters that every charset has, within so many of them."""
    return re.compile(rf"(?=[^A-Za-z0-9]*[A-Za-z0-9])[ -{{}}~¡-¬®-ÿ]{{1,{most}}}")


def _text(plain: re.Pattern[str], values: Sequence[Hashable]) -> Sequence[Hashable]:
    """Once through the texts, without a call of Python: a month has one for each note."""
    texts = [value if type(value) is str else "" for value in values]
    return [
        _PLAIN if found and value not in NOTHING else (value,)
        for value, found in zip(values, map(plain.fullmatch, texts), strict=True)
    ]


def _valid(
    test: Callable[[str], bool], other: Collection[str], values: Sequence[Hashable]
) -> Sequence[Hashable]:
    return [
        _PLAIN if isinstance(value, str) and value not in other and test(value) else (value,)
        for value in values
    ]


def _moment(today: str, values: Sequence[Hashable], *, competence: bool) -> Sequence[Hashable]:
    days = [value.isoformat()[:10] if isinstance(value, date) else "" for value in values]
    if competence:
        return [(day,) if day else (value,) for day, value in zip(days, values, strict=True)]
    return [
        _PLAIN if _LONG_AGO < day < today else (day or value,)
        for day, value in zip(days, values, strict=True)
    ]


def _place(cities: Collection[str], values: Sequence[Hashable]) -> Sequence[Hashable]:
    """Of city and state: cities in their own, but for those where it matters which it is."""
    pairs = (value for value in values if isinstance(value, tuple))
    known = ((pair, municipio.uf(pair[0] or "")) for pair in pairs)
    return [
        _PLAIN if uf and uf == pair[1] and pair[0] not in cities else (pair,) for pair, uf in known
    ]


def _is_address(most: int, text: str) -> bool:
    return len(text) <= most and "|" not in text and email.parse(text).value is not None
