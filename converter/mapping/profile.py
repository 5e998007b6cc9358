"""What a column's values could be: which kinds they have, asked one kind at a time."""

import re
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from enum import IntEnum

from converter.brazil import blanks as empty
from converter.brazil import cnae, municipio, nbs, pais
from converter.brazil.headers import fold
from converter.mapping.header_words import words_of
from converter.mapping.rows import blanks_of
from converter.mapping.sums import Amounts
from converter.mapping.value_kinds import (
    LETTERS,
    digits,
    has_cents,
    is_amount,
    is_cep,
    is_city,
    is_cnpj,
    is_code,
    is_cpf,
    is_day,
    is_document,
    is_email,
    is_identifier,
    is_item,
    is_month,
    is_name,
    is_number,
    is_percent,
    is_phone,
    is_uf,
    is_words,
    is_yes_no,
    looks_day,
    looks_document,
)
from converter.mapping.values import text_of
from converter.model.cells import Fault, Percent, RawValue
from converter.schemas.catalogue import BY_PATH, Field, Kind

SAMPLE = 48
"""Distinct values looked at."""

_MOST, _HALF = 0.75, 0.5
_LITTLE = 0.05
"""Of the largest: what numbers given out one after another spread over."""
_HIGHEST_RATE = 30
_SERVICE_CODE = "servico.codigo_tributario_municipio"
_SMALL_AMOUNT = 20
"""R$ up to which a number may as well be a percentage."""

Test = Callable[[RawValue], bool]
Judge = Callable[["Profile", Field], "Holds"]


class Holds(IntEnum):
    """Whether the values of a column could be of a field: no, perhaps, evidently."""

    NAO = 0
    TALVEZ = 1
    BEM = 2


class Profile:
    """The distinct values of one column, and what they could be."""

    def __init__(self, values: Sequence[RawValue]) -> None:
        blanks = blanks_of(values)
        distinct = dict.fromkeys(values)
        found = [value for value in distinct if value not in blanks]
        nulls = empty.among(found)
        self.values = values
        self.amounts = Amounts(values)
        self.rows = len(values)
        self.filled = len(values) - sum(map(values.count, blanks))
        self.distinct = len(found)
        self.sample = [v for v in found[:SAMPLE] if v not in nulls and not isinstance(v, Fault)]
        if any(map(_is_total, self.sample)):
            self.sample = [v for v in self.sample if not _is_total(v)] or self.sample
        self._shares: dict[Test, float] = {}

    @property
    def blank(self) -> bool:
        """Whether there is nothing to judge: no value, or only formulas without a result."""
        return not self.sample

    @property
    def zero(self) -> bool:
        """Whether every value is the amount nought."""
        return bool(self.sample) and all(
            value in (0, "0", "0,00", "0.00", "R$ 0,00", "R$ -") for value in self.sample
        )

    @property
    def unique(self) -> bool:
        """Whether no value comes twice."""
        return self.filled > 0 and self.distinct == self.filled

    @property
    def counts(self) -> bool:
        """Whether the values are whole numbers in a row, as those of orders and processes are.

        So are those that only grow, and by little: amounts do not.
        """
        numbers = [int(value) for value in self.sample if is_number(value) and value == int(value)]
        if len(numbers) < max(3, len(self.sample)) or not self.unique:
            return False
        spread = max(numbers) - min(numbers)
        grow = numbers == sorted(numbers)
        return spread < 2 * len(numbers) or (grow and spread < _LITTLE * max(numbers))

    @property
    def identifies(self) -> bool:
        """Whether the values tell the rows apart and describe nothing: `SUB-4102`, `SUB-4109`."""
        return self.unique and self.filled > 1 and self.most(is_identifier)

    @property
    def totals(self) -> int:
        """How many rows this column labels as sums of the others."""
        return sum(map(_is_total, self.values))

    @property
    def sparse(self) -> bool:
        """Whether most rows have nothing here: a remark, no part of every note."""
        return 2 * self.filled < self.rows

    def share(self, test: Test) -> float:
        """The share of the distinct values a test finds true."""
        if test not in self._shares:
            self._shares[test] = (
                sum(map(test, self.sample)) / len(self.sample) if self.sample else 0.0
            )
        return self._shares[test]

    def most(self, test: Test) -> bool:
        """Whether a test is true of most values."""
        return self.share(test) >= _MOST

    def half(self, test: Test) -> bool:
        """Whether a test is true of half of the values, or more."""
        return self.share(test) >= _HALF

    def some(self, test: Test) -> bool:
        """Whether a test is true of any value."""
        return self.share(test) > 0

    def holds(self, path: str) -> Holds:
        """Whether these could be values of the field `path`."""
        if self.blank:
            return Holds.TALVEZ
        field = BY_PATH.get(path)
        if field is None:
            return Holds.TALVEZ
        judge = _SPECIAL.get(path) or _BY_KIND[field.kind]
        return judge(self, field)


