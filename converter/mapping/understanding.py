"""One reading of a sheet's columns from all evidence at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter

from converter.brazil.headers import fold
from converter.mapping.assignment import assign
from converter.mapping.decisions import BETWEEN, Assigned, Decision
from converter.mapping.header import Header, HeaderCell
from converter.mapping.instructions import instructions
from converter.mapping.match import Fit, Source
from converter.mapping.profile import Holds, Profile
from converter.mapping.sense import NOME, VALOR, Candidate, Mark, Sense
from converter.mapping.senses import senses
from converter.mapping.spec import ColumnSpec, MappingSpec
from converter.mapping.tables import months, pivots
from converter.mapping.vocabulary import PARTIES, Says, vocabulary
from converter.mapping.withheld import RETIDO
from converter.model.cells import Range, RawSheet, RawValue, is_blank
from converter.model.columns import NO_ANSWERS, Answers, AnswerUse, ColumnUse
from converter.schemas.catalogue import BY_PATH, MULTILINE

_HEAD, _SPREAD = 120, 80
"""Rows looked at: the first ones, and as many again spread over the rest."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A sheet's columns: `fit` with what is used, `decisions` by column, `marks` of the rows.

    `status_words` are what the person said makes a row not go, by column. `months` are the columns
    of a table with one column per month. `known_words` are those of a marked column that need no
    word of the person: the names of registered prestadores.
    """

    fit: Fit
    decisions: Mapping[int, Decision]
    marks: Mapping[int, Mark] = field(default_factory=dict)
    status_words: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    months: tuple[int, ...] = ()
    known_words: Mapping[int, Collection[RawValue]] = field(default_factory=dict)

    @property
    def used(self) -> frozenset[int]:
        """The columns that fill a field."""
        return frozenset(i for i, one in self.decisions.items() if one.use is ColumnUse.USADA)

    @property
    def paths(self) -> frozenset[str]:
        """Every field a column has, or may have."""
        asked = {path for one in self.decisions.values() for path in one.suggestions[:1]}
        return self.fit.paths | asked


def understand(sheet: RawSheet, fit: Fit, answers: Answers = NO_ANSWERS) -> Understood:
    """Read every column under the header of `fit`; what a mapping or a person said holds."""
    cells = fit.header.cells
    profiles = profiles_of(sheet, fit.header)
    fixed, words = _said(answers, cells)
    fixed = {**_mapped(fit), **fixed}
    of_months = tuple(i for i in months(cells) if profiles[i].holds(VALOR))
    for index in of_months:
        fixed.setdefault(index, _of_month(cells, index, answers))
    for index in pivots(cells):
        fixed.setdefault(index, Decision(ColumnUse.IGNORADA, why="dinamica"))
    found = senses(cells, profiles, _nobody(cells, fixed))
    _known_headers(fit, found, fixed)
    marks = {one.index: one.mark for one in found if one.mark and one.index not in fixed}
    own = {one.path for one in fixed.values() if one.path}
    assigned = assign(found, fixed, own)
    if fit.mapping.exclusive:
        assigned = _under_own(fit, assigned)
    return Understood(
        _refitted(fit, cells, assigned),
        assigned.decisions,
        {**marks, **dict.fromkeys(words, Mark.SITUACAO)},
        words,
        of_months,
    )


def _nobody(cells: Sequence[HeaderCell], fixed: Mapping[int, Decision]) -> frozenset[int]:
    """The columns that are not the customer, as a person or a mapping said of them or another."""
    names = {index for index, one in fixed.items() if one.path == NOME}
    left = {index for index, one in fixed.items() if one.use is ColumnUse.IGNORADA}
    others = {cell.index for cell in cells} - names if names else set()
    return frozenset(left | others)


def _under_own(fit: Fit, assigned: Assigned) -> Assigned:
    """A mapping the user wrote stays exact: what it leaves out is asked, if the header says it."""
    decisions = dict(assigned.decisions)
    for index, one in decisions.items():
        if one.why in ("mapeamento", "resposta") or one.path in fit.sources:
            continue
        if one.path is not None:
            decisions[index] = Decision(ColumnUse.PERGUNTA, None, (one.path,), "fora")
        elif one.use is ColumnUse.PERGUNTA and one.why == "valores":
            decisions[index] = Decision(ColumnUse.IGNORADA, why="fora")
    return Assigned(decisions, assigned.disputed)


def _of_month(cells: Sequence[HeaderCell], index: int, answers: Answers) -> Decision:
    """One month of a table with a column for each: asked until one of them is chosen."""
    option = vocabulary().options["mes"]
    chosen = [one.opcao for one in answers.perguntas if one.codigo == "matriz-de-meses"]
    header = next(cell.column.header for cell in cells if cell.index == index)
    if option.format(cabecalho=header) in chosen:
        return Decision(ColumnUse.USADA, VALOR, why="resposta")
    if any(option.format(cabecalho=cell.column.header) in chosen for cell in cells):
        return Decision(ColumnUse.IGNORADA, why="resposta")
    return Decision(ColumnUse.PERGUNTA, None, (VALOR,), "mes")


def profiles_of(sheet: RawSheet, header: Header) -> dict[int, Profile]:
    """The values of each column, from rows enough to tell."""
    body = sheet.rows[header.row :]
    told = instructions(body)
    if told:
        body = [row for place, row in enumerate(body) if place not in told]
    rows = list(body[:_HEAD])
    if len(body) > _HEAD:
        rows.extend(body[_HEAD :: max(1, len(body) // _SPREAD)])
    told_rows = _without_titles(rows)
    values = {cell.index: _values(cell.index, told_rows, body) for cell in header.cells}
    if sheet.merged and not told:
        _fill_merged(values, sheet.merged, header.row + 1)
    return {index: Profile(of_it) for index, of_it in values.items()}


def _fill_merged(values: Mapping[int, list[RawValue]], merged: Sequence[Range], first: int) -> None:
    """Give the rows of a cell merged downwards its value, among those looked at from the first."""
    for top, left, bottom, _ in merged:
        column = values.get(left - 1)
        if column is None or top < first:
            continue
        for place in range(top - first + 1, min(bottom - first + 1, len(column), _HEAD)):
            column[place] = column[top - first]


def _without_titles(rows: Sequence[Sequence[RawValue]]) -> Sequence[Sequence[RawValue]]:
    """The rows, those blank that are the title of what follows: one cell where others have more."""
    filled = [len(row) - row.count(None) - row.count("") for row in rows]
    if 1 not in filled or 2 * sum(count > 2 for count in filled) < len(rows):
        return rows
    return [() if count == 1 else row for row, count in zip(rows, filled, strict=True)]


def _values(
    index: int, rows: Sequence[Sequence[RawValue]], body: Sequence[Sequence[RawValue]]
) -> list[RawValue]:
    values = _column(index, rows)
    if len(rows) < len(body) and all(map(is_blank, values)):
        values = _column(index, body)
    return values


def _column(index: int, rows: Sequence[Sequence[RawValue]]) -> list[RawValue]:
    if min(map(len, rows), default=0) > index:
        return list(map(itemgetter(index), rows))
    return [row[index] if index < len(row) else None for row in rows]


def _said(
    answers: Answers, cells: Sequence[HeaderCell]
) -> tuple[dict[int, Decision], dict[int, tuple[str, ...]]]:
    """The answers that find their column: by header, and by letter where two share one."""
    decisions: dict[int, Decision] = {}
    words: dict[int, tuple[str, ...]] = {}
    for answer in answers.colunas:
        named = [cell for cell in cells if cell.folded == answer.cabecalho]
        if len(named) > 1:
            named = [cell for cell in named if cell.column.letter == answer.coluna]
        for cell in named[:1]:
            if answer.uso is AnswerUse.CAMPO and answer.campo:
                decisions[cell.index] = Decision(ColumnUse.USADA, answer.campo, why="resposta")
            else:
                decisions[cell.index] = Decision(ColumnUse.IGNORADA, why="resposta")
            if answer.uso is AnswerUse.SITUACAO:
                words[cell.index] = answer.nao_enviar
    return decisions, words


def _mapped(fit: Fit) -> dict[int, Decision]:
    """What the mapping's own file says, and the paths that are headers themselves."""
    fixed: dict[int, Decision] = {}
    for path, source in fit.sources.items():
        if _is_own(fit, source):
            for cell in source.cells:
                fixed[cell.index] = Decision(ColumnUse.USADA, path, why="mapeamento")
    for path, cells in fit.duplicates.items():
        if path in fit.mapping.own:
            for cell in cells:
                fixed[cell.index] = Decision(ColumnUse.PERGUNTA, None, (path,), "disputada")
    for cell in fit.header.cells:
        if cell.folded in fit.mapping.ignored_headers:
            fixed[cell.index] = Decision(ColumnUse.IGNORADA, why="mapeamento")
    return fixed


