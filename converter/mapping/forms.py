"""Sheets that are forms: a note, or several, as pairs of a label and its value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from converter.mapping.above import ROWS
from converter.mapping.header_words import words_of
from converter.mapping.labels import Labelled, is_label, labelled, texts
from converter.mapping.value_kinds import is_amount, is_document, is_month, is_written_day
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawSheet, RawValue, is_blank

_ROWS = 60
_FEWEST = 3
_DOCUMENTS = frozenset({"cpf_cnpj", "cpf", "cnpj"})


@dataclass(frozen=True, slots=True)
class Form:
    """A form: `row` and `letter` of the label of its customer, what it says, as `Label: value`."""

    row: int
    letter: str
    label: str
    texts: tuple[str, ...]


def form_above(sheet: RawSheet, header_row: int) -> Form | None:
    """The form above a table of what was done: its customer, and its day, situation or amount.

    To be asked only where no column of the table says the customer.
    """
    found = labelled(sheet, header_row - ROWS, header_row - 1)
    named = [one for one in found if one.of_customer and "razao_social" in one.ends]
    surely = [one for one in found if one.sure and _says(one) & {"data", "situacao", "valor"}]
    return _form(named[0], found) if named and surely and named[0].sure else None


def form_alone(sheet: RawSheet) -> Form | None:
    """The first of the forms that are all a sheet has: a customer and an amount among pairs."""
    pairs = _rows_of_pairs(sheet)
    if not pairs:
        return None
    found = [one for one in labelled(sheet, pairs[0], pairs[-1]) if one.row in pairs]
    said = set().union(*(_says(one) for one in found if one.sure))
    who = [one for one in found if {"cliente", "documento"} & _says(one)]
    return _form(who[0], found) if who and "valor" in said and len(said) >= _FEWEST else None


def _rows_of_pairs(sheet: RawSheet) -> list[int]:
    """The Excel rows of pairs, where they are most of a sheet; none where they are not."""
    pairs = [number for number, row in _filled(sheet) if _are_pairs(row)]
    others = [number for number, row in _filled(sheet) if len(row) > 1 and number not in pairs]
    return pairs if len(pairs) >= _FEWEST and 2 * len(others) <= len(pairs) else []


def _form(who: Labelled, found: Sequence[Labelled]) -> Form:
    told = [one for one in found if one.sure and not is_blank(one.value)]
    return Form(who.row, who.letter, who.label.strip(), tuple(texts(told)))


def _says(one: Labelled) -> set[str]:
    """What of a note a label and its value say."""
    return {kind for kind, it_is in _kinds(one) if it_is}


def _kinds(one: Labelled) -> Iterator[tuple[str, bool]]:
    words, value = words_of(one.label), one.value
    ideas = words.ideas
    yield "cliente", "razao_social" in one.ends and not is_blank(value)
    yield "documento", bool(_DOCUMENTS & one.ends) and is_document(value)
    yield "situacao", "situacao" in ideas and not is_blank(value)
    yield "valor", bool(ideas & vocabulary().ideas_of["quantia"]) and is_amount(value)
    # A month is of all that is below, and so is a range of days.
    a_day = isinstance(value, date) or (is_written_day(value) and not is_month(value))
    yield "data", a_day and not ideas & vocabulary().ideas_of["de_toda_a_folha"]


def _filled(sheet: RawSheet) -> Iterator[tuple[int, list[RawValue]]]:
    """Excel row and filled cells of the first rows with any."""
    for number, row in enumerate(sheet.rows[:_ROWS], start=1):
        filled = [value for value in row if not is_blank(value)]
        if filled:
            yield number, filled


def _are_pairs(filled: Sequence[RawValue]) -> bool:
    """Whether a row is labels, each with its value in its own cell or in the next one."""
    if all(isinstance(cell, str) and _holds_both(cell) for cell in filled):
        return True
    labels, values = filled[::2], filled[1::2]
    return (
        len(labels) == len(values)
        and all(map(is_label, labels))
        and not any(isinstance(value, str) and value.strip().endswith(":") for value in values)
        and not all(map(is_label, values))
    )


def _holds_both(cell: str) -> bool:
    label, colon, value = cell.partition(":")
    return bool(colon and value.strip()) and words_of(label).known
