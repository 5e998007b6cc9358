"""What a text says of whether a note is to go: `NÃO emitir nota`, `já saiu`, `sim – dezembro`."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from converter.brazil import yesno
from converter.brazil.headers import fold_words
from converter.mapping.rows import Column
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue

_DASHES = frozenset("-–—_./*? ")
_FEW_WORDS, _LETTERS = 4, 3
_LONGEST_CURRENCY = 25
_ISSUED = re.compile(r"(?:nf|nfs|nfse|nfs e|nfe|nf e|nota|nota fiscal)(?: n| no| nr| numero)? ?\d+")
_AMOUNT = re.compile(r"\$ ?\d|\d,\d{2}(?!\d)|\d ?%")
_WORD = re.compile(r"[^\W\d_]{2}")
_LONGEST_NO, _LONGEST_BEGINNING = 6, 20
_ALPHANUMERIC = re.compile(r"[^\W_]")
_BETWEEN = "\0"
"""Stands between two texts looked through at once, and in none of them."""


def remarks(column: Column, phrases: Sequence[str]) -> dict[RawValue, None]:
    """The distinct texts of a column in which one of `phrases` begins at a word."""
    texts = [value for value in dict.fromkeys(column) if type(value) is str]
    if not texts:
        return {}
    present = _likely(texts, phrases)
    if not present:
        return {}
    joined = _bare(_BETWEEN.join(texts))
    if joined.count(_BETWEEN) >= len(texts):
        joined = _bare(_BETWEEN.join(text.replace(_BETWEEN, " ") for text in texts))
    spelt = "|".join(map(_pattern, present))
    found = _begun(f"(?:{spelt})").finditer(joined)
    return dict.fromkeys(texts[joined.count(_BETWEEN, 0, one.start())] for one in found)


def _likely(texts: Sequence[str], phrases: Sequence[str]) -> list[str]:
    """The phrases whose longest word begins a word of the texts; no other can be in them.

    Descriptions repeat their words, and hardly any has such a word at all: the words that differ
    are looked through, all at once.
    """
    words = _bare(" ".join({*" ".join(texts).split(" ")}))
    longest = _longest_words(tuple(phrases))
    there = {word for word in {*longest.values()} if word in words and _begun(word).search(words)}
    return [phrase for phrase in phrases if longest[phrase] in there]


def changing(column: Column) -> dict[RawValue, None]:
    """The distinct texts of a column that may change the note: an amount, a tax, somebody else."""
    texts = [value for value in dict.fromkeys(column) if type(value) is str]
    amounts = dict.fromkeys(text for text in texts if _AMOUNT.search(text) and _WORD.search(text))
    alone = dict.fromkeys(text for text in texts if len(text) <= _LONGEST_NO and _is_no(text))
    told = remarks(column, vocabulary().statuses["muda"])
    return {one: None for one in told if _has_effect(text_of(one))} | amounts | alone


def _has_effect(text: str) -> bool:
    """Whether more is said than how the note goes to the customer, or when it is paid."""
    statuses, folded = vocabulary().statuses, fold_words(text)
    for phrase in statuses["sem_efeito"]:
        folded = folded.replace(phrase, " ")
    return begins(folded, statuses["muda"])


def _is_no(text: str) -> bool:
    return fold_words(text) in {"nao", "n"}


@cache
def _longest_words(phrases: tuple[str, ...]) -> dict[str, str]:
    return {phrase: max(phrase.split(), key=len) for phrase in phrases}


def _begun(pattern: str) -> re.Pattern[str]:
    """A pattern where it begins a word."""
    return re.compile(rf"(?<![a-z0-9]){pattern}")


def issued_notes(column: Column) -> dict[RawValue, None]:
    """The distinct texts of a column that say the number of a note: `NF 2217`, `Faturado NF 1093`.

    A longer text may speak of any note.
    """
    texts = (value for value in dict.fromkeys(column) if type(value) is str)
    return dict.fromkeys(text for text in texts if _says_a_note(fold_words(text)))


def _says_a_note(text: str) -> bool:
    if _ISSUED.fullmatch(text):
        return True
    issued = text.startswith(vocabulary().statuses["emitida"]) or says_whether(text)
    return issued and len(text.split()) <= _FEW_WORDS and _ISSUED.search(text) is not None


def _pattern(phrase: str) -> str:
    """A phrase with anything but words between its own; a blank at its end ends its last word."""
    whole = "(?![a-z0-9])" if phrase.endswith(" ") else ""
    return rf"[^a-z0-9{_BETWEEN}]+".join(phrase.split()) + whole


def _bare(text: str) -> str:
    """Small letters without accents; what is no letter of the alphabet is left out."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()


