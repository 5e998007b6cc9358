"""What is written above a table, where it is labelled: `CNPJ: 11.222.333/0001-81`.

The one thing read without a label is the city beside it: `Barueri/SP`.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from converter.brazil import cnpj, municipio
from converter.brazil.headers import fold
from converter.mapping.header_words import words_of
from converter.mapping.value_kinds import is_day, is_month
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawSheet, RawValue, is_blank

ROWS = 20
"""Rows looked at above a table."""
_ISSUER = "prestador."
_CITY = re.compile(r"([^:]+?)\s*[-–/]\s*([A-Za-z]{2})")
_LABEL_WORDS = 3
PIECES = re.compile(
    r"(?:\s{2,}+|\s[|·•]\s|[;|\n\t]|\s[-–—]\s(?!\s*\d)|(?<=\d)\s++(?=[^\W\d]))"
    r"(?!(?:a|à|ao|até|e|[-–—])\s+\d)",
    re.IGNORECASE,
)
"""Between two things said in one cell: `CNPJ 11.222.333/0001-81  Insc. Mun. 12345`; not within a
range, whose first day alone is no competência: `01/03/2026 a 30/04/2026`."""


@dataclass(frozen=True, slots=True)
class Above:
    """One labelled value: the API path it fills, the text, and its Excel row."""

    path: str
    value: str
    row: int


def above(sheet: RawSheet, header_row: int) -> tuple[Above, ...]:
    """The issuer's CNPJ, inscrição and city, and the competência, written above the header.

    None of the issuer's where a customer is named there too, or two issuers: whose they are is not
    certain. No competência where two are written, no city where two are.
    """
    labels = list(_labels(sheet, header_row))
    found: dict[str, Above] = {}
    of_issuer: set[int] = set()
    doubted: set[str] = set()
    customers = vocabulary().customers
    if any(customers.intersection(words_of(label).parties) for label, _, _ in labels):
        doubted.add(_ISSUER)
    for label, value, row in labels:
        path = _path(label, value)
        if path is not None:
            each = found.setdefault(path, Above(path, text_of(value), row))
            if each.value != text_of(value):
                doubted.add(_whose(path))
            if _whose(path) == _ISSUER:
                of_issuer.add(row)
    city = _city(sheet, header_row, of_issuer)
    if city is not None:
        found[city.path] = city
    return tuple(each for each in found.values() if _whose(each.path) not in doubted)


def _whose(path: str) -> str:
    return _ISSUER if path.startswith(_ISSUER) else path


def _path(label: str, value: RawValue) -> str | None:
    """What field `value` is, by the words before it."""
    ideas, text = words_of(label).ideas, text_of(value)
    if ideas == {"competencia"} and (is_month(value) or is_day(value)):
        return "data_competencia"
    if ideas and ideas <= {"cnpj", "cpf"} and cnpj.parse(text).value is not None:
        return "prestador.cnpj"
    if ideas == {"im"} and any(map(str.isdigit, text)):
        return "prestador.inscricao_municipal"
    return None


def _city(sheet: RawSheet, header_row: int, of_issuer: Collection[int]) -> Above | None:
    """The one city above the table, where it stands by itself in a row of the issuer's."""
    cities: set[str] = set()
    found = []
    for number, cells in _rows(sheet, header_row):
        pieces = [piece for cell in cells for piece in PIECES.split(text_of(cell))]
        for piece, after in zip_longest(pieces, pieces[1:], fillvalue=""):
            for text in (piece, f"{piece}/{after}"):
                label, _, value = text.rpartition(":")
                named = _CITY.fullmatch(value.strip())
                city = municipio.parse("/".join(named.groups())).value if named else None
                if city is not None:
                    cities.add(city)
                    if not label and number in of_issuer:
                        found.append(Above("prestador.codigo_municipio", text.strip(), number))
    return found[0] if found and len(cities) == 1 else None


def _rows(sheet: RawSheet, header_row: int) -> Iterator[tuple[int, list[RawValue]]]:
    """Excel row and the cells that say something of each row close above the table."""
    first = max(0, header_row - 1 - ROWS)
    for number, row in enumerate(sheet.rows[first : header_row - 1], start=first + 1):
        yield number, [value for value in row if not is_blank(value)]


def _labels(sheet: RawSheet, header_row: int) -> Iterator[tuple[str, RawValue, int]]:
    """Label, value and Excel row of everything written above the table."""
    for number, cells in _rows(sheet, header_row):
        for cell, beside in zip_longest(cells, cells[1:]):
            if isinstance(cell, str):
                yield from ((*labelled, number) for labelled in _labelled(cell, beside))


def _labelled(cell: str, beside: RawValue) -> Iterator[tuple[str, RawValue]]:
    """Label and value: in one cell, with or without a colon, or in two side by side."""
    label, colon, rest = cell.partition(":")
    if colon and not rest.strip() and beside is not None and fold(label):
        yield label, beside
    for piece in PIECES.split(cell):
        label, colon, rest = piece.partition(":")
        if colon and rest.strip():
            yield label, rest.strip()
        elif not colon:
            yield from _without_colon(piece)


def _without_colon(piece: str) -> Iterator[tuple[str, str]]:
    """The ways to part `Insc. Mun. 12345` into a label and a value; all of it, of a customer."""
    words = piece.split()
    if words_of(piece).leads:
        yield piece, ""
    for size in range(1, min(_LABEL_WORDS + 1, len(words))):
        yield " ".join(words[:size]), " ".join(words[size:])
