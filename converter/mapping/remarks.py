"""Remarks in free text that say a note must not go: `NÃO emitir nota`, `já saiu nota`."""

import unicodedata
from collections.abc import Sequence

from converter.mapping.rows import Column
from converter.model.cells import RawValue


def remarks(column: Column, phrases: Sequence[str]) -> dict[RawValue, None]:
    """The distinct texts of a column in which one of `phrases` begins at a word."""
    texts = [value for value in dict.fromkeys(column) if type(value) is str]
    # One look over all of them first: hardly any column has such a word at all.
    joined = "\n".join(texts).casefold()
    stems = {stem for phrase in phrases if (stem := max(phrase.split(), key=len)) in joined}
    if not stems:
        return {}
    return dict.fromkeys(
        text
        for text in texts
        if any(stem in text.casefold() for stem in stems) and begins(plain(text), phrases)
    )


def plain(text: str) -> str:
    """Words alone: no accents, case or marks between them."""
    spelt = unicodedata.normalize("NFKD", text)
    bare = "".join(
        char if char.isalnum() else " " for char in spelt if not unicodedata.combining(char)
    )
    return " ".join(bare.casefold().split())


def begins(text: str, phrases: Sequence[str]) -> bool:
    """Whether one of `phrases` stands in a plain text, from the beginning of a word."""
    padded = f" {text}"
    return any(f" {phrase}" in padded for phrase in phrases)
