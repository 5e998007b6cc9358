"""What a column seems to hold, from its values alone: a column of valid CNPJs is one of CNPJs."""

import re
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta

from converter.brazil import (
    cep,
    cnae,
    cnpj,
    cpf,
    dates,
    email,
    money,
    municipio,
    servico,
    telefone,
    uf,
    yesno,
)
from converter.mapping.values import text_of
from converter.model.cells import Fault, Percent, RawValue, is_blank
from converter.schemas.catalogue import Kind

SAMPLE = 200
"""Distinct values looked at: enough to tell, however long the column."""

_ENOUGH = 0.8
_WITH_CENTS = re.compile(r"\$|[.,][0-9]{2}\s*$")
_LONG_TEXT = 30
_PACKED_DAY = re.compile(r"20[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])")
Look = Callable[[RawValue], bool]


def look_of(values: Sequence[RawValue]) -> Kind | None:
    """The kind at least four in five of the distinct values have, None where none has.

    `Kind.DECIMAL` is an amount with cents, `Kind.MONEY` any number that could be one. `Kind.TEXT`
    is a text of many words; short free text, which may be anything, is None, and so
    is a column that only numbers the rows.
    """
    distinct = [value for value in dict.fromkeys(values) if not is_blank(value)]
    sample = [value for value in distinct if not isinstance(value, Fault)][:SAMPLE]
    if not sample or (len(sample) > 1 and sample == list(range(1, len(sample) + 1))):
        return None
    for kind, fits in _LOOKS:
        if sum(map(fits, sample)) >= _ENOUGH * len(sample):
            return kind
    return None


def _digits(parse: Callable[[object], tuple[object, ...]], *counts: int) -> Look:
    """Valid, and with as many letters and digits as such a code has when it is written out."""

    def fits(value: RawValue) -> bool:
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            return False
        written = sum(map(str.isalnum, text_of(value)))
        return written in counts and parse(value)[0] is not None

    return fits


def _of_text(parse: Callable[[object], tuple[object, ...]], mark: str = "") -> Look:
    return lambda value: isinstance(value, str) and mark in value and parse(value)[0] is not None


def _day(value: RawValue) -> bool:
    return isinstance(value, date) or (
        isinstance(value, str) and dates.parse_date(value).value is not None
    )


def _postcode(value: str) -> bool:
    """Eight digits of a CEP that are not a date written `20261005`."""
    day = _PACKED_DAY.fullmatch(value)
    return day is None and _digits(cep.parse, 8)(value)


def _amount(value: RawValue) -> bool:
    moment = isinstance(value, bool | date | time | timedelta)
    return not moment and money.parse(value).value is not None


def _cents(value: RawValue) -> bool:
    """An amount that no code would be written as."""
    said = money.parse(value).value if _amount(value) else None
    written = isinstance(value, str) and bool(_WITH_CENTS.search(value))
    return said is not None and (written or said != said.to_integral_value())


def _rate(value: RawValue) -> bool:
    if isinstance(value, Percent):
        return True
    said = money.parse(value).value if _amount(value) else None
    return said is not None and 2 <= said <= 5


def _yes_or_no(value: RawValue) -> bool:
    return isinstance(value, bool) or (
        isinstance(value, str) and value not in ("0", "1") and yesno.parse(value).value is not None
    )


def _wordy(value: RawValue) -> bool:
    return isinstance(value, str) and len(value) >= _LONG_TEXT and value.count(" ") > 2


_CNPJ, _CPF = _digits(cnpj.parse, 13, 14), _digits(cpf.parse, 10, 11)
_LOOKS: tuple[tuple[Kind, Look], ...] = (
    (Kind.CNPJ, _CNPJ),
    (Kind.CPF, _CPF),
    (Kind.CPF_CNPJ, lambda value: _CNPJ(value) or _CPF(value)),
    (Kind.EMAIL, _of_text(email.parse, "@")),
    (Kind.DATE, _day),
    (Kind.UF, _digits(uf.parse, 2)),
    (Kind.BOOLEAN, _yes_or_no),
    (Kind.MUNICIPIO, _digits(municipio.parse, 7)),
    (Kind.CNAE, _digits(cnae.parse, 7)),
    (Kind.ITEM_SERVICO, _of_text(servico.parse, ".")),
    (Kind.CEP, lambda value: isinstance(value, str) and _postcode(value)),
    (Kind.PHONE, _digits(telefone.parse, 10, 11, 12, 13)),
    (Kind.RATE, _rate),
    (Kind.DECIMAL, _cents),
    (Kind.MONEY, _amount),
    (Kind.TEXT, _wordy),
)
