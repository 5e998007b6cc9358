"""The contract of a typed sheet: what each column must be, from the catalogue.

Most sheets keep it, and that can be seen on their distinct values alone. Only where something is
in doubt does pandera (`schemas.schema`, built from the same questions) say which cells break it:
to import it costs more than to convert a thousand rows.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from converter.schemas.catalogue import BY_PATH, FIELDS, Field, Kind, Requirement
from converter.schemas.columns import BEYOND, Column
from converter.schemas.sheet import Sheet

NUMBERS = (Kind.MONEY, Kind.RATE, Kind.DECIMAL, Kind.INTEGER)
MOMENTS = (Kind.DATETIME, Kind.DATE)

SHAPES: Mapping[Kind, str] = {
    Kind.CNPJ: r"[0-9A-Z]{12}[0-9]{2}",
    Kind.CPF: r"[0-9]{11}",
    Kind.CEP: r"[0-9]{8}",
    Kind.MUNICIPIO: r"[0-9]{7}",
    Kind.UF: r"[A-Z]{2}",
    Kind.NBS: r"[0-9]{9}",
    Kind.PHONE: r"[0-9]{8,11}",
}
"""What the parsers promise; a value that breaks it is our mistake, and is held all the same."""

ALWAYS = tuple(field for field in FIELDS if field.required is Requirement.SEMPRE)
VIRTUAL = frozenset(field.path for field in FIELDS if field.virtual)

Question = Callable[[Any], bool]
Tables = tuple[tuple[str, frozenset[object]], ...]


def check_contract(sheet: Sheet) -> None:
    """Hold the typed sheet against its contract; what breaks it becomes findings at its cells."""
    if holds(sheet):
        return
    from converter.schemas.schema import check_schema

    check_schema(sheet)


def holds(sheet: Sheet) -> bool:
    """Whether every column keeps the contract; False also where that takes a closer look."""
    columns = {path: column for path, column in sheet.columns.items() if path not in VIRTUAL}
    allowed = dict(tables(sheet))
    return all(
        field.path in columns and bool(columns[field.path].present.all()) for field in ALWAYS
    ) and all(
        _numbers_hold(column, BY_PATH.get(path))
        if column.kind in NUMBERS
        else _answered(column, questions(column.kind, BY_PATH.get(path), allowed.get(path)))
        for path, column in columns.items()
    )


def questions(
    kind: Kind, known: Field | None, allowed: frozenset[object] | None
) -> Mapping[str, Question]:
    """What is asked of each value of a column that holds no numbers, by the code of a no."""
    if kind is Kind.BOOLEAN or kind in MOMENTS:
        return {}
    if allowed:
        return {"opcao-desconhecida": allowed.__contains__}
    if kind in SHAPES:
        return {"valor-fora-do-contrato": _matches(SHAPES[kind])}
    if known and known.pattern:
        return {"codigo-formato": _matches(known.pattern)}
    if known and known.size:
        limit = known.size
        return {"texto-longo": lambda value: len(str(value)) <= limit}
    return {}


def tables(sheet: Sheet) -> Tables:
    """Give the options in force in this sheet: the usual ones and those of its municípios."""
    found = []
    for field in FIELDS:
        if field.values and field.path in sheet.columns:
            own = [municipio.opcoes.get(field.path, {}) for municipio in sheet.municipios()]
            options = {option for table in (field.values, *own) for option in table}
            found.append((field.path, frozenset(options | set(map(_number, options)))))
    return tuple(found)


def _numbers_hold(column: Column, known: Field | None) -> bool:
    scaled = column.scaled
    return known is None or not len(scaled) or (scaled.min() >= 0 and scaled.max() < BEYOND)


def _answered(column: Column, asked: Mapping[str, Question]) -> bool:
    return all(
        question(value)
        for question in asked.values()
        for value in column.typed
        if value is not None
    )


def _matches(pattern: str) -> Question:
    whole = re.compile(pattern).fullmatch
    return lambda value: whole(str(value)) is not None


def _number(option: str) -> object:
    return int(option) if option.isdecimal() else option


def options(table: Mapping[str, str]) -> str:
    """Give the options of a field in one phrase."""
    return "; ".join(f"{option} ({meaning})" for option, meaning in table.items())
