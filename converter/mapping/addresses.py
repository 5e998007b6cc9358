"""Addresses written whole in the column of the street, parted among the fields of an address."""

from collections.abc import Iterator, Mapping
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
_PARTS = {
    "numero": f"{_OF}numero",
    "complemento": f"{_OF}complemento",
    "bairro": f"{_OF}bairro",
    "cidade": f"{_OF}nome_municipio",
    "uf": f"{_OF}uf",
    "cep": f"{_OF}cep",
}
_CITY_CODE = f"{_OF}codigo_municipio"
_NAMES = {"logradouro": "logradouro", "numero": "número", "cidade": "município", "uf": "UF"}


@dataclass(frozen=True, slots=True)
class Parted:
    """`values` by path where something was parted, and in words what became of each row."""

    values: Mapping[str, Column]
    told: Mapping[int, str]


def parted(taken: Mapping[str, Column], count: int) -> Parted:
    """Part every whole address that can be told apart; what was typed in its own cell stays.

    A row whose own cells say another number, district or city than its address is left as it is.

    Args:
        taken: The values of each path that has a column.
        count: How many rows there are.
    """
    streets = list(taken.get(STREET, ()))
    found = {
        text: made
        for text in set(streets)
        if type(text) is str and any(map(str.isdigit, text)) and (made := split(text)) is not None
    }
    own = {path: taken[path] for path in (*_PARTS.values(), _CITY_CODE) if path in taken}
    filled = (
        {path: list(own.get(path, [None] * count)) for path in _PARTS.values()} if found else {}
    )
    told: dict[int, str] = {}
    for row, text in enumerate(streets):
        made = found.get(text) if type(text) is str else None
        if made is None or not _agrees(made, {path: values[row] for path, values in own.items()}):
            continue
        streets[row] = made.logradouro
        for name, path in _PARTS.items():
            part = getattr(made, name)
            if part and is_blank(filled[path][row]) and not _known(path, own, row):
                filled[path][row] = part
        told[row] = ", ".join(_shown(made))
    changed = {STREET: streets, **filled} if told else {}
    return Parted(
        {path: values for path, values in changed.items() if path in taken or any(values)}, told
    )


def addresses_told(sheet: MappedSheet, streets: Parted) -> Iterator[Problem]:
    """A warning at each address that was parted, to be looked at."""
    field = sheet.fields.get(STREET)
    if field is None or field.column is None:
        return
    for row, parts in streets.told.items():
        yield Problem(
            "endereco-dividido",
            Severity.AVISO,
            sheet.arquivo,
            sheet.planilha,
            sheet.rows[row],
            field.column.letter,
            field.column.header,
            STREET,
            text_of(field.values[row]),
            {"partes": parts},
        )


def _agrees(made: Endereco, own: Mapping[str, RawValue]) -> bool:
    """Whether nothing typed in a cell of its own says otherwise."""
    code = municipio.parse(made.cidade, made.uf or None).value if made.cidade else None
    for path, value in own.items():
        if is_blank(value):
            continue
        if path in (_PARTS["cidade"], _CITY_CODE):
            said = municipio.parse(value, made.uf or None).value
            if code is not None and said is not None and said != code:
                return False
            continue
        part = next(getattr(made, name) for name, known in _PARTS.items() if known == path)
        if part and fold(text_of(value)) != fold(part):
            return False
    return True


def _known(path: str, own: Mapping[str, Column], row: int) -> bool:
    """Whether the city is there already as its code."""
    return path == _PARTS["cidade"] and _CITY_CODE in own and not is_blank(own[_CITY_CODE][row])


def _shown(made: Endereco) -> Iterator[str]:
    for name in Endereco.__dataclass_fields__:
        part = getattr(made, name)
        if part:
            yield f"{_NAMES.get(name, name.upper() if name == 'cep' else name)} “{part}”"