def is_legend(text: str) -> bool:
    """Whether a text tells what a colour says of notes: `verde = nota já emitida`."""
    folded, statuses = fold_words(text), vocabulary().statuses
    named = folded.startswith(statuses["legenda"]) and begins(folded, statuses["cores"])
    told = (kind for name in ("impede", "emitida", "recado", "aviso") for kind in statuses[name])
    return (named or folded.startswith(statuses["cores"])) and begins(folded, tuple(told))


def begins(text: str, phrases: Sequence[str]) -> bool:
    """Whether one of `phrases` stands in a plain text, from the beginning of a word."""
    padded = f" {text}"
    return any(f" {phrase}" in padded for phrase in phrases)


def stops(value: RawValue) -> bool:
    """A situation in which no note goes: what was sold is undone, or the note is out."""
    statuses = vocabulary().statuses
    return fold_words(text_of(value)).startswith(statuses["impede"] + statuses["emitida"])


def says_no(value: RawValue) -> bool:
    """A no, with words after it or not, or a situation in which no note goes."""
    text = fold_words(text_of(value))
    return yesno.parse(value).value is False or text.startswith("nao") or stops(value)


def is_situation(value: RawValue) -> bool:
    """A few words that tell how a row stands."""
    text = fold_words(text_of(value))
    statuses = vocabulary().statuses
    words = (*statuses["impede"], *statuses["emitida"], *statuses["deixa"], "aguard", "nao ")
    return len(text.split()) <= _FEW_WORDS and text.startswith(words)


def is_payment(value: RawValue) -> bool:
    """What was paid with, and nothing of how the row stands: `pix`, `cartão 6x`."""
    words = fold_words(text_of(value)).split()
    means = vocabulary().statuses["meios"]
    others = (word in means or word[0].isdigit() for word in words[1:])
    return bool(words) and words[0] in means and all(others)


def says_whether(value: RawValue) -> bool:
    """Yes or no, with a word after it or not: `não – dezembro`, `já faturado`."""
    if isinstance(value, bool):
        return True
    first = fold_words(text_of(value)[:_LONGEST_BEGINNING]).partition(" ")[0]
    return first in {"sim", "nao", "s", "n", "ja", "ok", "x"}


def goes_on(value: RawValue) -> bool:
    """A yes or a no with words after it: `Sim - coberto pelo plano`."""
    words = fold_words(text_of(value)).split()
    after = [word for word in words[1:] if len(word) >= _LETTERS and word.isalpha()]
    return says_whether(value) and bool(after)


def ticks(value: RawValue) -> bool:
    """A yes, a no, or a mark in their place: `✓`, `x`."""
    return says_whether(value) or is_tick(value)


def is_tick(value: RawValue) -> bool:
    """A mark without a letter or a digit that is no dash: `✓`."""
    text = text_of(value)
    return bool(text) and not _ALPHANUMERIC.search(text) and not set(text) <= _DASHES


def is_regime(value: RawValue) -> bool:
    """The tax regime of a client."""
    return fold_words(text_of(value)).startswith(vocabulary().regimes)


def is_currency(value: RawValue) -> bool:
    """A word that may be a currency's: `BRL`, `US$`, `Dólar americano`; no date, and no amount."""
    text = text_of(value).strip()
    return bool(text) and len(text) <= _LONGEST_CURRENCY and not any(map(str.isdigit, text))


def is_foreign(value: RawValue) -> bool:
    """A currency that is not the real: `USD`, `€`; a number alone is a code of somebody's own."""
    text = text_of(value).strip()
    return (
        bool(text) and not text.isdigit() and fold_words(text) not in vocabulary().statuses["reais"]
    )
