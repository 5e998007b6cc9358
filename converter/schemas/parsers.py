"""Which parser reads each kind of field, and the few kinds that are read here."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Never

import numpy as np

from converter.brazil import (
    blanks,
    cep,
    cnae,
    cnpj,
    cpf,
    damaged,
    dates,
    decimal,
    documento,
    email,
    headers,
    money,
    nbs,
    numerals,
    pais,
    percent,
    raw,
    telefone,
    uf,
    yesno,
)
from converter.brazil.numerals import Convention
from converter.model.cells import Formatted, MappedField, RawValue
from converter.model.parsed import Parsed
from converter.schemas.catalogue import BY_PATH, MULTILINE
from converter.schemas.field import Field, Kind
from converter.schemas.rules import Rules
from converter.schemas.shown import number

Parser = Callable[[RawValue], Parsed[Any]]
"""What reads the cells of a column; each kind has values of its own type."""

CONVENTIONS: Mapping[str, Convention] = {
    "1.234,56": Convention.BR,
    "1,234.56": Convention.EN,
}
"""What a mapping says of a column of numbers."""

COMPETENCE = "data_competencia"

FORMATS: Mapping[str, Kind] = {kind.value: kind for kind in Kind} | dict.fromkeys(
    CONVENTIONS, Kind.DECIMAL
)
"""What the `format` of a path outside the catalogue makes of it; anything else is text."""

_RATES: Mapping[str, percent.Formato] = {"percentual": "percentual", "fracao": "fracao"}

_PLAIN_LIMIT = 1e12
"""R$ up to which a float tells its cents apart with certainty."""

_EXEMPT = frozenset({"isento", "isenta", "sn"})
"""What stands for no inscrição where one is asked for."""
_AMOUNTS = (Kind.MONEY, Kind.DECIMAL, Kind.INTEGER)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_PARAGRAPHS = re.compile("[!-&(-<>-~¡-¬®-ÿ](?:[ -~¡-¬®-ÿ]*[!-~¡-¬®-ÿ])?")
_LINE = re.compile(f"(?!.*  ){_PARAGRAPHS.pattern}")
"""Western letters and signs only, nothing at the ends to be cleaned."""
_CHOSEN = re.compile(r"([0-9A-Za-z]{1,4})\s*[-–:.)]\s*\S.*", re.DOTALL)


def kind_of(known: Field | None, source: MappedField) -> Kind:
    """Give the kind of a path; outside the catalogue the mapping's format says it."""
    if known:
        return known.kind
    if source.format and "aa" in source.format:
        return Kind.DATE
    return FORMATS.get(source.format or "", Kind.TEXT)


def parser(path: str, kind: Kind, source: MappedField, values: Sequence[RawValue]) -> Parser:
    """Give the parser of one column, which may depend on how its other cells are written.

    Kinds that depend on other columns (município, item, date and time) are read elsewhere.
    """
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind in (Kind.MONEY, Kind.RATE, Kind.DECIMAL, Kind.INTEGER):
        return _number(path, kind, source, values)
    if kind is Kind.DATE:
        order = source.format or dates.convention(values)
        read_date = dates.parse_month if path == COMPETENCE else dates.parse_date
        return lambda value: read_date(value, order)
    read = paragraphs if path in MULTILINE else line
    return _watched(read) if damaged.in_any(values) else read


def plainly(path: str, kind: Kind, values: Sequence[RawValue]) -> list[Hashable]:
    """Give what the cells of a column say that need no care, None for those to be read with it.

    Texts of a sheet are nearly all unlike, and so are amounts: a call for each is what costs.
    """
    if kind is Kind.TEXT and not damaged.in_any(values):
        whole = _PARAGRAPHS if path in MULTILINE else _LINE
        texts = [value if type(value) is str else "" for value in values]
        found = map(whole.fullmatch, texts)
        return [text if plain else None for text, plain in zip(texts, found, strict=True)]
    return _plain_amounts(values) if kind is Kind.MONEY else [None] * len(values)


