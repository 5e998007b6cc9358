"""What a note's row leaves out of its customer, taken from a register and told at its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from converter.model.cells import MappedField, MappedSheet, RawValue, is_blank
from converter.model.problems import Problem, Severity
from converter.registers.columns import OF_TOMADOR
from converter.registers.tomadores import DOCUMENTO, NOME, Doubt, Found, Tomador, Tomadores
from converter.schemas.catalogue import BY_PATH

_KEYS = (DOCUMENTO, "tomador.cnpj", "tomador.cpf", NOME)
_DOCUMENTS = frozenset(_KEYS) - {NOME}


def complete(
    sheet: MappedSheet, registers: Sequence[tuple[str, Tomadores]]
) -> tuple[MappedSheet, tuple[Problem, ...]]:
    """The sheet with the blanks of its customers filled, and what is to be said of that.

    Args:
        sheet: As mapped, before it is validated.
        registers: Name and customers of each register, the nearest first: a tab of the workbook,
            then `cadastros/tomadores.xlsx`.
    """
    if not any(tomadores for _, tomadores in registers):
        return sheet, ()
    keys = {path: sheet.fields[path].values for path in _KEYS if path in sheet.fields}
    if not keys:
        return sheet, ()
    rows = list(zip(*keys.values(), strict=True))
    asked = {row: _ask(dict(zip(keys, row, strict=True)), registers) for row in dict.fromkeys(rows)}
    answers = [asked[row] for row in rows]
    fields = dict(sheet.fields)
    taken: list[list[str]] = [[] for _ in rows]
    for path in OF_TOMADOR:
        filled = _filled(path, sheet.fields, answers, taken)
        if filled is not None:
            fields[path] = filled
    problems = tuple(_told(sheet, answers, taken))
    return replace(sheet, fields=fields), problems


def _ask(
    values: Mapping[str, RawValue], registers: Sequence[tuple[str, Tomadores]]
) -> tuple[str, Found]:
    """The first register that knows the customer, or has a doubt."""
    for name, tomadores in registers:
        found = tomadores.find(values)
        if found.tomador is not None or found.doubt is not None:
            return name, found
    return "", Found(None)


def _filled(
    path: str,
    fields: Mapping[str, MappedField],
    answers: Sequence[tuple[str, Found]],
    taken: Sequence[list[str]],
) -> MappedField | None:
    """The field with its blanks filled; None where nothing changes. `taken` gathers what was."""
    own = fields.get(path)
    values: list[RawValue] = list(own.values) if own else [None] * len(answers)
    changed = False
    for place, (_, found) in enumerate(answers):
        one = found.tomador
        if one is None or found.doubt is Doubt.OTHER_DOCUMENT or not is_blank(values[place]):
            continue
        if path == DOCUMENTO and _has_document(fields, place):
            continue
        value = one.values.get(path, _single_document(one) if path == DOCUMENTO else None)
        if not is_blank(value):
            values[place] = value
            taken[place].append(BY_PATH[path].label)
            changed = True
    if not changed:
        return None
    return replace(own, values=values) if own else MappedField(path, values)


def _has_document(fields: Mapping[str, MappedField], place: int) -> bool:
    return any(not is_blank(fields[path].values[place]) for path in _DOCUMENTS if path in fields)


def _single_document(one: Tomador) -> RawValue:
    """The document of a register that keeps CPF and CNPJ in columns of their own."""
    return one.values.get("tomador.cnpj") or one.values.get("tomador.cpf")


def _told(
    sheet: MappedSheet, answers: Sequence[tuple[str, Found]], taken: Sequence[Sequence[str]]
) -> Iterator[Problem]:
    for place, ((register, found), labels) in enumerate(zip(answers, taken, strict=True)):
        if found.doubt is not None:
            severity = Severity.AVISO if found.doubt is Doubt.OTHER_NAME else Severity.ERRO
            others = "; ".join(map(_shown, found.others[:3]))
            details = {"cadastro": register, "outros": others}
            yield problem_at(sheet, place, found.doubt, severity, details)
        if labels and found.tomador is not None:
            onde, campos = found.tomador.place, ", ".join(labels)
            details = {"cadastro": register, "onde": onde, "campos": campos}
            yield problem_at(sheet, place, "tomador-do-cadastro", Severity.INFO, details)


def _shown(one: Tomador) -> str:
    return f"{one.values.get(NOME, '')} ({one.document or 'sem documento'}, {one.place})"


def problem_at(
    sheet: MappedSheet,
    place: int,
    code: str,
    severity: Severity,
    details: Mapping[str, str],
    paths: Sequence[str] = (),
) -> Problem:
    """A problem of the row at `place`, at the first of `paths` that has a column.

    Where none has, at the customer's name, or at its document where the sheet has no name.
    """
    for path in (*paths, NOME, *_KEYS):
        field = sheet.fields.get(path)
        if field is not None and field.column is not None:
            value = field.values[place]
            return Problem(
                code,
                severity,
                sheet.arquivo,
                sheet.planilha,
                sheet.rows[place],
                field.column.letter,
                field.column.header,
                path,
                None if value is None else str(value),
                details,
            )
    return Problem(
        code, severity, sheet.arquivo, sheet.planilha, sheet.rows[place], details=details
    )
