"""Rows between the notes that say whose the ones below are: `Padaria Sol - CNPJ 11.222...`."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from converter.brazil.documents_in_text import documents_in
from converter.mapping.header_words import words_of
from converter.mapping.value_kinds import is_company, is_name
from converter.mapping.values import text_of
from converter.model.cells import RawSheet, RawValue, is_blank

_LONGEST_LABEL = 30
_NOT_DIGITS = re.compile(r"\D")


def names_somebody(text: str) -> bool:
    """Whether a text names somebody of a note: by a document, or by a label (`Cliente: Ana`)."""
    label, colon, rest = text.partition(":")
    labelled = colon and rest.strip() and len(label) <= _LONGEST_LABEL
    return bool(labelled and words_of(label).parties) or bool(documents_in(text))


def is_heading(filled: Mapping[int, RawValue]) -> bool:
    """Whether a row says in its only cell whose the rows below are, and more than a document."""
    if len(filled) != 1:
        return False
    [value] = filled.values()
    if not isinstance(value, str) or not names_somebody(value):
        return False
    return sum(map(str.isalpha, value)) > sum(map(str.isdigit, value)) / 2


def headings(
    sheet: RawSheet,
    header_row: int,
    notes: Sequence[int],
    people: Iterable[Sequence[RawValue]],
) -> dict[int, str]:
    """The texts that say whose the notes below them are, by Excel row, the first ones first.

    Not what the table says already: above its header, as pages printed repeat it, or in the notes.

    Args:
        sheet: As read.
        header_row: As Excel shows it.
        notes: Excel rows of the notes, in order.
        people: The columns of the notes that say who the customer is; none where no column does.
    """
    columns = list(people)
    between = dict(_between(sheet, header_row, notes, nameless=not columns))
    if not between:
        return {}
    known = {text for row in sheet.rows[:header_row] for text in row if isinstance(text, str)}
    documents = {each for text in known for each in documents_in(text)}
    documents |= {_NOT_DIGITS.sub("", text_of(value)) for each in columns for value in set(each)}
    return {
        row: text
        for row, text in between.items()
        if text not in known and not _all_known(text, documents)
    }


def _all_known(text: str, documents: set[str]) -> bool:
    found = documents_in(text)
    return bool(found) and all(each in documents or each.lstrip("0") in documents for each in found)


def _between(
    sheet: RawSheet, header_row: int, notes: Sequence[int], *, nameless: bool
) -> Iterator[tuple[int, str]]:
    """Row and text of what names somebody above the last note; a bare name where no column does."""
    for number, texts in _no_notes(sheet, header_row, notes):
        alone = nameless and len(texts) == 1 and (is_company(texts[0]) or _is_full_name(texts[0]))
        if alone or any(isinstance(text, str) and names_somebody(text) for text in texts):
            yield number, " ".join(map(text_of, texts))


def _no_notes(
    sheet: RawSheet, header_row: int, notes: Sequence[int]
) -> list[tuple[int, list[RawValue]]]:
    """Row and filled cells of each row between the header and the last note that is no note."""
    last = notes[-1] if notes else 0
    if last - header_row <= len(notes):
        return []
    kept = set(notes)
    rows = enumerate(sheet.rows[header_row:last], start=header_row + 1)
    others = [(number, row) for number, row in rows if number not in kept]
    return [(number, [value for value in row if not is_blank(value)]) for number, row in others]


def _is_full_name(value: RawValue) -> bool:
    """Two words or more, each with a capital, and no figure: `Helena Prado`."""
    words = value.split() if isinstance(value, str) and is_name(value) else []
    long = [word for word in words if len(word) > 3]
    return (
        len(words) > 1 and bool(long) and all(word[0].isupper() and word.isalpha() for word in long)
    )
