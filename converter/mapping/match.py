"""Which column fills which field under a mapping, and which mapping fits a header best."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from converter.brazil.headers import fold
from converter.mapping.header import Header, HeaderCell
from converter.mapping.spec import ColumnSpec, MappingSpec
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import SourceColumn
from converter.schemas.catalogue import Kind, kind_of

_FREE_PATH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+", re.ASCII)


_NUMBER, _STREET = "tomador.endereco.numero", "tomador.endereco.logradouro"
_ALIKE = 85
"""How like another (of 100) a header is that may be meant by it."""
_WORD = re.compile(r"[^\W_]+|%")


@dataclass(frozen=True, slots=True)
class Source:
    """The columns, more than one only when joined, that fill one field, and how."""

    spec: ColumnSpec
    cells: tuple[HeaderCell, ...]

    @property
    def column(self) -> SourceColumn:
        """Where a problem of this field points: the first of its columns."""
        headers = " + ".join(cell.column.header for cell in self.cells)
        return SourceColumn(self.cells[0].column.letter, headers)


@dataclass(frozen=True, slots=True)
class Fit:
    """A mapping laid over a header.

    `duplicates` are the fields that two or more columns claim, `absent` the fields the mapping's
    own file lists and no column has.
    """

    mapping: MappingSpec
    header: Header
    sources: Mapping[str, Source]
    duplicates: Mapping[str, tuple[HeaderCell, ...]]
    absent: tuple[str, ...]

    @property
    def claims(self) -> Iterator[tuple[str, tuple[HeaderCell, ...]]]:
        """Each field with the columns that fill it or dispute it."""
        yield from ((path, source.cells) for path, source in self.sources.items())
        yield from self.duplicates.items()

    @property
    def ignored(self) -> tuple[HeaderCell, ...]:
        """The columns that nothing claims."""
        used = {cell.index for _, cells in self.claims for cell in cells}
        return tuple(cell for cell in self.header.cells if cell.index not in used)

    @property
    def recognised(self) -> int:
        """How many columns of the sheet the mapping makes use of."""
        return len(self.header.cells) - len(self.ignored)

    @property
    def paths(self) -> frozenset[str]:
        """Every field that has a column, even where two dispute it."""
        return frozenset((*self.sources, *self.duplicates))

    @property
    def rank(self) -> tuple[bool, int, bool]:
        """The user's mapping for just this sheet or these columns, what uses most, the exact."""
        meant = bool(self.mapping.own or self.mapping.sheets)
        whole = not self.mapping.shipped and meant and not self.absent
        return whole, self.recognised, bool(self.mapping.exact)

    def same_as(self, other: "Fit") -> bool:
        """True when both read the very same values out of the sheet."""
        return (
            self.header.row == other.header.row
            and self.mapping.constants == other.mapping.constants
            and self.duplicates == other.duplicates
            and self.sources.keys() == other.sources.keys()
            and all(
                _reading(source) == _reading(other.sources[path])
                for path, source in self.sources.items()
            )
        )


def fit(mapping: MappingSpec, header: Header) -> Fit:
    """Lay `mapping` over `header`: exact after folding, nothing nearly alike is taken."""
    by_header = _by_header(mapping, header)
    sources: dict[str, Source] = {}
    duplicates: dict[str, tuple[HeaderCell, ...]] = {}
    incomplete: set[str] = set()
    for path, spec in mapping.columns.items():
        cells = _claimed(spec, header, by_header, own=path in mapping.own)
        if len(cells) < len(spec.join):
            incomplete.add(path)
        if len(cells) == 1 or (cells and spec.join):
            sources[path] = Source(spec, cells)
        elif cells:
            duplicates[path] = cells
    _tell_numbers_apart(sources, duplicates, mapping)
    if mapping.free_paths:
        _pass_free_paths(header, mapping, sources)
    absent = (mapping.own - sources.keys() - duplicates.keys()) | incomplete
    return Fit(mapping, header, sources, duplicates, tuple(sorted(absent)))


def best(fits: Sequence[Fit]) -> tuple[Fit, ...]:
    """The fit to use, alone; or every fit that has as good a claim and reads otherwise."""
    if not fits:
        return ()
    top = max(one.rank for one in fits)
    equals = [one for one in fits if one.rank == top]
    first = equals[0]
    return (first, *(one for one in equals[1:] if not one.same_as(first)))


