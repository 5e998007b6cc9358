"""What is written above a table, where it is labelled: `CNPJ: 11.222.333/0001-81`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from converter.brazil import cnpj
from converter.brazil.headers import fold
from converter.mapping.header_words import words_of
from converter.mapping.value_kinds import is_day, is_month
from converter.mapping.values import text_of
from converter.model.cells import RawSheet, RawValue, is_blank

_ROWS = 20
_CUSTOMERS = frozenset({"tomador", "locatario", "proprietario", "responsavel", "dependente"})


@dataclass(frozen=True, slots=True)
class Above:
    """One labelled value: the API path it fills, the text, and its Excel row."""

    path: str
    value: str
    row: int


def above(sheet: RawSheet, header_row: int) -> tuple[Above, ...]:
    """The issuer's CNPJ and inscrição, and the competência, written above the header.

    None of the issuer's where a customer is named there too: whose they are is not certain.
    """
    pairs = list(_pairs(sheet, header_row))
    customers = any(_CUSTOMERS & set(words_of(label).parties) for label, _, _ in pairs)
    found: dict[str, Above] = {}
    for label, value, row in pairs:
        path = _path(words_of(label).ideas, value)
        if path is not None and not (customers and path.startswith("prestador.")):
            found.setdefault(path, Above(path, text_of(value), row))
    return tuple(found.values())


def _path(ideas: frozenset[str], value: RawValue) -> str | None:
    """What a value above the table fills under a label of these ideas, None for anything else."""
    if ideas == {"competencia"} and (is_month(value) or is_day(value)):
        return "data_competencia"
    if ideas <= {"cnpj", "cpf"} and cnpj.parse(text_of(value)).value is not None:
        return "prestador.cnpj"
    if ideas == {"im"} and any(map(str.isdigit, text_of(value))):
        return "prestador.inscricao_municipal"
    return None


def _pairs(sheet: RawSheet, header_row: int) -> Iterator[tuple[str, RawValue, int]]:
    """Label, value and row: in one cell beside a colon, or in two cells side by side."""
    first = max(0, header_row - 1 - _ROWS)
    for number, row in enumerate(sheet.rows[first : header_row - 1], start=first + 1):
        cells: Sequence[RawValue] = [value for value in row if not is_blank(value)]
        for place, cell in enumerate(cells):
            if not isinstance(cell, str):
                continue
            label, colon, rest = cell.partition(":")
            if colon and rest.strip():
                yield label, rest.strip(), number
            elif colon and place + 1 < len(cells) and fold(label):
                yield label, cells[place + 1], number