def _is_total(value: RawValue) -> bool:
    """The label of a row of sums, which is no value of its column."""
    return isinstance(value, str) and value.casefold().startswith(("total", "subtotal"))


def _graded(strong: Test, loose: Test, least: float = _HALF) -> Judge:
    """Evidently what is `strong`; perhaps what is one or the other in a share of `least`."""

    def judge(profile: Profile, _: Field) -> Holds:
        if profile.most(strong):
            return Holds.BEM
        perhaps = profile.share(lambda v: strong(v) or loose(v)) >= least
        return Holds.TALVEZ if perhaps else Holds.NAO

    return judge


def _unless(others: Sequence[Test], judge: Judge) -> Judge:
    """What `judge` says of values that are not evidently something else."""

    def judge_the_rest(profile: Profile, field: Field) -> Holds:
        return Holds.NAO if any(map(profile.most, others)) else judge(profile, field)

    return judge_the_rest


def _money(profile: Profile, _: Field) -> Holds:
    if not profile.half(is_amount):
        return Holds.NAO
    if not profile.most(is_amount):
        return Holds.TALVEZ
    large = any(is_number(v) and v > _SMALL_AMOUNT for v in profile.sample)
    return Holds.BEM if large or profile.some(has_cents) or profile.zero else Holds.TALVEZ


def _small(value: RawValue) -> bool:
    if isinstance(value, str) and is_amount(value):
        plain = re.sub(r"[^\d,.]", "", value).replace(",", ".")
        return plain.count(".") <= 1 and bool(plain.strip(".")) and float(plain) <= _HIGHEST_RATE
    return is_number(value) and 0 <= value <= _HIGHEST_RATE


def _yes_no_code(value: RawValue) -> bool:
    folded = fold(text_of(value))
    return (
        folded in {"0", "1", "2"}
        or re.match(r"(nao)?(ha|houve)?(retid|reter|retem|recolh|tomador|prestador|isent)", folded)
        is not None
    )


def _words(profile: Profile, _: Field) -> Holds:
    if profile.most(is_words):
        return Holds.BEM
    typed = profile.half(
        lambda v: isinstance(v, date | time | timedelta | Percent | bool) or is_amount(v)
    )
    return Holds.NAO if typed else Holds.TALVEZ


def says_a_party(value: RawValue) -> bool:
    """`Seguradora`, `cliente`: which of the row's people, and nobody's name."""
    words = words_of(value) if isinstance(value, str) and " " not in value.strip() else None
    return words is not None and bool(words.parties) and not words.ideas


def _is_typed(value: RawValue) -> bool:
    """Whether a cell holds a day, a percentage or a yes, and no text or number."""
    return isinstance(value, date | Percent | bool)


def _short_text(profile: Profile, _: Field) -> Holds:
    other = profile.half(lambda v: _is_typed(v) or is_email(v) or is_document(v))
    return Holds.NAO if other else Holds.TALVEZ


def _house_number(profile: Profile, _: Field) -> Holds:
    short = profile.most(lambda v: len(text_of(v)) <= 12 and not _is_typed(v))
    return Holds.TALVEZ if short and not profile.half(has_cents) else Holds.NAO


def _country(profile: Profile, _: Field) -> Holds:
    """Countries, one of them at least another: a column of nothing but Brazil says nothing."""
    if not profile.most(lambda value: pais.parse(value).value is not None):
        return Holds.NAO
    return Holds.BEM if profile.some(_is_foreign) else Holds.NAO


def _is_foreign(value: RawValue) -> bool:
    return pais.parse(value).value not in (None, pais.BRASIL)


def _free_code(profile: Profile, field: Field) -> Holds:
    longest = field.size or 30
    fits = profile.share(lambda v: is_code(v) and len(text_of(v)) <= longest)
    # Codes of services come again from row to row: one that never does numbers the rows.
    numbering = profile.unique and profile.rows > 1 and field.path == _SERVICE_CODE
    if fits < _HALF or profile.most(is_yes_no) or numbering:
        return Holds.NAO
    return Holds.BEM if fits >= _MOST and not profile.most(is_item) else Holds.TALVEZ