def _known_headers(fit: Fit, found: Sequence[Sense], fixed: Mapping[int, Decision]) -> None:
    """Headers that are a field's own label, or that the mapping knows by heart."""
    by_index = {cell.index: path for path, cells in fit.claims for cell in cells}
    for one in found:
        path = by_index.get(one.index)
        if path is None or path not in BY_PATH or one.index in fixed:
            continue
        if not one.group or _of_its_group(one, path):
            _known_as(one, path)


def _known_as(one: Sense, path: str) -> None:
    """A column whose header the mapping knows as `path`: surely so, as far as its values agree."""
    label = one.cell.folded in (fold(BY_PATH[path].label), fold(path))
    holds = one.profile.holds(path)
    if one.profile.blank:
        one.candidates = [Candidate(path, Says.CERTO, Holds.TALVEZ)]
    elif label and (holds or not any(each.holds is Holds.BEM for each in one.candidates)):
        one.candidates = [Candidate(path, Says.ROTULO, Holds(max(holds, Holds.TALVEZ)))]
        one.mark, one.nothing = None, False
    elif holds and _may_be(one, path) and _by_heart(one):
        one.candidates.append(Candidate(path, Says.CERTO, holds))


def _by_heart(one: Sense) -> bool:
    """Whether the ideas of a header say less than its words, which a mapping knows."""
    if one.words.unknown:
        return True
    says_nothing = one.nothing or not vocabulary().paths(one.ideas)
    return says_nothing and one.speaks_of("de_muitas_palavras")


