"""The customer written above a table none of whose columns names one: `Cliente: Hospital Inês`."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from converter.brazil import documento
from converter.mapping.above import ROWS, Above
from converter.mapping.header_words import words_of
from converter.mapping.labels import Labelled, labelled, texts
from converter.mapping.sense import NOME
from converter.mapping.value_kinds import is_month
from converter.mapping.values import text_of
from converter.model.cells import RawSheet, RawValue, is_blank

_DOCUMENTS = frozenset({"cpf_cnpj", "cpf", "cnpj"})
_NAME = "razao_social"


@dataclass(frozen=True, slots=True)
class CustomerAbove:
    """What the labels above a table say of its customer; `values` is empty where it is not sure.

    `texts` are the labels with their values, `more` those of them that are not used.
    """

    values: tuple[Above, ...]
    texts: tuple[str, ...]
    more: bool


def customer_above(sheet: RawSheet, header_row: int, own: Collection[str]) -> CustomerAbove | None:
    """The customer that is named above Excel row `header_row`, None where none is.

    Args:
        sheet: As read.
        header_row: Where the table begins.
        own: The CNPJs of those who issue: theirs is no customer's.
    """
    found = labelled(sheet, header_row - ROWS, header_row - 1)
    named = _named(found)
    if not named:
        return None
    documents = dict(_documents(found))
    theirs = [one for one, digits in documents.items() if digits not in own]
    sure = _is_sure(named, theirs, found)
    if not (sure or theirs) and any(one.row >= named[0].row for one in documents):
        return None  # an office calls whoever issues its customer
    told = _told(found, [*named, *theirs])
    more = any(not is_month(one.value) for one in told if one not in (*named, *documents))
    return CustomerAbove(_values(named[0], theirs) if sure else (), tuple(texts(told)), more)


def _named(found: Sequence[Labelled]) -> list[Labelled]:
    """The labels of a customer's name, if a word is the value of one of them."""
    named = [one for one in found if one.of_customer and _NAME in one.ends]
    return named if any(_has_letters(one.value) for one in named) else []


def _has_letters(value: RawValue) -> bool:
    return isinstance(value, str) and any(map(str.isalpha, value))


def _told(found: Sequence[Labelled], used: Collection[Labelled]) -> list[Labelled]:
    """What is shown to the person: what is used, and all else that surely says something."""
    return [one for one in found if one in used or (one.sure and not is_blank(one.value))]


def _values(named: Labelled, documents: Collection[Labelled]) -> tuple[Above, ...]:
    """What the notes below take from above: the name of the customer, and his document."""
    return (
        Above(NOME, text_of(named.value), named.row),
        *(Above("tomador.cpf_cnpj", text_of(one.value), one.row) for one in documents),
    )


def _documents(found: Sequence[Labelled]) -> Iterator[tuple[Labelled, str]]:
    """What is labelled as a CPF or a CNPJ and is one, with its digits."""
    for one in found:
        parsed = documento.parse(one.value).value if _DOCUMENTS & one.ends else None
        if parsed is not None:
            yield one, parsed[1]


def _is_sure(
    named: Sequence[Labelled], documents: Collection[Labelled], found: Sequence[Labelled]
) -> bool:
    """Whether one customer is named, and the one document at most is below its name or in its row.

    One that stands there without being valid leaves it open, and so does one of another.
    """
    [first, *others] = named
    if others or not first.sure or set(words_of(first.label).parties) != {"tomador"}:
        return False
    there = [one for one in found if _DOCUMENTS & one.ends and one.row >= first.row]
    return len(documents) <= 1 and set(there) == set(documents)