def _choice(profile: Profile, field: Field) -> Holds:
    allowed = {fold(code) for code in field.values} | {fold(text) for text in field.values.values()}
    if profile.most(lambda v: fold(text_of(v)) in allowed):
        return Holds.BEM
    short = profile.most(lambda v: len(text_of(v)) <= 60 and not isinstance(v, date | Percent))
    return (
        Holds.TALVEZ
        if short and profile.distinct <= 12 and not profile.half(has_cents)
        else Holds.NAO
    )


def _reference(profile: Profile, _: Field) -> Holds:
    other = profile.half(lambda v: _is_typed(v) or has_cents(v))
    return Holds.TALVEZ if profile.unique and not other else Holds.NAO


_MONEY = _unless((is_percent, is_cnpj, is_day), _money)
_TEXT = _unless((is_yes_no, is_email, is_document, is_month, is_day), _words)
_NAME = _unless((is_yes_no, is_uf, says_a_party), _graded(is_name, is_words))
_BY_KIND: dict[Kind, Judge] = {
    Kind.CNPJ: _graded(is_cnpj, looks_document),
    Kind.CPF: _graded(is_cpf, looks_document),
    Kind.CPF_CNPJ: _graded(is_document, looks_document),
    Kind.EMAIL: _graded(is_email, lambda v: isinstance(v, str) and "@" in v),
    Kind.DATE: _graded(lambda v: is_day(v) or is_month(v), looks_day),
    Kind.DATETIME: _graded(is_day, lambda v: looks_day(v) or is_month(v)),
    Kind.MONEY: _MONEY,
    Kind.DECIMAL: _MONEY,
    Kind.RATE: _graded(is_percent, _small, _MOST),
    Kind.BOOLEAN: _graded(is_yes_no, _yes_no_code, _MOST),
    Kind.PAIS: _country,
    Kind.UF: _graded(
        is_uf, lambda v: isinstance(v, str) and len(v.strip()) == 2 and v.strip().isalpha()
    ),
    Kind.MUNICIPIO: _graded(
        is_city,
        lambda v: isinstance(v, str) and bool(LETTERS.search(v)) and not digits(v) and not is_uf(v),
    ),
    Kind.CEP: _graded(is_cep, lambda v: digits(v) in (7, 8) and len(text_of(v)) <= 11),
    Kind.PHONE: _graded(is_phone, lambda v: 8 <= digits(v) <= 22 and not is_document(v)),
    Kind.ITEM_SERVICO: _graded(
        is_item, lambda v: re.fullmatch(r"\d{1,2}[.,]\d{1,2}\D.*", text_of(v)) is not None
    ),
    Kind.CNAE: _graded(
        lambda v: digits(v) == 7 and cnae.parse(v).value is not None,
        lambda v: digits(v) == 7 and is_code(v),
    ),
    Kind.NBS: _graded(lambda v: nbs.parse(v).value is not None, lambda v: digits(v) == 9),
    Kind.CODE: _free_code,
    Kind.INTEGER: _free_code,
    Kind.CHOICE: _choice,
    Kind.TEXT: _TEXT,
}


def _like_ibge(value: RawValue) -> bool:
    """Seven digits, or six without the last one, of which the first two are a state's."""
    return digits(value) in (6, 7) and "11" <= text_of(value).strip()[:2] <= "53"


_IBGE = _graded(
    lambda v: digits(v) == 7 and municipio.parse(v).value is not None,
    lambda v: is_city(v) or _like_ibge(v),
)
_SPECIAL: dict[str, Judge] = {
    "tomador.razao_social": _NAME,
    "intermediario.razao_social": _NAME,
    "tomador.endereco.estado_exterior": _unless((is_uf,), _TEXT),
    "tomador.endereco.numero": _house_number,
    "tomador.endereco.complemento": _short_text,
    "tomador.endereco.bairro": _short_text,
    "tomador.endereco.tipo_logradouro": _short_text,
    "tomador.endereco.codigo_municipio": _IBGE,
    "servico.codigo_municipio": _IBGE,
    "prestador.codigo_municipio": _graded(
        lambda v: municipio.parse(v).value is not None,
        lambda v: isinstance(v, str) and bool(LETTERS.search(v)),
    ),
    "referencia": _reference,
}