def _may_be(one: Sense, path: str) -> bool:
    """Whether nothing the header says speaks against what the mapping knows it as."""
    if one.party == "outro" or any(each.path == path for each in one.candidates):
        return False
    return _of_its_group(one, path)


def _of_its_group(one: Sense, path: str) -> bool:
    """Whether a path is of whom the header or its group names: `UF` under `Prestador` is not."""
    return not one.party or path.partition(".")[0] not in PARTIES or path.startswith(one.party)


def _refitted(fit: Fit, cells: Sequence[HeaderCell], assigned: Assigned) -> Fit:
    """The fit with what was decided instead of what the header alone said."""
    by_index = {cell.index: cell for cell in cells}
    sources = _kept(fit, assigned)
    used: dict[str, list[HeaderCell]] = defaultdict(list)
    for index, one in assigned.decisions.items():
        if one.path is not None and one.path not in sources:
            used[one.path].append(by_index[index])
    for path, found in used.items():
        sources[path] = _source(fit.mapping, path, found)
    disputed = {path: indexes for path, indexes in assigned.disputed.items() if indexes}
    duplicates = {path: tuple(map(by_index.__getitem__, each)) for path, each in disputed.items()}
    duplicates |= {path: cells for path, cells in fit.duplicates.items() if path in fit.mapping.own}
    return replace(fit, sources=_in_order(fit, sources), duplicates=duplicates)


def _kept(fit: Fit, assigned: Assigned) -> dict[str, Source]:
    """What the mapping's own file says and nobody said otherwise of."""
    return {
        path: source
        for path, source in fit.sources.items()
        if _is_own(fit, source) and all(_as_mapped(assigned, cell, path) for cell in source.cells)
    }


def _is_own(fit: Fit, source: Source) -> bool:
    """Whether a mapping's file means this very column: what it lists, not the catalogue's names."""
    path, mapping = source.spec.path, fit.mapping
    own = path in mapping.own or bool(mapping.exact)
    return own or path not in BY_PATH or bool(source.spec.join)


def _as_mapped(assigned: Assigned, cell: HeaderCell, path: str) -> bool:
    """Whether the mapping still has its say of a column: it may fill several fields with it."""
    decision = assigned.decisions.get(cell.index)
    return decision is None or decision.why == "mapeamento" or decision.path == path


def _in_order(fit: Fit, sources: Mapping[str, Source]) -> dict[str, Source]:
    """In the order of the mapping, so that what is said comes out the same."""
    known = {path: place for place, path in enumerate(fit.mapping.columns)}
    return dict(sorted(sources.items(), key=lambda item: known.get(item[0], len(known))))


def _source(mapping: MappingSpec, path: str, cells: Sequence[HeaderCell]) -> Source:
    """What fills a path: one column, or those that say a text together."""
    if len(cells) > 1 and path in MULTILINE:
        together = sorted(cells, key=lambda cell: cell.index)
        headers = tuple(cell.column.header for cell in together)
        return Source(ColumnSpec(path, join=headers, separator=BETWEEN), tuple(together))
    return Source(_spec(mapping, path, cells[0]), (cells[0],))


def _spec(mapping: MappingSpec, path: str, cell: HeaderCell) -> ColumnSpec:
    spec = mapping.columns.get(path)
    if path == RETIDO:
        who = vocabulary().who_withholds
        return ColumnSpec(
            path, (cell.column.header,), values={**who, **(spec.values if spec else {})}
        )
    if spec is None or spec.join or spec.split is not None:
        return ColumnSpec(path, (cell.column.header,))
    return spec
