"""A sheet read as the person said: an answer about a column goes before any mapping."""

from dataclasses import replace

from converter.mapping.header import HeaderCell
from converter.mapping.match import Fit, Source
from converter.mapping.spec import ColumnSpec
from converter.mapping.survey import SheetSurvey
from converter.model.columns import Answers, ColumnAnswer


def follow(one: SheetSurvey, answers: Answers) -> SheetSurvey:
    """The sheet with each answered column filling just what was said of it."""
    if not answers.colunas:
        return one
    return replace(one, chosen=tuple(_followed(fit, answers) for fit in one.chosen))


def _followed(fit: Fit, answers: Answers) -> Fit:
    said = {
        cell.index: answer for answer in answers.colunas if (cell := _cell(fit, answer)) is not None
    }
    named = {answer.campo for answer in said.values()}
    sources = {
        path: source
        for path, source in fit.sources.items()
        if path not in named and not any(cell.index in said for cell in source.cells)
    }
    cells = {cell.index: cell for cell in fit.header.cells}
    duplicates: dict[str, tuple[HeaderCell, ...]] = {}
    for path, disputed in fit.duplicates.items():
        left = tuple(cell for cell in disputed if cell.index not in said)
        if path in named or not left:
            continue
        if len(left) == 1:
            sources[path] = Source(_spec(fit, path), left)
        else:
            duplicates[path] = left
    for index, answer in said.items():
        if answer.campo is not None:
            sources[answer.campo] = Source(_spec(fit, answer.campo), (cells[index],))
    used = {cell.index for source in sources.values() for cell in source.cells}
    used |= {cell.index for disputed in duplicates.values() for cell in disputed}
    ignored = tuple(cell for cell in fit.header.cells if cell.index not in used)
    return replace(fit, sources=sources, duplicates=duplicates, ignored=ignored)


def _spec(fit: Fit, path: str) -> ColumnSpec:
    """How a column is read where nothing but its field was said: the mapping's formats hold."""
    known = fit.mapping.columns.get(path)
    plain = ColumnSpec(path)
    return replace(plain, format=known.format, values=known.values) if known else plain


def _cell(fit: Fit, answer: ColumnAnswer) -> HeaderCell | None:
    """The column an answer is about: by its header, by its letter too where several share it."""
    alike = [cell for cell in fit.header.cells if cell.folded == answer.cabecalho]
    if len(alike) == 1:
        return alike[0]
    return next((cell for cell in alike if cell.column.letter == answer.coluna), None)
