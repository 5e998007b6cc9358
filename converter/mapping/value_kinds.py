"""Whether one value is a CPF, an amount, a month …: the tests by which a column is judged."""

import re
from datetime import date
from typing import TypeGuard

from converter.brazil import (
    cep,
    cnpj,
    cpf,
    date_words,
    dates,
    municipio,
    numerals,
    raw,
    servico,
    telefone,
    uf,
    yesno,
)
from converter.brazil import email as emails
from converter.brazil.headers import fold
from converter.mapping.values import text_of
from converter.model.cells import Percent, RawValue

_LONGEST = 60
"""Characters of the longest text that could be an amount or a date."""
_HUNDRED = 100
"""R$ below which whole numbers may as well count something."""
_COUNT = 31
"""Sessions, lessons and days of a month, at most."""
_PRICE = 400
"""R$ from which round numbers are prices rather than counts."""
_DIGITS = re.compile(r"\d")
LETTERS = re.compile(r"[^\W\d_]")
_AMOUNT = re.compile(
    r"[-(]?\s*(?:R\$|BRL)?\s*-?\s*[\d.,\s]*\d[\d.,]*\s*\)?-?|R?\$?\s*-", re.IGNORECASE
)
_SCIENTIFIC = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)
_MONTHS = "jan|fev|mar|abr|mai|jun|jul|ago|set|out|nov|dez"
_DAYLIKE = re.compile(
    rf"\d{{1,2}}\s*(?:[-/.]|de\b)?\s*(?:{_MONTHS})[a-zç]*\.?|"
    r"\d{1,4}\s*[-/.]\s*\d{1,2}(\s*[-/.]\s*\d{2,4})?\b.*|\d{8}|"
    rf".*\b({_MONTHS})[a-z]*\b.*\d+.*",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"(0?[1-9]|1[0-2])\s*(?:[-/]\s*(20)?|\.\s*20)\d{2}|20\d{2}\s*[-/.]?\s*(0[1-9]|1[0-2])|"
    rf"(?P<name>(?:{_MONTHS})[a-zç]*)\.?\s*(de\s*)?[-/.]?\s*(de\s*)?(\d{{2}}|\d{{4}})?",
    re.IGNORECASE,
)
_DATE_WORD = re.compile(rf"{_MONTHS}|feb|apr|may|aug|sep|oct|dec|\d\s*[th]|gmt|utc", re.IGNORECASE)
_FEW_DIGITS = 3
_COMPANY = re.compile(
    r"\b(ltda|eireli|me|epp|mei|inc|llc|gmbh|spe|cia)\b\.?|\bs[./]?\s?[as]\b\.?|"
    r"\b(associa[cç][aã]o|condom[ií]nio|funda[cç][aã]o|instituto|cooperativa|sindicato)\b",
    re.IGNORECASE,
)
_EMAIL_IN_TEXT = re.compile(r"[^\s@]@[^\s@]+\.[^\s@]")
_IDENTIFIER = re.compile(r"(?=\D*\d)[\w./-]{1,25}")
_ITEM = re.compile(r"\d{1,2}\.\d{2}(\.\d{2})?|\d{3,4}|\d{6}")
_NUMBER = re.compile(r"\s*-?(?:0|[1-9]\d{0,6}|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d{1,2})?\s*")
_SERIAL = (20_000, 80_000)


def digits(value: RawValue) -> int:
    """How many digits it is written with."""
    return len(_DIGITS.findall(text_of(value)))


def is_number(value: RawValue) -> TypeGuard[int | float]:
    """A plain number, not a percentage."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def number_in(value: RawValue) -> float | None:
    """A number, or what a text says as a text file writes it: `12`, `600,00`; no code: `007`."""
    if is_number(value):
        return value
    if type(value) is not str or not _NUMBER.fullmatch(value):
        return None
    return float(value.strip().replace(".", "").replace(",", "."))


def evident_amount(value: RawValue) -> bool:
    """An amount that hardly counts something: with cents, or of R$ 100 and more."""
    return has_cents(value) or (is_number(value) and value >= _HUNDRED)


def is_count(value: RawValue) -> bool:
    """A whole number too small for a price."""
    number = number_in(value)
    return number is not None and 0 <= number <= _COUNT and number == int(number)


def is_large(value: RawValue) -> bool:
    """A number of three digits or more."""
    number = number_in(value)
    return number is not None and number >= _HUNDRED


def is_round(value: RawValue) -> bool:
    """A whole number as prices are, and counts of people seldom: of hundreds, in steps of ten."""
    number = number_in(value)
    return number is not None and number >= _PRICE and number % 10 == 0


def is_cnpj(value: RawValue) -> bool:
    """A valid CNPJ."""
    return (
        isinstance(value, str | int | float)
        and digits(value) in (13, 14)
        and cnpj.parse(value).value is not None
    )


def is_cpf(value: RawValue) -> bool:
    """A valid CPF, zeros before it lost or not."""
    return (
        isinstance(value, str | int | float)
        and 9 <= digits(value) <= 11
        and cpf.parse(value).value is not None
    )


def is_document(value: RawValue) -> bool:
    """A valid CPF or CNPJ."""
    return is_cnpj(value) or is_cpf(value)


def is_email(value: RawValue) -> bool:
    """An e-mail address."""
    return isinstance(value, str) and "@" in value and emails.parse(value).value is not None


def is_day(value: RawValue) -> bool:
    """A date, or a text that can only be one."""
    if isinstance(value, date):
        return True
    if not isinstance(value, str) or digits(value) <= _FEW_DIGITS:
        return False
    # Reading a text that is no date at all costs most: its words tell first.
    if LETTERS.search(value) and not _DATE_WORD.search(value):
        return False
    return dates.parse_date(value).value is not None


def is_written_day(value: RawValue) -> bool:
    """A date that no number could be."""
    return is_day(value) and not str(value).isdecimal()


def is_month(value: RawValue) -> bool:
    """A month of a year, whole or cut short; no name that begins like one: `Marcos`, `Juliana`."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return False
    found = _MONTH.fullmatch(value.strip())
    return found is not None and (found["name"] is None or _begins_a_month(fold(found["name"])))


