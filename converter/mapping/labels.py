"""Labels and their values outside a table: `Cliente: Ana`, or a label beside or over its value."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from converter.brazil.documents_in_text import documents_in
from converter.mapping.above import PIECES
from converter.mapping.header_words import words_of
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.address import letters_of
from converter.model.cells import RawSheet, RawValue, is_blank

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and its value, at the cell of the label; `sure` where a colon or a cell parts them.

    A value is None where there is none: `Cliente:` alone.
    """

    label: str
    value: RawValue
    row: int
    letter: str
    sure: bool = True

    @property
    def told(self) -> str:
        """Both as a person would write them."""
        return f"{self.label.strip()}: {text_of(self.value)}"

    @property
    def ends(self) -> frozenset[str]:
        """What of a person the label may be of: `razao_social`, `cpf_cnpj`; of any other, none."""
        words = words_of(self.label)
        if words.ideas:
            return frozenset(vocabulary().ends(words.ideas))
        return frozenset({"razao_social"} if words.parties else ())

    @property
    def of_customer(self) -> bool:
        """Whether the label is of a customer."""
        return bool(vocabulary().customers.intersection(words_of(self.label).parties))


def labelled(sheet: RawSheet, first: int, last: int) -> list[Labelled]:
    """Everything labelled in the Excel rows `first` to `last`, in their order."""
    found: list[Labelled] = []
    for number in range(max(first, 1), last + 1):
        row = sheet.rows[number - 1] if number <= len(sheet.rows) else ()
        filled = [(index, value) for index, value in enumerate(row) if not is_blank(value)]
        below = sheet.rows[number] if number < min(last, len(sheet.rows)) else ()
        for (index, cell), (_, beside) in zip_longest(filled, filled[1:], fillvalue=(0, None)):
            if isinstance(cell, str) and index is not None:
                under = below[index] if index < len(below) else None
                pairs = _of_cell(cell, beside, under)
                found.extend(Labelled(a, b, number, letters_of(index + 1), c) for a, b, c in pairs)
    return found


def _of_cell(text: str, beside: RawValue, under: RawValue) -> Iterator[tuple[str, RawValue, bool]]:
    """The labels in one cell with their values, and whether they are surely parted."""
    label, colon, rest = text.partition(":")
    if is_label(text) and not rest.strip():
        value = _first([beside, under], a_label=_ends_in_colon if colon else is_label)
        if colon or value is not None:
            yield label, value, True
        return
    pieces = PIECES.split(text)
    for piece in pieces:
        label, colon, rest = piece.partition(":")
        if colon and rest.strip() and len(label) <= _LONGEST:
            yield label, rest.strip(), len(pieces) == 1 or ":" in pieces[-1]
        elif not colon:
            yield from _without_colon(piece)


def _first(values: Sequence[RawValue], a_label: Callable[[RawValue], bool]) -> RawValue:
    """The first of some cells that is a value."""
    return next((one for one in values if not is_blank(one) and not a_label(one)), None)


def _ends_in_colon(value: RawValue) -> bool:
    return isinstance(value, str) and value.strip().endswith(":")


def _without_colon(piece: str) -> Iterator[tuple[str, RawValue, bool]]:
    """`CNPJ 11.222.333/0001-81`; and of a customer, which may be a title: `Cliente Ana Lobo`."""
    words = piece.split()
    if len(words) > 1 and documents_in(words[-1]):
        yield " ".join(words[:-1]), words[-1], True
    elif len(words) > 1 and words_of(piece).leads and words_of(words[0]).known:
        yield words[0], " ".join(words[1:]), False


def is_label(value: RawValue) -> bool:
    """Whether a cell is a label and nothing else: it ends in a colon, or each word is known."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return False
    text = value.strip()
    return text.endswith(":") or words_of(text).known


def texts(found: Sequence[Labelled]) -> list[str]:
    """What is labelled as a person would write it, each once."""
    return list(dict.fromkeys(one.told for one in found))
