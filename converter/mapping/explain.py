"""Why a sheet is read under one mapping and not another, for `planilote mapeamentos ARQUIVO`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from converter.mapping.defaults import Defaults
from converter.mapping.match import Fit, nearest
from converter.mapping.spec import Mappings
from converter.mapping.survey import SheetSurvey, Verdict, survey
from converter.model.cells import RawBook, SourceColumn
from converter.schemas.catalogue import FIELDS, label_of

_WHY = {
    Verdict.OCULTA: "está oculta",
    Verdict.VAZIA: "está vazia",
    Verdict.SEM_CABECALHO: "não tem cabeçalho conhecido; tente planilote mapear",
    Verdict.SEM_NOTAS: "não tem as colunas de uma lista de notas",
    Verdict.EXCLUIDA: "está fora do mapeamento",
    Verdict.MODELO: "é do próprio modelo",
}


@dataclass(frozen=True, slots=True)
class Matched:
    """One column in use: the field it fills and that field's label."""

    column: SourceColumn
    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One mapping laid over the header. `proposals` maps a missing label to a column like it."""

    mapping: str
    matched: tuple[Matched, ...]
    ignored: tuple[SourceColumn, ...]
    missing: tuple[str, ...]
    disputed: Mapping[str, tuple[SourceColumn, ...]]
    proposals: Mapping[str, SourceColumn]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sheet. `chosen` names one mapping, several when they tie, none when it is skipped.

    `signature` is the key by which a choice for this header is remembered, None without a header.
    """

    planilha: str
    verdict: Verdict
    header_row: int | None
    signature: str | None
    chosen: tuple[str, ...]
    candidates: tuple[Candidate, ...]


def explain(
    book: RawBook,
    mappings: Mappings,
    *,
    choice: str | None = None,
    remembered: Mapping[str, str] | None = None,
    defaults: Defaults | None = None,
) -> tuple[Explanation, ...]:
    """Every sheet of `book` in its order, its candidates from the best fit to the worst.

    Args:
        book: As read.
        mappings: Those at hand.
        choice: The only mapping to try.
        remembered: Mapping name by header signature.
        defaults: A field they fill for everyone is not missing.
    """
    given = _given(defaults or Defaults())
    return tuple(
        _explained(one, given)
        for one in survey(book, mappings, choice=choice, remembered=remembered)
    )


def told(explanations: Sequence[Explanation]) -> Iterator[str]:
    """The lines a person reads: per sheet the choice, the columns used, ignored and missing."""
    for one in explanations:
        where = f", cabeçalho na linha {one.header_row}" if one.header_row else ""
        yield f"Aba “{one.planilha}”{where}"
        if one.verdict is not Verdict.NOTAS:
            yield f"  não é convertida: {_WHY[one.verdict]}"
        elif len(one.chosen) > 1:
            names = " e ".join(f"“{name}”" for name in one.chosen)
            yield f"  servem igualmente {names}: diga qual com --mapeamento NOME"
        for place, candidate in enumerate(one.candidates):
            if place == 0:
                yield from _best(candidate)
            else:
                count = len(candidate.matched)
                yield f"  também serviria “{candidate.mapping}”: {_columns(count)}"
        yield ""


def _columns(count: int) -> str:
    return f"{count} coluna{'' if count == 1 else 's'}"


def _best(candidate: Candidate) -> Iterator[str]:
    yield f"  mapeamento “{candidate.mapping}”: {_columns(len(candidate.matched))}"
    for one in candidate.matched:
        yield f"    {one.column.letter:>3}  {one.column.header}  →  {one.path}"
    for label, columns in candidate.disputed.items():
        listed = " e ".join(f"{column.letter} “{column.header}”" for column in columns)
        yield f"    disputam “{label}”: {listed}"
    for column in candidate.ignored:
        yield f"    {column.letter:>3}  {column.header}  não é usada"
    for label in candidate.missing:
        near = candidate.proposals.get(label)
        hint = f" (parece ser a {near.letter} “{near.header}”)" if near else ""
        yield f"    falta “{label}”{hint}"


def _explained(one: SheetSurvey, given: frozenset[str]) -> Explanation:
    return Explanation(
        one.sheet.name,
        one.verdict,
        one.header.row if one.header else None,
        one.header.signature if one.header else None,
        tuple(fit.mapping.name for fit in one.chosen),
        tuple(_candidate(fit, given) for fit in one.fits),
    )


def _candidate(fit: Fit, given: frozenset[str]) -> Candidate:
    matched = [Matched(source.column, path, label_of(path)) for path, source in fit.sources.items()]
    there = fit.paths | fit.mapping.constants.keys() | given
    missing = [field for field in FIELDS if field.indispensable and field.path not in there]
    near = {field.label: nearest((field.label, *field.synonyms), fit.ignored) for field in missing}
    return Candidate(
        fit.mapping.name,
        tuple(sorted(matched, key=lambda one: (len(one.column.letter), one.column.letter))),
        tuple(cell.column for cell in fit.ignored),
        tuple(field.label for field in missing),
        {
            label_of(path): tuple(cell.column for cell in cells)
            for path, cells in fit.duplicates.items()
        },
        {label: cell.column for label, cell in near.items() if cell is not None},
    )


def _given(defaults: Defaults) -> frozenset[str]:
    shared = [set(one.values) | {"prestador.cnpj"} for one in defaults.prestadores]
    return frozenset(defaults.general) | (
        frozenset.intersection(*map(frozenset, shared)) if shared else frozenset()
    )
