"""The customer of one row: what the row says, what was found of it, and what is to be told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from converter.model.cells import MappedField, MappedSheet, RawValue, is_blank
from converter.model.consultas import Consulta
from converter.model.problems import Problem, Severity
from converter.registers.columns import OF_TOMADOR
from converter.schemas.catalogue import BY_PATH

DOCUMENTO = "tomador.cpf_cnpj"
NOME = "tomador.razao_social"
DOCUMENTS = (DOCUMENTO, "tomador.cnpj", "tomador.cpf")


class Remark(NamedTuple):
    """What is to be said of a row, at the first of `paths` that has a column."""

    code: str
    severity: Severity
    details: Mapping[str, str]
    paths: Sequence[str] = ()


@dataclass(slots=True)
class Customer:
    """One row's customer; `unanswered` are the questions about it that nobody answered yet."""

    said: Mapping[str, RawValue]
    filled: dict[str, RawValue] = field(default_factory=dict)
    told: list[Remark] = field(default_factory=list)
    unanswered: list[Consulta] = field(default_factory=list)

    def blank(self, path: str) -> bool:
        """Whether neither the row nor anything found says it."""
        return is_blank(self.said.get(path)) and path not in self.filled

    def fill(self, found: Mapping[str, RawValue]) -> list[str]:
        """Take what is blank; the labels of what was taken."""
        taken = {p: value for p, value in found.items() if not is_blank(value) and self.blank(p)}
        self.filled |= taken
        return [BY_PATH[path].label for path in taken]


def customers_of(
    sheet: MappedSheet, paths: Sequence[str], look_up: Callable[[Mapping[str, RawValue]], Customer]
) -> list[Customer]:
    """The customer of each row by what its `paths` say, looked up once where rows say the same."""
    columns = {path: sheet.fields[path].values for path in paths if path in sheet.fields}
    rows = list(zip(*columns.values(), strict=True))
    found = {row: look_up(dict(zip(columns, row, strict=True))) for row in dict.fromkeys(rows)}
    return [found[row] for row in rows]


def filled(sheet: MappedSheet, customers: Sequence[Customer]) -> MappedSheet:
    """The sheet with what was found in the blanks of its customers."""
    fields = dict(sheet.fields)
    found = {path for one in customers for path in one.filled}
    for path in (path for path in OF_TOMADOR if path in found):
        own = fields.get(path)
        values: list[RawValue] = list(own.values) if own else [None] * len(customers)
        for place, one in enumerate(customers):
            values[place] = one.filled.get(path, values[place])
        fields[path] = replace(own, values=values) if own else MappedField(path, values)
    return replace(sheet, fields=fields)


def problems_of(sheet: MappedSheet, customers: Sequence[Customer]) -> Iterator[Problem]:
    """What is to be said of each row, at its cell."""
    for place, one in enumerate(customers):
        for told in one.told:
            yield _problem_at(sheet, place, told)


def _problem_at(sheet: MappedSheet, place: int, remark: Remark) -> Problem:
    """Where no path has a column, at the customer's name, or at its document."""
    there = {path for path, field in sheet.fields.items() if field.column is not None}
    path = next((path for path in (*remark.paths, NOME, *DOCUMENTS) if path in there), None)
    value = sheet.fields[path].values[place] if path else None
    return sheet.problem(
        remark.code, remark.severity, sheet.rows[place], path, value, **remark.details
    )
