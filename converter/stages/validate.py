"""Typed rows and every problem of a sheet, each at its cell, before anything leaves."""

from converter.model.cells import MappedSheet
from converter.model.notas import TypedSheet
from converter.schemas.rules import Rules


def validate(sheet: MappedSheet, rules: Rules) -> TypedSheet:
    """Type the cells and validate them with the schema: each alone, then against each other.

    No step stops at what an earlier one found: a bad cell is one problem, and the rules that
    need it pass the row by.
    """
    # pandera takes longer to import than a small file to read: it loads beside the reading.
    from converter.schemas import failures
    from converter.schemas.finish import finish
    from converter.schemas.sheet import Sheet
    from converter.schemas.types import type_columns

    work = Sheet(sheet, rules)
    type_columns(work)
    failures.check(work)
    frame = finish(work)
    problems, beyond = work.findings.problems()
    rejected = frozenset(frame.index[work.findings.held].tolist())
    return TypedSheet(sheet, frame, problems, rejected, beyond)
