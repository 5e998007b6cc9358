"""Rows equal to one above them in their own file: an error, or what the user made of it.

A row that another file has in a lote is no error but `repetida`: `fate.py` decides that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from converter.model.cells import MappedSheet, RawValue
from converter.model.columns import ColumnUse
from converter.model.problems import Problem, Severity
from converter.model.rows import KEY_PATHS, ComposedSheet, RowRef


def equal_rows(
    arquivo: str,
    sheets: Sequence[ComposedSheet],
    mapped: Sequence[MappedSheet],
    unread: Collection[tuple[str, int]],
    severity: Callable[[str], Severity | None],
) -> Iterator[Problem]:
    """`linha-repetida` or `referencia-repetida`; none where what could tell rows apart is unknown.

    That is a cell in error (`unread` are its rows), a column that is still asked about, or one
    that numbers the rows.
    """
    asked, apart = _asked(mapped), _apart(mapped)
    for here, first, referencia in _alike(sheets):
        code = "referencia-repetida" if referencia else "linha-repetida"
        equal = apart.get(here) == apart.get(first) and here not in unread and first not in unread
        grave = severity(code)
        if equal and here.planilha not in asked and grave is not None:
            details = {"planilha_primeira": first.planilha, "primeira": str(first.row)}
            if referencia:
                details["referencia"] = referencia
            yield Problem(code, grave, arquivo, *here, details=details)


def _alike(sheets: Iterable[ComposedSheet]) -> Iterator[tuple[RowRef, RowRef, str]]:
    """Each row that repeats another, that one, and the reference it repeats it by."""
    for sheet in sheets:
        for row, first, key in zip(sheet.rows, sheet.repeats, sheet.key, strict=True):
            if first is not None:
                yield RowRef(sheet.planilha, row), RowRef(*first), key.referencia


def _asked(mapped: Sequence[MappedSheet]) -> frozenset[str]:
    """The sheets where a column is still asked about that may tell rows apart."""
    return frozenset(
        one.planilha
        for sheet in mapped
        for one in sheet.columns
        if one.situacao is ColumnUse.PERGUNTA and not KEY_PATHS.isdisjoint(one.sugestoes)
    )


def _apart(mapped: Sequence[MappedSheet]) -> Mapping[tuple[str, int], Sequence[RawValue]]:
    """What the columns that number the rows say of each row."""
    return {
        (sheet.planilha, row): values
        for sheet in mapped
        if sheet.apart
        for row, *values in zip(sheet.rows, *sheet.apart, strict=True)
    }
