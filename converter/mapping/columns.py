"""What became of each column of a sheet of notes: used, ignored, or asked, and why."""

from collections.abc import Collection, Iterator, Sequence

from converter.mapping.decisions import Decision
from converter.mapping.header import HeaderCell
from converter.mapping.row_questions import Asked
from converter.mapping.rows import Column
from converter.mapping.sense import Mark
from converter.mapping.understanding import Understood
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import SourceColumn, is_blank
from converter.model.columns import ColumnReading, ColumnUse
from converter.schemas.catalogue import label_of

SAMPLES = 3
_PIECE = 500
"""Distinct values shown of a column."""
QUESTION = "coluna-duvidosa"
_BY_LOOK = frozenset({"valores", "desconhecida"})
_FEW = 2000
"""Rows among which samples are looked for before the whole column is."""


def read_columns(
    planilha: str, understood: Understood, asked: Collection[Asked], columns: Sequence[Column]
) -> tuple[ColumnReading, ...]:
    """One reading per column with data, from left to right; `columns` start at A."""
    letters = {one.column.letter for one in asked if one.column is not None}
    return tuple(_readings(planilha, understood, letters, columns))


def column_questions(
    readings: Sequence[ColumnReading],
    understood: Understood,
    columns: Sequence[Column],
    rows: Sequence[int],
) -> Iterator[Asked]:
    """One question per column asked about as such, with the rows that have a value in it."""
    by_letter = {cell.column.letter: cell for cell in understood.fit.header.cells}
    nothing = vocabulary().options["nada"]
    for reading in readings:
        cell = by_letter[reading.coluna]
        if reading.situacao is not ColumnUse.PERGUNTA or cell.index in understood.months:
            continue
        disputed = any(cell in cells for cells in understood.fit.duplicates.values())
        decision = understood.decisions.get(cell.index)
        itself = decision is not None and decision.use is ColumnUse.PERGUNTA
        if cell.index in understood.marks or disputed or not itself:
            continue
        column = columns[cell.index]
        options = (*map(label_of, reading.sugestoes), nothing)
        yield Asked(
            QUESTION,
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


def _readings(
    planilha: str, understood: Understood, asked: Collection[str], columns: Sequence[Column]
) -> Iterator[ColumnReading]:
    for cell in understood.fit.header.cells:
        samples = samples_of(columns[cell.index]) if cell.index < len(columns) else ()
        if samples:
            yield _reading(planilha, cell, understood, asked, samples)


def _reading(
    planilha: str,
    cell: HeaderCell,
    understood: Understood,
    asked: Collection[str],
    samples: tuple[str, ...],
) -> ColumnReading:
    address = (planilha, cell.column.letter, cell.column.header)
    letter = cell.column.letter
    mark = understood.marks.get(cell.index)
    decision = understood.decisions.get(cell.index) or Decision(ColumnUse.IGNORADA, why="nada")
    if mark is not None:
        use = ColumnUse.PERGUNTA if letter in asked else ColumnUse.IGNORADA
        return ColumnReading(*address, use, motivos=(_marked(mark, use),), amostras=samples)
    if decision.use is ColumnUse.IGNORADA and letter in asked:
        return ColumnReading(
            *address, ColumnUse.PERGUNTA, motivos=(_said("aviso_pergunta"),), amostras=samples
        )
    return ColumnReading(
        *address,
        decision.use,
        decision.path,
        decision.suggestions if decision.use is ColumnUse.PERGUNTA else (),
        tuple(_reasons(decision, understood, headless=not cell.folded)),
        samples,
    )


def _marked(mark: Mark, use: ColumnUse) -> str:
    asked = use is ColumnUse.PERGUNTA
    if mark is Mark.SITUACAO:
        return _said("situacao_pergunta" if asked else "situacao")
    if mark is Mark.EMITIDA:
        return _said("emitida_pergunta" if asked else "emitida")
    return _said("emitir_pergunta" if asked else "nada")


def _reasons(decision: Decision, understood: Understood, *, headless: bool) -> Iterator[str]:
    label = label_of(decision.path) if decision.path else ""
    detail = decision.detail if decision.use is ColumnUse.USADA else ""
    if decision.why:
        yield _said(
            "sem_cabecalho" if headless and decision.why in _BY_LOOK else decision.why,
            rotulo=f"“{label}”",
            coluna=decision.detail,
            mapeamento=understood.fit.mapping.name,
        )
    if detail:
        yield _said("grupo", grupo=detail)


def _said(code: str, **details: str) -> str:
    return vocabulary().sentences[code].format(**details)


def shown(column: SourceColumn) -> str:
    """A column as it is spoken of: its letter and its header."""
    return f"{column.letter} ({column.header})"
