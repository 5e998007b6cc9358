"""`<nome>_corrigir.xlsx`: the rows that wait for the user, in the user's own columns."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from converter.model.address import column_of
from converter.model.cells import MappedSheet, RawSheet
from converter.model.origem import Origem
from converter.model.problems import Problem, Severity
from converter.model.report import FileReport
from converter.sheets.lida import read_column
from converter.texts import catalogue, folhas
from converter.workbook.folha import Coluna, Folha
from converter.workbook.naming import sheet_names
from converter.workbook.notes import MAX_NOTES
from converter.workbook.origin import HEADER, origin_column, written

_AGAIN = re.compile(r"_corrigir(?:_([2-9]|[1-9]\d{1,3}))?_corrigir\.xlsx\Z")
_HEADER = "titulo"
_WRONG_HEADER = "lidoquebra"
_SUFFIXES = {Severity.ERRO: "erro", Severity.AVISO: "aviso"}


def numbered(name: str) -> str:
    """A name made as `<source>_corrigir.xlsx`, without saying `_corrigir` twice.

    What is still wrong in `notas_corrigir.xlsx` comes in `notas_corrigir_2.xlsx`, then `_3`: the
    one the user is mending, wherever it lies, is never written over, and no name is given twice.
    """
    return _AGAIN.sub(lambda found: f"_corrigir_{int(found[1] or 1) + 1}.xlsx", name)


def corrigir(report: FileReport) -> list[Folha]:
    """One sheet for each source sheet with rows that wait; none where nothing does."""
    if report.book is None:
        return []
    waiting: dict[str, list[int]] = defaultdict(list)
    for planilha, row in report.to_fix:
        waiting[planilha].append(row)
    mapped = {sheet.planilha: sheet for sheet in report.sheets}
    raw = {sheet.name: sheet for sheet in report.book.sheets}
    chosen = [name for name in raw if name in waiting and name in mapped]
    names = sheet_names(chosen, [])
    return [
        _sheet(report, raw[planilha], mapped[planilha], sorted(waiting[planilha]), name)
        for planilha, name in zip(chosen, names, strict=True)
    ]


def _sheet(
    report: FileReport, raw: RawSheet, mapped: MappedSheet, rows: Sequence[int], name: str
) -> Folha:
    """The rows down to the header as they stood, then those that wait, then where they were."""
    header = mapped.header_row
    kept = [*range(1, header + 1), *rows]
    place = {row: index for index, row in enumerate(kept)}
    origin = origin_column(raw.rows)
    width = None if origin is None else origin[1]
    table = [raw.rows[row - 1][:width] if row <= len(raw.rows) else () for row in kept]
    columns = [_headed(read_column(values), header) for values in zip_longest(*table)]
    own = len(columns)
    columns, notes = _marked(columns, _at_cells(report.problems, mapped, place, own))
    origins: list[str | None] = [None] * (header - 1) + [HEADER]
    origins += [written(Origem(report.arquivo, report.sha256, raw.name, row)) for row in rows]
    banner = folhas.BANNERS.get(report.ambiente, "")
    help_text = f"{banner}\n{folhas.CORRIGIR_AJUDA}".strip()
    first = (header - 1, 0)
    notes[first] = f"{notes[first]}\n\n{help_text}" if first in notes else help_text
    return Folha(
        nome=name,
        colunas=(*columns, Coluna("", origins, "lidotexto", 12)),
        com_titulo=False,
        filtro=False,
        mostrar_grade=True,
        linhas_fixas=header,
        ocultas=frozenset({own}),
        no_papel=banner,
        notas=dict(sorted(notes.items())[:MAX_NOTES]),
        cor_da_aba="D64545",
    )


def _headed(column: Coluna, header: int) -> Coluna:
    styles = list(column.estilos or [None] * len(column.valores))
    styles[header - 1] = _HEADER
    return replace(column, estilos=styles, largura=min(max(column.largura, 12), 40))


def _at_cells(
    problems: Sequence[Problem], mapped: MappedSheet, place: Mapping[int, int], columns: int
) -> Mapping[tuple[int, int], list[Problem]]:
    """The problems of each cell of the new sheet; one of a whole row sits on its first cell."""
    cells: dict[tuple[int, int], list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.planilha != mapped.planilha or problem.severity not in _SUFFIXES:
            continue
        row = place.get(problem.row or mapped.header_row)
        column = column_of(problem.column) - 1 if problem.column else 0
        if row is not None and column < columns:
            cells[row, column].append(problem)
    return cells


def _marked(
    columns: Sequence[Coluna],
    cells: Mapping[tuple[int, int], Sequence[Problem]],
) -> tuple[list[Coluna], dict[tuple[int, int], str]]:
    """The columns with the cells at fault coloured, and the notes that go on them."""
    styles = [list(column.estilos or [None] * len(column.valores)) for column in columns]
    notes: dict[tuple[int, int], str] = {}
    for (row, column), problems in cells.items():
        worst = (
            Severity.ERRO
            if any(p.severity is Severity.ERRO for p in problems)
            else (Severity.AVISO)
        )
        base = styles[column][row] or columns[column].estilo
        if base != _HEADER:
            styles[column][row] = f"{base}-{_SUFFIXES[worst]}"
        elif any(problem.column for problem in problems):
            # What is missing from a whole sheet is the fault of none of its headers.
            styles[column][row] = f"{_WRONG_HEADER}-{_SUFFIXES[worst]}"
        notes[row, column] = "\n\n".join(_explained(problems))
    coloured = [
        replace(column, estilos=style) for column, style in zip(columns, styles, strict=True)
    ]
    return coloured, notes


def _explained(problems: Sequence[Problem]) -> Iterator[str]:
    for problem in problems:
        hint = catalogue.hint(problem)
        told = catalogue.message(problem)
        yield f"{told}\n{folhas.COMO_CORRIGIR}{hint}" if hint else told
