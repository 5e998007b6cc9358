"""Addresses written whole in the column of the street, parted among the fields of an address."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from converter.brazil import municipio
from converter.brazil.endereco import Endereco, split
from converter.brazil.headers import fold
from converter.mapping.rows import Column
from converter.mapping.values import text_of
from converter.model.cells import MappedSheet, RawValue, is_blank
from converter.model.problems import Problem, Severity

_OF = "tomador.endereco."
STREET = f"{_OF}logradouro"
_CITY = f"{_OF}nome_municipio"
_PARTS = {
    "numero": f"{_OF}numero",
    "complemento": f"{_OF}complemento",
    "bairro": f"{_OF}bairro",
    "cidade": _CITY,
    "uf": f"{_OF}uf",
    "cep": f"{_OF}cep",
}
_CITY_CODE = f"{_OF}codigo_municipio"
_DIGIT = re.compile(r"\d")
_NAMES = {"logradouro": "logradouro", "numero": "número", "cidade": "município", "uf": "UF"}


@dataclass(frozen=True, slots=True)
class Parted:
    """`values` by path where something was parted.

    `told` has the first row of each text that was, with the text and its parts in words.
    """

    values: Mapping[str, Column]
    told: Mapping[int, tuple[str, str]]


def parted(taken: Mapping[str, Column], count: int) -> Parted:
    """Part every whole address that can be told apart; what was typed in its own cell stays.

    A row whose own cells say another number, district or city than its address is left as it is.

    Args:
        taken: The values of each path that has a column.
        count: How many rows there are.
    """
    streets = taken.get(STREET, ())
    addresses = _addresses(streets)
    if not addresses:
        return Parted({}, {})
    own = {path: taken[path] for path in (*_PARTS.values(), _CITY_CODE) if path in taken}
    columns = {path: list(taken.get(path, [None] * count)) for path in (STREET, *_PARTS.values())}
    parts = _parts_by_cells(addresses, streets, own)
    first_rows: dict[str, int] = {}
    for row, cells in enumerate(zip(streets, *own.values(), strict=True)):
        for path, part in parts.get(cells, ()):
            columns[path][row] = part
            first_rows.setdefault(str(cells[0]), row)
    return Parted(
        {path: v for path, v in columns.items() if first_rows and (path in taken or any(v))},
        {row: (text, ", ".join(_shown(addresses[text]))) for text, row in first_rows.items()},
    )


def _addresses(streets: Column) -> Mapping[str, Endereco]:
    """The parts of each text that is a whole address."""
    texts = {text for text in set(streets) if type(text) is str and _DIGIT.search(text)}
    return {text: address for text in texts if (address := split(text)) is not None}


def parts_told(sheet: MappedSheet, path: str, cells: Parted, code: str) -> Iterator[Problem]:
    """A warning at the first of each text of a path that was parted, to be looked at."""
    field = sheet.fields.get(path)
    if field is None or field.column is None:
        return
    for row, (text, parts) in sorted(cells.told.items()):
        yield sheet.problem(code, Severity.AVISO, sheet.rows[row], path, text, partes=parts)


def _parts_by_cells(
    addresses: Mapping[str, Endereco], streets: Column, own: Mapping[str, Column]
) -> Mapping[tuple[RawValue, ...], Sequence[tuple[str, str]]]:
    """What goes where, by an address and the cells beside it: the same come again and again."""
    different = {
        cells for cells in zip(streets, *own.values(), strict=True) if cells[0] in addresses
    }
    return {
        cells: tuple(_parts(addresses[str(cells[0])], dict(zip(own, cells[1:], strict=True))))
        for cells in different
    }


def _parts(address: Endereco, beside: Mapping[str, RawValue]) -> Iterator[tuple[str, str]]:
    """The street, and the parts whose own cell `beside` it is blank; none where one contradicts.

    The city may stand there as a code.
    """
    if any(_contradicts(address, path, value) for path, value in beside.items()):
        return
    yield STREET, address.logradouro
    for name, path in _PARTS.items():
        part = getattr(address, name)
        coded = path == _CITY and not is_blank(beside.get(_CITY_CODE))
        if part and is_blank(beside.get(path)) and not coded:
            yield path, part


def _contradicts(address: Endereco, path: str, value: RawValue) -> bool:
    """Whether a cell of its own says another thing than the address does of the same."""
    if is_blank(value):
        return False
    if path in (_CITY, _CITY_CODE):
        cities = (address.cidade, value)
        codes = {municipio.parse(city, address.uf or None).value for city in cities} - {None}
        return len(codes) > 1
    part = next(getattr(address, name) for name, own in _PARTS.items() if own == path)
    return bool(part) and fold(text_of(value)) != fold(part)


def _shown(address: Endereco) -> Iterator[str]:
    for name in Endereco.__dataclass_fields__:
        part = getattr(address, name)
        if part:
            yield f"{_NAMES.get(name, name.upper() if name == 'cep' else name)} “{part}”"
