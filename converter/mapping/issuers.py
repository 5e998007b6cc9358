"""Which registered prestador issues a row's note, where a column says him by his name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from converter.brazil.headers import fold_words
from converter.mapping.cautions import is_house
from converter.mapping.decisions import Decision
from converter.mapping.defaults import Defaults, PrestadorDefaults
from converter.mapping.header import HeaderCell
from converter.mapping.match import Source
from converter.mapping.resolve import CNPJ
from converter.mapping.rows import Column, below
from converter.mapping.sense import Mark
from converter.mapping.spec import ColumnSpec
from converter.mapping.statuses import distinct
from converter.mapping.survey import SheetSurvey
from converter.mapping.understanding import Understood
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue
from converter.model.columns import ColumnUse


def issued_by(one: SheetSurvey, defaults: Defaults) -> SheetSurvey:
    """The sheet with the column that names its prestadores used, or asked about.

    A column of which every name is registered says the prestador of each row. Of one under a header
    that says who issues, the names of nobody registered stay marked: their rows wait.
    """
    understood = one.understood
    if understood is None or len(one.chosen) > 1 or one.fit.mapping.exclusive:
        return one
    columns = below(one.sheet, one.fit.header.row)
    for cell in one.fit.header.cells:
        if cell.index < len(columns) and _may_name(understood, cell.index):
            understood = _with(understood, cell, columns[cell.index], defaults)
    if understood is one.understood:
        return one
    return replace(one, understood=understood, chosen=(understood.fit,))


def _may_name(understood: Understood, index: int) -> bool:
    """Whether a column says who issues, or is let be though it may."""
    mark, decision = understood.marks.get(index), understood.decisions.get(index)
    if mark is not None or decision is None:
        return mark is Mark.EMITENTE
    return decision.use is ColumnUse.IGNORADA and decision.why not in ("resposta", "mapeamento")


def _with(
    understood: Understood, cell: HeaderCell, column: Column, defaults: Defaults
) -> Understood:
    values = distinct(column)
    found = registered(values, defaults.prestadores)
    marks = {**understood.marks}
    told = marks.pop(cell.index, None) or (found and _may_say_issuers(cell))
    if CNPJ in understood.fit.paths or not values:
        return replace(understood, marks=marks)
    if len(found) == len(values):
        return _used(replace(understood, marks=marks), cell, found)
    if not told or not is_house(values):
        return replace(understood, marks=marks)
    named = frozenset(value for value in values if text_of(value) in found)
    known = {**understood.known_words, cell.index: named}
    return replace(understood, marks={**marks, cell.index: Mark.EMITENTE}, known_words=known)


def _may_say_issuers(cell: HeaderCell) -> bool:
    """`Emissor`, who may be a person of the office: no longer where one value is registered."""
    return fold_words(cell.column.header) in vocabulary().statuses["de_outra_emissao"]


def _used(understood: Understood, cell: HeaderCell, names: Mapping[str, str]) -> Understood:
    """The column says the prestador of each row."""
    fit = understood.fit
    spec = ColumnSpec(CNPJ, (cell.column.header,), values=dict(names))
    decisions = {
        **understood.decisions,
        cell.index: Decision(ColumnUse.USADA, CNPJ, why="cadastrado"),
    }
    sources = {**fit.sources, CNPJ: Source(spec, (cell,))}
    return replace(understood, fit=replace(fit, sources=sources), decisions=decisions)


def registered(
    values: Sequence[RawValue], prestadores: Sequence[PrestadorDefaults]
) -> dict[str, str]:
    """The CNPJ by each text that names one of the prestadores, and no other of them.

    A name may be cut short after a word, or go on with what the registered one leaves out.
    """
    found: dict[str, str] = {}
    for value in values:
        said = _name(text_of(value))
        owners = {
            one.cnpj for one in prestadores if any(_same(said, _name(n)) for n in one.folders)
        }
        if len(owners) == 1:
            found[text_of(value)] = owners.pop()
    return found


def _same(said: str, name: str) -> bool:
    """Whether one of two names is the other, or its first words."""
    if not said or not name:
        return False
    return f"{said} ".startswith(f"{name} ") or f"{name} ".startswith(f"{said} ")


def _name(text: str) -> str:
    """The words of a name without the form of a company at its end."""
    folded = fold_words(text)
    form = next((each for each in vocabulary().forms if folded.endswith(f" {each}")), "")
    return folded.removesuffix(form).strip()