def _plain_amounts(values: Sequence[RawValue]) -> list[Hashable]:
    limit = _PLAIN_LIMIT
    floats = [v if type(v) is float and -limit < v < limit else np.nan for v in values]
    cents = [f"{value:.2f}" for value in floats]
    exact = zip(floats, map(float, cents), map(Decimal, cents), strict=True)
    return [amount if back == value else None for value, back, amount in exact]


def without_value(
    kind: Kind, source: MappedField, values: Sequence[RawValue]
) -> Mapping[RawValue, Parsed[Never]]:
    """Give the cells of a column there is nothing to read in, whatever it holds, with the answer.

    Those that show a word for nothing, unless the mapping takes it literally, and errors that
    became text; `isento` where an inscrição is asked for. In a column of amounts a lone dash is
    Excel's zero, and is read.
    """
    found = blanks.among(values)
    if source.path.rpartition(".")[2].startswith("inscricao_"):
        exempt = {
            value for value in values if type(value) is str and headers.fold(value) in _EXEMPT
        }
        found = {**found, **dict.fromkeys(exempt, blanks.BLANK)}
    dashes = kind in _AMOUNTS
    return {
        value: answer
        for value, answer in found.items()
        if value not in source.literal and not (dashes and numerals.is_dash(value))
    }


def identifier(kind: Kind, rules: Rules) -> Parser:
    """Give the parser of CPF, of CNPJ, or of both in one column, as the API takes them."""
    if kind is Kind.CPF:
        return cpf.parse
    if kind is Kind.CPF_CNPJ:
        return lambda value: documento.parse(value, alfanumerico=rules.alfanumerico)
    return lambda value: cnpj.parse(value, alfanumerico=rules.alfanumerico)


def choice(*tables: Mapping[str, str], numeric: bool) -> Parser:
    """Give a parser of options: the code, its meaning, or both as in a drop-down list.

    What is none of them comes back as typed, as does a meaning that two tables give to different
    codes: whether it is allowed is for the schema, since a município may have a table of its own.
    With `numeric`, digits become an int.
    """
    known = {option for table in tables for option in table}
    said = {(headers.fold(text), option) for table in tables for option, text in table.items()}
    times = Counter(meaning for meaning, _ in said)
    meanings = {meaning: option for meaning, option in said if times[meaning] == 1}

    def parse(value: RawValue) -> Parsed[str | int]:
        text = raw.code(value)
        if not isinstance(text, str):
            return text
        option = meanings.get(headers.fold(text))
        if option is None:
            listed = _CHOSEN.fullmatch(text)
            option = listed[1] if listed else text
        plain = option.isascii() and option.isdecimal() and len(option) < 10
        if plain and option not in known:
            option = str(int(option))
        # Half a character pair, which no table has either, is text that pandas cannot take.
        typed = option.upper().encode("utf-8", "replace").decode()
        return Parsed(int(option) if plain and numeric else typed)

    return parse


def as_typed(kind: Kind, value: RawValue) -> str | None:
    """Give a refused code as text, for a note the user's policy sends all the same.

    None where there is no text that could stand for it: an amount, a date, a yes or no.
    """
    if kind in (Kind.MONEY, Kind.RATE, Kind.DECIMAL, Kind.INTEGER, Kind.BOOLEAN):
        return None
    if kind in (Kind.DATE, Kind.DATETIME, Kind.CPF_CNPJ):
        return None
    text = raw.code(value)
    if not isinstance(text, str) or _CONTROL.search(text):
        return None
    return cnpj.compact(text) if kind in (Kind.CNPJ, Kind.CPF) else text


def line(value: RawValue) -> Parsed[str]:
    """Give a text on one line: any run of blanks is one space."""
    parsed = paragraphs(value)
    if parsed.value is None or (parsed.value.isprintable() and "  " not in parsed.value):
        return parsed
    return parsed._replace(value=" ".join(parsed.value.split()))


