"""Rows right under the header that say how to fill the sheet: no notes, however full they are."""

from collections.abc import Sequence
from string import ascii_uppercase

from converter.brazil.headers import unaccented
from converter.mapping.header_words import is_hint
from converter.mapping.value_kinds import has_cents, is_day, is_document, is_email
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue, is_blank

_LOOKED_AT = 4
_FEWEST, _MOST = 2, 0.6


def instructions(body: Sequence[Sequence[RawValue]]) -> tuple[int, ...]:
    """Positions, from 0 under the header, of the rows of instructions and examples there.

    Only those before the first note are looked at.
    """
    found: list[int] = []
    for place, row in enumerate(body[:_LOOKED_AT]):
        filled = [value for value in row if not is_blank(value)]
        if not filled:
            continue
        if not _instructs(filled):
            break
        found.append(place)
    return tuple(found)


def _instructs(filled: Sequence[RawValue]) -> bool:
    if _counts_columns(filled):
        return True
    first = filled[0]
    if isinstance(first, str) and _is_example(_plain(first)):
        return True
    told = sum(isinstance(value, str) and _tells_how(value) for value in filled)
    return told >= max(_FEWEST, _MOST * len(filled)) and not any(map(_of_a_note, filled))


def _counts_columns(filled: Sequence[RawValue]) -> bool:
    """Whether a row numbers the columns above it: `1`, `2`, `3`; `(A)`, `(B)`, `(C)`."""
    told = [text_of(value).strip(" ()[].").upper() for value in filled]
    numbers = [str(number) for number in range(1, len(told) + 1)]
    return len(told) > _FEWEST and told in (numbers, list(ascii_uppercase[: len(told)]))


def _is_example(text: str) -> bool:
    """`Exemplo`, `Ex.: …`: the word alone, or before a colon; `Exemplo de aula` is a text."""
    word, colon, _ = text.partition(":")
    return word.rstrip(". ") in vocabulary().examples and bool(colon or word == text)


def _of_a_note(value: RawValue) -> bool:
    return is_document(value) or is_email(value) or is_day(value) or has_cents(value)


def _tells_how(text: str) -> bool:
    if is_hint(text.strip(" ()[]*")):
        return True
    return _plain(text).startswith(vocabulary().instructions)


def _plain(text: str) -> str:
    return unaccented(text).strip(" ()[]*")
