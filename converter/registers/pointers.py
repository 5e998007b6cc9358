"""Columns of codes that stand in a list of customers, and point at others than the row's own."""

from collections.abc import Iterator, Mapping, Sequence

from converter.brazil.headers import fold
from converter.model.cells import RawSheet, RawValue, is_blank
from converter.registers.columns import OF_TOMADOR, header_of, headers
from converter.registers.customer import NOME

_HALF = 0.5


def codes_of(sheet: RawSheet) -> Mapping[str, str]:
    """The name of each customer of a list by its codes: what stands under no header of ours.

    A code that two customers have is none.
    """
    known = header_of(sheet, headers(OF_TOMADOR))
    if known is None or NOME not in known[1].values():
        return {}
    found: dict[str, set[str]] = {}
    for row in sheet.rows[known[0] + 1 :]:
        for name, code in _codes(row, known[1]):
            found.setdefault(code, set()).add(name)
    return {code: next(iter(names)) for code, names in found.items() if len(names) == 1}


def _codes(row: Sequence[RawValue], columns: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """The customer's name in a row, with each cell that is in none of the register's columns."""
    at = next(column for column, path in columns.items() if path == NOME)
    name = fold(str(row[at])) if at < len(row) else ""
    for column, value in enumerate(row):
        if name and column not in columns and not is_blank(value):
            yield name, fold(str(value))


def points_elsewhere(
    column: Sequence[RawValue], names: Sequence[RawValue], codes: Mapping[str, str]
) -> bool:
    """Whether most of a column are codes of customers, one of them not the one its row names."""
    said = {fold(str(value)) for value in column if not is_blank(value)}
    if not said or len(said & codes.keys()) < _HALF * len(said):
        return False
    return any(_differ(codes, *pair) for pair in zip(column, names, strict=False))


def _differ(codes: Mapping[str, str], code: RawValue, name: RawValue) -> bool:
    meant = codes.get(fold(str(code)))
    return meant is not None and not is_blank(name) and meant != fold(str(name))


def pointing(
    columns: Mapping[int, Sequence[RawValue]],
    names: Sequence[RawValue],
    lists: Sequence[RawSheet],
) -> Iterator[int]:
    """The columns, of these, that point at other customers than `names`."""
    known = [codes for codes in map(codes_of, lists) if codes]
    for index, column in columns.items():
        if any(points_elsewhere(column, names, codes) for codes in known):
            yield index