def paragraphs(value: RawValue) -> Parsed[str]:
    r"""Give a text with its line breaks as `\n`; a number is its digits."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Parsed(number(value))
    parsed = raw.text(value)
    if parsed.value is None:
        return parsed
    text = unicodedata.normalize("NFC", parsed.value).replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(text):
        return raw.refuse("texto-com-controle", caractere=raw.shown(found[0]))
    try:
        text.encode("cp1252")
    except UnicodeEncodeError as error:
        foreign = raw.shown(text[error.start])
        return Parsed(text, None, "texto-fora-da-tabela", (("caractere", foreign),))
    return Parsed(text)


def _watched(read: Callable[[RawValue], Parsed[str]]) -> Parser:
    """Add to each text what seems to have damaged it, with the reading that may be meant."""

    def watched(value: RawValue) -> Parsed[str]:
        parsed = read(value)
        found = damaged.mended(parsed.value) if parsed.value is not None else None
        if found is None:
            return parsed
        code, reading = found
        if code != "texto-interrogacao":
            return parsed._replace(warning=code, details=(("lido", reading),))
        leitura = f" O certo pode ser “{reading}”." if reading else ""
        return parsed._replace(warning=code, details=(("leitura", leitura),))

    return watched


def code(value: RawValue) -> Parsed[str]:
    """Give a free code: what is typed, on one line, and a whole number as its digits."""
    text = raw.code(value)
    return line(text) if isinstance(text, str) else text


_PLAIN: Mapping[Kind, Parser] = {
    Kind.CPF: cpf.parse,
    Kind.CEP: cep.parse,
    Kind.UF: uf.parse,
    Kind.PAIS: pais.parse,
    Kind.CNAE: cnae.parse,
    Kind.NBS: nbs.parse,
    Kind.EMAIL: email.parse,
    Kind.PHONE: telefone.parse,
    Kind.BOOLEAN: yesno.parse,
    Kind.CODE: code,
}


def _number(path: str, kind: Kind, source: MappedField, values: Sequence[RawValue]) -> Parser:
    declared = CONVENTIONS.get(source.format or "")
    order = declared or money.convention(values)
    if kind is Kind.MONEY:
        return _money(path, order, declared=declared is not None)
    if kind is Kind.RATE and path == "servico.aliquota":
        formato = _RATES.get(source.format or "")
        return lambda value: percent.aliquota(value, order, formato)
    if kind is Kind.RATE:
        return lambda value: percent.parse(value, order)
    if kind is Kind.INTEGER:
        return lambda value: _whole(decimal.parse(value, order))
    return lambda value: decimal.parse(value, order)


def _money(path: str, order: Convention, *, declared: bool) -> Parser:
    read = money.parse if declared else _undeclared
    if path in BY_PATH and BY_PATH[path].computed:
        return lambda value: _computed(value, read(value, order))
    return lambda value: read(value, order)


def _computed(value: RawValue, parsed: Parsed[Decimal]) -> Parsed[Decimal]:
    """Round what a formula left below a cent, as Excel rounds, and tell; text is what it says."""
    if parsed.problem != "numero-casas" or type(value) is not float:
        return parsed
    rounded = money.parse(Formatted(value, places=2))
    return rounded._replace(warning=rounded.warning and "valor-calculado")


def _undeclared(value: RawValue, order: Convention) -> Parsed[Decimal]:
    """Read an amount where only the column says how numbers are written here."""
    if type(value) is str and value.rstrip()[-4:-3] in (".", ","):
        return numerals.doubtful(value, order) or money.parse(value, order)
    return money.parse(value, order)


def _whole(parsed: Parsed[Decimal]) -> Parsed[int]:
    value = parsed.value
    if value is not None and value != value.to_integral_value():
        return raw.refuse("numero-nao-inteiro")
    return Parsed(None if value is None else int(value), *parsed[1:])