def agreed(fits: Sequence[Fit]) -> dict[str, Source]:
    """What fills each field by every one of the mappings that fit equally; by one, all it says."""
    first, *others = fits
    return {
        path: source
        for path, source in first.sources.items()
        if all(
            path in other.sources and other.sources[path].column == source.column
            for other in others
        )
    }


def nearest(wanted: Sequence[str], cells: Sequence[HeaderCell]) -> HeaderCell | None:
    """The column whose header looks most like one of `wanted`, None when none does."""
    from rapidfuzz import fuzz, process

    by_folded = {cell.folded: cell for cell in cells}
    for name in map(fold, wanted):
        near = process.extractOne(name, by_folded.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if near:
            return by_folded[near[0]]
    return None


def _by_header(mapping: MappingSpec, header: Header) -> dict[str, list[HeaderCell]]:
    """The columns by folded header, with their group where the mapping knows it so."""
    by_header: dict[str, list[HeaderCell]] = {}
    for cell in header.cells:
        if cell.folded in mapping.ignored_headers:
            continue
        if mapping.exact and cell.column.header not in mapping.exact:
            continue
        key = cell.qualified if cell.qualified in mapping.known else cell.folded
        if "%" in cell.column.header or key not in mapping.known:
            full = _spelled_out(cell)
            key = full if full in mapping.known else key
        by_header.setdefault(key, []).append(cell)
    return by_header


def _tell_numbers_apart(
    sources: dict[str, Source],
    duplicates: dict[str, tuple[HeaderCell, ...]],
    mapping: MappingSpec,
) -> None:
    """A vague `Nº` is the house's only within two columns to the right of the street."""
    source, street = sources.get(_NUMBER), sources.get(_STREET)
    cells = source.cells if source else duplicates.get(_NUMBER, ())
    if not cells or _NUMBER in mapping.own:
        return
    near = tuple(
        cell
        for cell in cells
        if cell.folded not in vocabulary().whole["numero"]
        or (street is not None and cell.index - street.cells[0].index in (1, 2))
    )
    sources.pop(_NUMBER, None)
    duplicates.pop(_NUMBER, None)
    if len(near) == 1:
        sources[_NUMBER] = Source(mapping.columns[_NUMBER], near)
    elif near:
        duplicates[_NUMBER] = near


def _spelled_out(cell: HeaderCell) -> str:
    """The header folded with its abbreviations written in full."""
    words, full = _WORD.findall(cell.column.header), _in_full()
    return "".join(full.get(word, word) for word in (fold(word) or word for word in words))


@cache
def _in_full() -> Mapping[str, str]:
    """What offices write short in a header, and the word it always stands for there."""
    known = vocabulary()
    full = {word: "".join(known.short[word]) for word in known.whole["por_extenso"]}
    return {"%": "percentual", **full}


def _claimed(
    spec: ColumnSpec, header: Header, by_header: Mapping[str, list[HeaderCell]], *, own: bool
) -> tuple[HeaderCell, ...]:
    """The columns a field claims: the first of each that are joined, or all that it may be.

    A header that says a percentage is no amount, unless the mapping's `own` file says so.
    """
    if spec.join:
        return tuple(cell for name in spec.join for cell in by_header.get(fold(name), ())[:1])
    if spec.letter is not None:
        cells = [cell for cell in header.cells if cell.column.letter == spec.letter]
    else:
        names = dict.fromkeys(map(fold, spec.headers))
        cells = [*chain.from_iterable(by_header.get(name, ()) for name in names)]
    if kind_of(spec.path) is Kind.MONEY and not own:
        cells = [cell for cell in cells if "%" not in cell.column.header]
    return (*cells,)


def _pass_free_paths(header: Header, mapping: MappingSpec, sources: dict[str, Source]) -> None:
    for cell in header.cells:
        path = cell.column.header
        if (
            _FREE_PATH.fullmatch(path)
            and path not in sources
            and cell.folded not in mapping.known
            and cell.folded not in mapping.ignored_headers
        ):
            sources[path] = Source(ColumnSpec(path, (path,)), (cell,))


def _reading(source: Source) -> tuple[object, ...]:
    spec = source.spec
    return (
        tuple(cell.index for cell in source.cells),
        spec.separator if spec.join or spec.split else None,
        spec.split,
        spec.part,
        spec.format,
        dict(spec.values),
    )
