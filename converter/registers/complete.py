"""What a note's row leaves out of its customer, taken from a register and told at its cell."""

from collections.abc import Mapping, Sequence
from functools import partial

from converter.model.cells import MappedSheet, RawValue
from converter.model.problems import Problem, Severity
from converter.registers.columns import OF_TOMADOR
from converter.registers.customer import (
    DOCUMENTO,
    DOCUMENTS,
    NOME,
    Customer,
    Remark,
    customers_of,
    filled,
    problems_of,
)
from converter.registers.tomadores import Doubt, Found, Tomador, Tomadores

_KEYS = frozenset({*DOCUMENTS, NOME})
_READ = tuple(dict.fromkeys((*DOCUMENTS, *OF_TOMADOR)))
_TOLD = (Doubt.OTHER_NAME, Doubt.SHORT_NAME)
"""Doubts that are told, and do not hold the row."""
Registers = Sequence[tuple[str, Tomadores]]
"""Name and customers of each register, the nearest first."""


def complete(sheet: MappedSheet, registers: Registers) -> tuple[MappedSheet, tuple[Problem, ...]]:
    """The sheet with the blanks of its customers filled, and what is to be said of that.

    It is as it was mapped, not validated yet.
    """
    if not any(tomadores for _, tomadores in registers) or _KEYS.isdisjoint(sheet.fields):
        return sheet, ()
    customers = customers_of(sheet, _READ, partial(_look_up, registers=registers))
    return filled(sheet, customers), tuple(problems_of(sheet, customers))


def _look_up(said: Mapping[str, RawValue], registers: Registers) -> Customer:
    one = Customer(said)
    register, found = _ask(said, registers)
    known = found.tomador
    if found.doubt is not None:
        severity = Severity.AVISO if found.doubt in _TOLD else Severity.ERRO
        others = "; ".join(map(_shown, found.others[:3]))
        one.told.append(Remark(found.doubt, severity, {"cadastro": register, "outros": others}))
    if known is not None and (taken := one.fill(_values(one, known))):
        details = {"cadastro": register, "onde": known.place, "campos": ", ".join(taken)}
        one.told.append(Remark("tomador-do-cadastro", Severity.INFO, details))
    return one


def _ask(said: Mapping[str, RawValue], registers: Registers) -> tuple[str, Found]:
    """The first register that knows the customer, or has a doubt."""
    for name, tomadores in registers:
        found = tomadores.find(said)
        if found.tomador is not None or found.doubt is not None:
            return name, found
    return "", Found(None)


def _values(one: Customer, known: Tomador) -> dict[str, RawValue]:
    """What the register says of a customer; its document only where the row has none at all."""
    values: dict[str, RawValue] = {path: known.values.get(path) for path in OF_TOMADOR}
    # A register may keep CPF and CNPJ in columns of their own.
    documents = DOCUMENTS if all(map(one.blank, DOCUMENTS)) else ()
    found = [known.values.get(path) for path in documents]
    values[DOCUMENTO] = next((value for value in found if value), None)
    return values


def _shown(one: Tomador) -> str:
    document = one.document or "sem documento"
    name = one.values.get(NOME)
    return f"{name} ({document}, {one.place})" if name else f"{document} ({one.place})"