def _begins_a_month(folded: str) -> bool:
    return any(name.startswith(folded) for name in date_words.months())


def is_amount(value: RawValue) -> bool:
    """A number, or a text that is written as an amount."""
    return is_number(value) or (
        isinstance(value, str)
        and len(value) <= _LONGEST
        and (numerals.read(value) is not None or _AMOUNT.fullmatch(raw.clean(value)) is not None)
    )


def has_cents(value: RawValue) -> bool:
    """An amount that no code would be written as."""
    if is_number(value):
        return value != int(value)
    return (
        isinstance(value, str)
        and is_amount(value)
        and ("$" in value or re.search(r"[.,]\d{2}\s*$", value) is not None)
    )


def is_percent(value: RawValue) -> bool:
    """Written as a percentage, or a fraction that can be nothing else."""
    if isinstance(value, Percent):
        return True
    if is_number(value):
        return 0 < value < 0.3
    return isinstance(value, str) and "%" in value and digits(value) > 0


def is_yes_no(value: RawValue) -> bool:
    """A yes or a no."""
    return isinstance(value, bool) or (
        isinstance(value, str)
        and value.strip() not in ("0", "1")
        and yesno.parse(value).value is not None
    )


def is_uf(value: RawValue) -> bool:
    """The letters or the name of a state."""
    return isinstance(value, str) and uf.parse(value).value is not None


def is_cep(value: RawValue) -> bool:
    """A CEP of eight digits that is no date."""
    return (
        isinstance(value, str)
        and digits(value) == 8
        and cep.parse(value).value is not None
        and not is_day(value)
    )


def is_phone(value: RawValue) -> bool:
    """A telephone number with its area code."""
    return (
        isinstance(value, str | int | float)
        and digits(value) in (10, 11, 12, 13)
        and telefone.parse(value).value is not None
    )


def is_item(value: RawValue) -> bool:
    """An item of the list of LC 116, written as one."""
    text = text_of(value)
    return (
        _ITEM.fullmatch(text.replace(",", ".")) is not None
        and servico.parse(value).value is not None
    )


def is_city(value: RawValue) -> bool:
    """The name of a município, with or without its state."""
    if not isinstance(value, str) or not LETTERS.search(value):
        return False
    return (
        municipio.parse(value).value is not None
        or municipio.parse(value).problem == "municipio-homonimo"
    )


def is_words(value: RawValue) -> bool:
    """A text with letters that is no code, date, amount or address of mail."""
    if not isinstance(value, str) or len(LETTERS.findall(value)) < 3:
        return False
    return "@" not in value and not is_month(value)


def is_name(value: RawValue) -> bool:
    """A text like the name of a person or a company."""
    return is_words(value) and len(LETTERS.findall(str(value))) >= 2 * digits(value)


def has_email(value: RawValue) -> bool:
    """An e-mail among other things: `(62) 3255-1908 - compras@panela.example`."""
    return isinstance(value, str) and _EMAIL_IN_TEXT.search(value) is not None


def is_company(value: RawValue) -> bool:
    """A name with the legal form of a company."""
    return isinstance(value, str) and _COMPANY.search(value) is not None


def is_code(value: RawValue) -> bool:
    """Short, with a digit or of capitals only."""
    text = text_of(value)
    return (
        0 < len(text) <= 25
        and "@" not in text
        and (digits(value) > 0 or len(text) <= 6)
        and not isinstance(value, date | Percent | bool)
    )


def looks_document(value: RawValue) -> bool:
    """As many digits as a CPF or a CNPJ has, some of them lost or not."""
    text = text_of(value)
    return (9 <= digits(value) <= 15 and len(text) <= 24) or _SCIENTIFIC.fullmatch(text) is not None


def looks_day(value: RawValue) -> bool:
    """A date, however badly written."""
    if is_number(value):
        return _SERIAL[0] < value < _SERIAL[1] or 19_000_101 <= value <= 21_001_231
    return isinstance(value, date) or (
        isinstance(value, str)
        and len(value) <= _LONGEST
        and _DAYLIKE.fullmatch(value.strip()) is not None
    )


def is_identifier(value: RawValue) -> bool:
    """One word with a digit in it, which names a thing rather than says what it is."""
    return isinstance(value, str) and _IDENTIFIER.fullmatch(value.strip()) is not None


def is_phrase(value: RawValue) -> bool:
    """A text of several words."""
    return isinstance(value, str) and " " in value.strip()
