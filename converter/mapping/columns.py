"""What became of each column of a sheet of notes: used, ignored, or asked, and why."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial

from converter.mapping.decisions import Decision, same_as
from converter.mapping.header import HeaderCell
from converter.mapping.questions import Asked
from converter.mapping.rows import Column
from converter.mapping.understanding import Understood
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import is_blank
from converter.model.columns import CAUTION_QUESTION, COLUMN_QUESTION, ColumnReading, ColumnUse
from converter.schemas.catalogue import label_of

SAMPLES = 3
_PIECE = 500
"""Rows looked at at a time for the samples of a column."""
_BY_LOOK = frozenset({"valores", "desconhecida"})


def read_columns(
    planilha: str, understood: Understood, asked: Collection[Asked], columns: Sequence[Column]
) -> tuple[ColumnReading, ...]:
    """One reading per column with data, from left to right; `columns` start at A."""
    codes = {one.letter: one.codigo for one in asked}
    found = []
    for cell in understood.fit.header.cells:
        samples = samples_of(columns[cell.index]) if cell.index < len(columns) else ()
        if samples:
            read = _read(planilha, cell, understood, asked=codes.get(cell.column.letter))
            found.append(replace(read, amostras=samples))
    return tuple(found)


def column_questions(
    readings: Sequence[ColumnReading],
    understood: Understood,
    columns: Sequence[Column],
    rows: Sequence[int],
) -> Iterator[Asked]:
    """One question per column asked about as such, with the rows that have a value in it."""
    by_letter = {cell.column.letter: cell for cell in understood.fit.header.cells}
    disputed = {cell.index for cells in understood.fit.duplicates.values() for cell in cells}
    otherwise = {*understood.months, *understood.marks, *disputed}
    nothing = vocabulary().options["nada"]
    for reading in readings:
        cell = by_letter[reading.coluna]
        decision = understood.decisions.get(cell.index)
        if decision is None or decision.use is not ColumnUse.PERGUNTA or cell.index in otherwise:
            continue
        column = columns[cell.index]
        options = (*map(label_of, reading.sugestoes), nothing)
        yield Asked(
            COLUMN_QUESTION,
            cell.column,
            tuple(row for row, value in zip(rows, column, strict=True) if not is_blank(value)),
            options,
            {"motivo": "; ".join(reading.motivos), "amostras": " · ".join(reading.amostras)},
            next(iter(reading.sugestoes), None),
        )


def samples_of(column: Column) -> tuple[str, ...]:
    """The first distinct values of a column, as shown."""
    found: dict[str, None] = {}
    for start in range(0, len(column), _PIECE):
        for value in dict.fromkeys(column[start : start + _PIECE]):
            if not is_blank(value):
                found.setdefault(text_of(value))
                if len(found) == SAMPLES:
                    return tuple(found)
    return tuple(found)


def _read(
    planilha: str, cell: HeaderCell, understood: Understood, *, asked: str | None
) -> ColumnReading:
    """What is known of a column, of whose words it may be `asked`; its samples are not in it."""
    made = partial(ColumnReading, planilha, cell.column.letter, cell.column.header)
    mark = understood.marks.get(cell.index)
    decision = understood.decisions.get(cell.index) or Decision(ColumnUse.IGNORADA, why="nada")
    if mark is not None and not asked:
        return made(ColumnUse.IGNORADA, motivos=(_said(mark.value),))
    if asked and (mark is not None or decision.use is ColumnUse.IGNORADA):
        about = mark or ("quem" if asked == CAUTION_QUESTION else "aviso")
        return made(ColumnUse.PERGUNTA, motivos=(_said(f"{about}_pergunta"),))
    suggestions = decision.suggestions if decision.use is ColumnUse.PERGUNTA else ()
    reasons = tuple(_reasons(decision, understood, headless=not cell.folded))
    return made(decision.use, decision.path, suggestions, reasons)


def _reasons(decision: Decision, understood: Understood, *, headless: bool) -> Iterator[str]:
    label = label_of(decision.path) if decision.path else ""
    detail = decision.detail if decision.use is ColumnUse.USADA else ""
    if decision.why:
        yield _said(
            "sem_cabecalho" if headless and decision.why in _BY_LOOK else decision.why,
            rotulo=f"“{label}”",
            coluna=_filling(decision.detail, understood),
            mapeamento=understood.fit.mapping.name,
        )
    if detail:
        yield _said("grupo", grupo=detail)


def _filling(path: str, understood: Understood) -> str:
    """The column that brings a field, or the same thing under another path, as it is named."""
    fit = understood.fit
    for each in (path, *same_as(path)):
        cells = fit.sources[each].cells if each in fit.sources else fit.duplicates.get(each, ())
        for cell in cells[:1]:
            return f"a coluna {cell.column.letter}, “{cell.column.header}”,"
    return "outra coluna"


def _said(code: str, **details: str) -> str:
    return vocabulary().sentences[code].format(**details)
