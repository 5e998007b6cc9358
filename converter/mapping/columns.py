"""What became of each column of a sheet of notes: used, ignored, or asked."""

from collections.abc import Iterator, Sequence

from converter.mapping.header import HeaderCell
from converter.mapping.match import Fit
from converter.mapping.rows import Column
from converter.mapping.values import text_of
from converter.model.cells import is_blank
from converter.model.columns import ColumnReading, ColumnUse

SAMPLES = 3
"""Distinct values shown of a column."""


def read_columns(planilha: str, fit: Fit, columns: Sequence[Column]) -> tuple[ColumnReading, ...]:
    """One reading per column with data, from left to right; `columns` start at A."""
    return tuple(_readings(planilha, fit, columns))


def samples_of(column: Column) -> tuple[str, ...]:
    """The first distinct values of a column, as shown."""
    found: dict[str, None] = {}
    for value in dict.fromkeys(column):
        if not is_blank(value):
            found.setdefault(text_of(value))
            if len(found) == SAMPLES:
                break
    return tuple(found)


def _readings(planilha: str, fit: Fit, columns: Sequence[Column]) -> Iterator[ColumnReading]:
    used = {cell.index: path for path, source in fit.sources.items() for cell in source.cells}
    disputed = {cell.index: path for path, cells in fit.duplicates.items() for cell in cells}
    for cell in fit.header.cells:
        samples = samples_of(columns[cell.index])
        if not samples:
            continue
        yield _reading(planilha, cell, samples, used.get(cell.index), disputed.get(cell.index))


def _reading(
    planilha: str, cell: HeaderCell, samples: tuple[str, ...], used: str | None, asked: str | None
) -> ColumnReading:
    address = (planilha, cell.column.letter, cell.column.header)
    if used is not None:
        return ColumnReading(*address, ColumnUse.USADA, used, amostras=samples)
    if asked is not None:
        return ColumnReading(*address, ColumnUse.PERGUNTA, sugestoes=(asked,), amostras=samples)
    return ColumnReading(*address, ColumnUse.IGNORADA, amostras=samples)
