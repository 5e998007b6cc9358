"""The pieces that a table is understood with, for tests of one module of mapping at a time."""

from collections.abc import Mapping, Sequence

from converter.mapping.decisions import Decision, Work
from converter.mapping.header import header_at
from converter.mapping.match import Fit, Source
from converter.mapping.profile import Profile
from converter.mapping.questions import NoteRows
from converter.mapping.rows import below
from converter.mapping.sense import Sense
from converter.mapping.senses import senses
from converter.mapping.spec import ColumnSpec, MappingSpec
from converter.mapping.understanding import Understood
from converter.model.cells import RawSheet, RawValue
from converter.model.columns import ColumnUse
from tests.mapping.books import sheet

Columns = Mapping[str, Sequence[RawValue]]


def table(columns: Columns, *under: Sequence[RawValue], name: str = "Notas") -> RawSheet:
    """A sheet with a header, the values of each column and the rows `under` them."""
    return sheet(tuple(columns), *zip(*columns.values(), strict=True), *under, name=name)


def found(columns: Columns) -> list[Sense]:
    """What each column's header says."""
    one = table(columns)
    cells, values = header_at(one, 1).cells, below(one, 1)
    return senses(cells, {cell.index: Profile(values[cell.index]) for cell in cells})


def sense(header: str, *values: RawValue) -> Sense:
    """What one header says over values that stand alone."""
    return found({header: values})[0]


def work(columns: Columns, taken: Mapping[str, str] | None = None) -> Work:
    """Columns of which those `taken` (path -> header) are used, and nothing else is decided."""
    made, headers = Work(found(columns), {}, {}), list(columns)
    for path, header in (taken or {}).items():
        made.use(made.by_index[headers.index(header)], path, "cabecalho")
    return made


def fit_of(one: RawSheet, used: Mapping[str, str], row: int = 1) -> Fit:
    """A sheet of which the columns `used` (path -> header) fill a field each."""
    header = header_at(one, row)
    by_header = {cell.column.header: cell for cell in header.cells}
    sources = {
        path: Source(ColumnSpec(path, (name,)), (by_header[name],)) for path, name in used.items()
    }
    return Fit(MappingSpec("m", ""), header, sources, {}, ())


def notes(
    columns: Columns,
    used: Mapping[str, str],
    *under: Sequence[RawValue],
    name: str = "Notas",
    arquivo: str = "notas.xlsx",
) -> NoteRows:
    """The notes of a table, from Excel row 2 on; its other columns are left."""
    one = table(columns, *under, name=name)
    fit = fit_of(one, used)
    by_index = {source.cells[0].index: path for path, source in fit.sources.items()}
    decisions = {
        cell.index: Decision(ColumnUse.USADA, by_index[cell.index])
        if cell.index in by_index
        else Decision(ColumnUse.IGNORADA, why="nada")
        for cell in fit.header.cells
    }
    values = [list(column) for column in columns.values()]
    rows = range(2, 2 + len(values[0]))
    return NoteRows(one, Understood(fit, decisions), values, rows, arquivo=arquivo)
