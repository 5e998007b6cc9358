"""What a list of customers in the same book says of the notes: who a code is, what is retained."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from converter.brazil.headers import fold
from converter.mapping.header import HeaderCell
from converter.mapping.header_words import words_of
from converter.mapping.match import Fit
from converter.mapping.rows import Column, below
from converter.mapping.sense import NOME
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawSheet, RawValue, SourceColumn, is_blank

_DOCUMENTS = ("tomador.cpf_cnpj", "tomador.cnpj", "tomador.cpf")
Listed = tuple[RawSheet, Fit]
"""A sheet that lists no notes, and what its columns are."""


@dataclass(frozen=True, slots=True)
class Coded:
    """The column of codes, the list that explains them, and the customer's name by folded code.

    Where the column is that of names, what is no code is a name or a code nobody explains.
    """

    column: SourceColumn
    index: int
    list_name: str
    names: Mapping[str, str]
    named: bool

    def of(self, column: Column) -> list[RawValue]:
        """The name of the customer of each code; of one that the list has not, as it is written."""
        rest = [value if self.named else None for value in column]
        told = [self.names.get(_code(value)) for value in column]
        return [each or other for each, other in zip(told, rest, strict=True)]

    def without(self, column: Column) -> list[int]:
        """The places of the codes that the list gives to nobody, or to several, and of the blanks.

        A blank is none of them where another column names.
        """
        there = enumerate(column)
        unknown = [(at, each) for at, each in there if _code(each) not in self.names]
        return [at for at, each in unknown if not (self.named and is_blank(each))]


def coded(sheet: RawSheet, fit: Fit, lists: Sequence[Listed]) -> Coded | None:
    """The first column of codes most of which one of the lists explains.

    It may be the customer's: `Cliente` over `ALF`, `BRU`. None where a document says who he is.
    Where nothing else says it, a column of the customer's code is taken though no list explains it:
    its rows are asked about.
    """
    if not fit.sources.keys().isdisjoint(_DOCUMENTS):
        return None
    columns, named = below(sheet, fit.header.row), NOME in fit.sources
    for cell in _open_columns(fit, len(columns)):
        said = {_code(value) for value in columns[cell.index] if not is_blank(value)}
        for listed, laid in lists:
            for header, names, several in _codes(listed, laid):
                explained = 2 * len(said & (names.keys() | several)) >= len(said) > 0
                if explained and _alike(cell, header, named=named):
                    return Coded(cell.column, cell.index, listed.name, names, named)
    return None if named else _unexplained(fit, columns, lists)


def _unexplained(fit: Fit, columns: Sequence[Column], lists: Sequence[Listed]) -> Coded | None:
    """A filled column of the customer's codes, beside a list of customers that explains none."""
    listing = next((listed for listed, laid in lists if NOME in laid.sources), None)
    for cell in _silent_columns(fit, len(columns)):
        said = words_of(cell.column.header)
        of_him = "tomador" in said.parties and said.ideas & vocabulary().ideas_of["codigos"]
        if listing and of_him and not all(map(is_blank, columns[cell.index])):
            return Coded(cell.column, cell.index, listing.name, {}, named=False)
    return None


def _open_columns(fit: Fit, width: int) -> Iterator[HeaderCell]:
    """The columns that may hold codes: that of the names, else those that say nothing of a note."""
    if NOME in fit.sources:
        cells = list(fit.sources[NOME].cells)
        yield from (cell for cell in cells[:1] if len(cells) == 1 and cell.index < width)
        return
    yield from _silent_columns(fit, width)


def _silent_columns(fit: Fit, width: int) -> Iterator[HeaderCell]:
    """The columns that say nothing of a note but, it may be, its reference."""
    others = [one for path, one in fit.sources.items() if path != "referencia"]
    used = {cell.index for one in others for cell in one.cells}
    yield from (each for each in fit.header.cells if each.index not in used and each.index < width)


def _codes(sheet: RawSheet, fit: Fit) -> Iterator[tuple[str, Mapping[str, str], set[str]]]:
    """Header, names by code, and the codes of several, of each column of a list that has codes.

    Most of them are of one name each; all of them under a header that says of no code.
    """
    columns = below(sheet, fit.header.row)
    if NOME not in fit.sources or len(fit.sources[NOME].cells) != 1:
        return
    names, codes = columns[fit.sources[NOME].cells[0].index], vocabulary().ideas_of["codigos"]
    for cell in _silent_columns(fit, len(columns)):
        pairs = _pairs(columns[cell.index], names)
        counts = Counter(code for code, _ in pairs)
        several = _of_several(counts)
        may_repeat = words_of(cell.column.header).ideas & codes and 2 * len(several) < len(counts)
        if pairs and (may_repeat or not several):
            yield cell.column.header, _of_one(pairs, several), several


def _of_several(counts: Mapping[str, int]) -> set[str]:
    return {code for code, count in counts.items() if count > 1}


def _of_one(pairs: Sequence[tuple[str, str]], several: Collection[str]) -> dict[str, str]:
    return {code: name for code, name in pairs if code not in several}


def _pairs(codes: Column, names: Column) -> list[tuple[str, str]]:
    """Code and name of each row that has both; what stands there twice, once."""
    told = [
        (_code(code), text_of(name))
        for code, name in zip(codes, names, strict=True)
        if not is_blank(code) and not is_blank(name)
    ]
    return list({(code, fold(name)): (code, name) for code, name in told}.values())


def _code(value: RawValue) -> str:
    """A code however it is kept: the number `1` and the text `001` are the same."""
    folded = fold(text_of(value))
    return folded.lstrip("0") or "0" if folded.isdecimal() else folded


def _alike(cell: HeaderCell, header: str, *, named: bool) -> bool:
    """Whether two headers are of the same codes: alike, or both of a code; of names, the list's."""
    codes = vocabulary().ideas_of["codigos"]
    if named:
        return bool(words_of(header).ideas & codes)
    alike = bool(cell.folded) and cell.folded == fold(header)
    return alike or all(words_of(text).ideas & codes for text in (cell.column.header, header))


def told_of_notes(
    names: Sequence[RawValue], paths: frozenset[str], lists: Sequence[Listed]
) -> tuple[str, tuple[str, ...]] | None:
    """The first list with some of the customers `names` that says more of their notes.

    Its name, and the headers of fields of a note that are none of `paths`.
    """
    for sheet, fit in lists:
        more = _more(fit, paths) if NOME in fit.sources else ()
        if more:
            column = below(sheet, fit.header.row)[fit.sources[NOME].cells[0].index]
            if _folded(names) & _folded(column):
                return sheet.name, more
    return None


def _folded(names: Sequence[RawValue]) -> set[str]:
    return {fold(text_of(value)) for value in {*names} if not is_blank(value)}


def _more(fit: Fit, paths: frozenset[str]) -> tuple[str, ...]:
    """The headers of what a list says of a service that changes what is paid or how it is taxed."""
    of_taxes = vocabulary().paths_of["de_impostos"]
    told = (one for path, one in fit.sources.items() if path in of_taxes - paths)
    return tuple(dict.fromkeys(one.column.header for one in told))
