"""The customers of `cadastros/tomadores.xlsx`, or of a tab of the same workbook.

A note takes from here what its row leaves out: by document, else by exactly the same name. What a
cell says is never replaced.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain

from converter.brazil import documento
from converter.brazil.headers import fold, fold_words
from converter.mapping.header_words import words_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawBook, RawSheet, RawValue, is_blank
from converter.registers.columns import OF_TOMADOR, header_of, headers, records
from converter.registers.customer import DOCUMENTS, NOME


@dataclass(frozen=True, slots=True)
class Tomador:
    """One customer: `values` as typed, by API path; `place` is where it stands, for the reader.

    `also` is what else it is called there, folded: short names, codes.
    """

    place: str
    values: Mapping[str, RawValue]
    also: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name, folded for comparing; empty where there is none."""
        return fold(str(self.values.get(NOME) or ""))

    @property
    def document(self) -> str | None:
        """The digits of a valid CPF or CNPJ; None where there is none."""
        return document_of(self.values)


class Doubt(StrEnum):
    """Why a row cannot take its customer from the register; codes of the catalogue."""

    SAME_NAME = "cadastro-nome-repetido"
    OTHER_DOCUMENT = "cadastro-documento-de-outro"
    OTHER_NAME = "cadastro-nome-difere"
    SHORT_NAME = "cadastro-outro-nome"


@dataclass(frozen=True, slots=True)
class Found:
    """What the register says of one row: the customer, and what makes one doubt it."""

    tomador: Tomador | None
    doubt: Doubt | None = None
    others: tuple[Tomador, ...] = ()


@dataclass(frozen=True, slots=True)
class Tomadores:
    """The customers by document, by name, and by what else they are called.

    `twice` are the documents that two rows claim: neither is used.
    """

    by_document: Mapping[str, Tomador] = field(default_factory=dict)
    by_name: Mapping[str, tuple[Tomador, ...]] = field(default_factory=dict)
    twice: tuple[tuple[Tomador, Tomador], ...] = ()
    by_other_name: Mapping[str, tuple[Tomador, ...]] = field(default_factory=dict)

    @property
    def everyone(self) -> tuple[Tomador, ...]:
        """Every customer once, by name."""
        listed = {id(one): one for named in self.by_name.values() for one in named}
        listed |= {id(one): one for one in self.by_document.values()}
        return tuple(sorted(listed.values(), key=lambda one: (one.name, one.place)))

    def __bool__(self) -> bool:
        return bool(self.by_document or self.by_name)

    def find(self, values: Mapping[str, RawValue]) -> Found:
        """The customer of a row, by what its own cells say of document and name."""
        name = fold(str(values.get(NOME) or ""))
        named = self.by_name.get(name, ()) if name else ()
        document = document_of(values)
        if document is not None:
            return self._of_document(document, name, named)
        if any(not is_blank(values.get(path)) for path in DOCUMENTS):
            return Found(None)  # a document nobody can read is told at its own cell
        return self._of_name(name, named)

    def _of_name(self, name: str, named: tuple[Tomador, ...]) -> Found:
        """The customer of a name alone, or who is also called so where nobody has it as a name."""
        doubt = None
        if name and not named:
            named, doubt = self.by_other_name.get(name, ()), Doubt.SHORT_NAME
        if len({one.document or one.place for one in named}) > 1:
            return Found(None, Doubt.SAME_NAME, named)
        return Found(named[0], doubt, named if doubt else ()) if named else Found(None)

    def _of_document(self, document: str, name: str, named: tuple[Tomador, ...]) -> Found:
        known = self.by_document.get(document)
        if any(one.document == document for one in named):
            return Found(known)
        others = tuple(one for one in named if one.document is not None)
        if others:
            return Found(None, Doubt.OTHER_DOCUMENT, others)
        if known is not None and name and known.name and known.name != name:
            return Found(known, Doubt.OTHER_NAME, (known,))
        return Found(known)


def document_of(values: Mapping[str, RawValue]) -> str | None:
    """The digits of the first valid document among a row's cells."""
    for path in DOCUMENTS:
        parsed = documento.parse(values.get(path))
        if parsed.value is not None:
            return parsed.value[1]
    return None


