"""Why a sheet is read under one mapping and not another, for `planilote mapeamentos ARQUIVO`."""

from collections.abc import Iterator

from converter.mapping.defaults import Defaults
from converter.mapping.match import Fit, nearest
from converter.mapping.spec import Mappings
from converter.mapping.survey import SheetKind, SheetSurvey, survey
from converter.model.cells import RawBook
from converter.schemas.catalogue import FIELDS, label_of

_WHY = {
    SheetKind.OCULTA: "está oculta",
    SheetKind.VAZIA: "está vazia",
    SheetKind.SEM_CABECALHO: "não tem cabeçalho conhecido; tente planilote mapear",
    SheetKind.SEM_NOTAS: "não tem as colunas de uma lista de notas",
    SheetKind.FICHA: "tem fichas, e não uma tabela com uma nota por linha",
    SheetKind.EXCLUIDA: "está fora do mapeamento",
    SheetKind.MODELO: "é do próprio modelo",
}


def explain(
    book: RawBook, mappings: Mappings, defaults: Defaults, *, choice: str | None = None
) -> Iterator[str]:
    """The lines a person reads: per sheet the choice, the columns used, ignored and missing.

    Args:
        book: As read.
        mappings: Those at hand.
        defaults: A field they fill for everyone is not missing.
        choice: The only mapping to try.
    """
    given = _given(defaults)
    for one in survey(book, mappings, choice=choice):
        yield from _sheet(one, given)
        yield ""


def _sheet(one: SheetSurvey, given: frozenset[str]) -> Iterator[str]:
    """The candidates of one sheet from the best fit, in full, to the worst, in one line."""
    where = f", cabeçalho na linha {one.header.row}" if one.header else ""
    yield f"Aba “{one.sheet.name}”{where}"
    if one.kind is not SheetKind.NOTAS:
        yield f"  não é convertida: {_WHY[one.kind]}"
    elif len(one.chosen) > 1:
        names = " e ".join(f"“{fit.mapping.name}”" for fit in one.chosen)
        yield f"  servem igualmente {names}: diga qual com --mapeamento NOME"
    for fit in one.fits[:1]:
        yield f"  mapeamento “{fit.mapping.name}”: {_columns(fit)}"
        yield from _used_and_ignored(fit)
        yield from _missing(fit, given)
    for fit in one.fits[1:]:
        yield f"  também serviria “{fit.mapping.name}”: {_columns(fit)}"


def _columns(fit: Fit) -> str:
    count = len(fit.sources)
    return f"{count} coluna{'' if count == 1 else 's'}"


def _used_and_ignored(fit: Fit) -> Iterator[str]:
    columns = [(source.column, path) for path, source in fit.sources.items()]
    for column, path in sorted(columns, key=lambda one: (len(one[0].letter), one[0].letter)):
        yield f"    {column.letter:>3}  {column.header}  →  {path}"
    for path, cells in fit.duplicates.items():
        listed = " e ".join(f"{cell.column.letter} “{cell.column.header}”" for cell in cells)
        yield f"    disputam “{label_of(path)}”: {listed}"
    for cell in fit.ignored:
        yield f"    {cell.column.letter:>3}  {cell.column.header}  não é usada"


def _missing(fit: Fit, given: frozenset[str]) -> Iterator[str]:
    there = fit.paths | fit.mapping.constants.keys() | given
    for field in FIELDS:
        if field.indispensable and field.path not in there:
            near = nearest((field.label, *field.synonyms), fit.ignored)
            like = f" (parece ser a {near.column.letter} “{near.column.header}”)" if near else ""
            yield f"    falta “{field.label}”{like}"


def _given(defaults: Defaults) -> frozenset[str]:
    shared = [set(one.values) | {"prestador.cnpj"} for one in defaults.prestadores]
    return frozenset(defaults.general) | (
        frozenset.intersection(*map(frozenset, shared)) if shared else frozenset()
    )
