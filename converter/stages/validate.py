"""Typed rows and every problem of a sheet, each at its cell, before anything leaves."""

from converter.model.cells import MappedSheet
from converter.model.notas import TypedSheet
from converter.schemas.rules import Rules


def validate(sheet: MappedSheet, rules: Rules) -> TypedSheet:
    """Type the cells, hold them against the schema, then against each other.

    No step stops at what an earlier one found: a bad cell is one problem, and the rules that
    need it pass the row by.
    """
    from converter.schemas.across.order import RULES
    from converter.schemas.contract import check_contract
    from converter.schemas.finish import finish
    from converter.schemas.sheet import Sheet
    from converter.schemas.types import type_columns

    work = Sheet(sheet, rules)
    type_columns(work)
    check_contract(work)
    for rule in RULES:
        for finding in rule(work):
            work.report(finding)
    columns = finish(work)
    problems, beyond = work.findings.problems()
    held = work.findings.held
    return TypedSheet(
        source=sheet,
        columns=columns,
        problems=problems,
        rejected=frozenset(row for row, bad in zip(sheet.rows, held, strict=True) if bad),
        problems_beyond=beyond,
    )