def of_book(book: RawBook) -> Tomadores:
    """The customers of a register: every visible sheet with a name or document column."""
    return of_rows(one for sheet in book.sheets if sheet.visible for one in of_sheet(sheet))


def of_sheet(
    sheet: RawSheet, understood: Mapping[int, str] | None = None, row: int = 0
) -> Iterable[Tomador]:
    """The customers of one sheet, by the headers that are the catalogue's.

    Args:
        sheet: As read.
        understood: Paths of other columns by index, from 0, that were understood otherwise.
        row: The Excel row of the headers of those.
    """
    paths = (*OF_TOMADOR, "tomador.cnpj", "tomador.cpf")
    usual = header_of(sheet, headers(paths))
    header = usual or (row - 1, {})
    if header[0] == row - 1:
        told = (understood or {}).items()
        more = {i: path for i, path in told if path in paths and path not in header[1].values()}
        header = header[0], {**more, **header[1]}
    if not {NOME, *DOCUMENTS} & {*header[1].values()}:
        return ()
    named = [at for at, cell in enumerate(sheet.rows[header[0]]) if _heads_names(cell)]
    return [
        Tomador(f"{sheet.name}, linha {row}", cells, _also(sheet.rows[row - 1], named))
        for row, cells in records(sheet, *header)
    ]


def _heads_names(cell: RawValue) -> bool:
    """Whether a header is of what the customer is called: `Apelido`, and not `Contato`."""
    said = words_of(cell) if isinstance(cell, str) else None
    if said is None or not (said.ideas or said.parties):
        return False
    return said.ideas <= vocabulary().ideas_of["outros_nomes"] and {*said.parties} <= {"tomador"}


def _also(row: Sequence[RawValue], named: Sequence[int]) -> tuple[str, ...]:
    """The texts of a row in the columns `named`, folded, with and without a company's form."""
    texts = [row[at] for at in named if at < len(row)]
    said = [text for text in texts if type(text) is str and fold(text)]
    return tuple(dict.fromkeys(chain(map(fold, said), map(_without_form, said))))


def _without_form(name: str) -> str:
    """A name folded, without how that of a company ends: `Padaria Sol` of `Padaria Sol Ltda`."""
    words = fold_words(name)
    forms = (form for form in vocabulary().forms if words.endswith(f" {form}"))
    return fold(words.removesuffix(max(forms, key=len, default="")))


def of_rows(customers: Iterable[Tomador]) -> Tomadores:
    """The customers, found by document and by name; a document that two claim finds neither."""
    by_document: dict[str, Tomador] = {}
    by_name: dict[str, list[Tomador]] = defaultdict(list)
    by_other_name: dict[str, list[Tomador]] = defaultdict(list)
    twice: list[tuple[Tomador, Tomador]] = []
    for one in customers:
        document = one.document
        if document is not None:
            first = by_document.setdefault(document, one)
            if first is not one and _says(first) != _says(one):
                twice.append((first, one))
                continue
            if first is not one:
                continue
        if one.name:
            by_name[one.name].append(one)
        for name in one.also:
            by_other_name[name].append(one)
    for first, _ in twice:
        by_document.pop(first.document or "", None)
        for names in (by_name, by_other_name):
            _take_out(first, names)
    return Tomadores(by_document, _tuples(by_name), tuple(twice), _tuples(by_other_name))


def _take_out(customer: Tomador, names: dict[str, list[Tomador]]) -> None:
    """Let a customer be found by nothing it is called; others called the same still are."""
    for name in {customer.name, *customer.also} & names.keys():
        names[name] = [one for one in names[name] if one is not customer]


def _tuples(named: Mapping[str, Sequence[Tomador]]) -> dict[str, tuple[Tomador, ...]]:
    return {name: tuple(customers) for name, customers in named.items()}


def _says(one: Tomador) -> Sequence[tuple[str, str]]:
    return sorted((path, str(value).strip()) for path, value in one.values.items())
