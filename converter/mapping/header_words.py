"""What a header says, word by word: its ideas, whose they are, and what its hints allow."""

import re
from dataclasses import dataclass
from functools import lru_cache

from converter.brazil.headers import fold_words, unaccented
from converter.mapping.vocabulary import Vocabulary, vocabulary

_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]?")
_NUMBERING = re.compile(r"^\s*(?:\(?\d{1,3}\s*[-.)–:]\s+|\(\d{1,3}\)\s*)")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}[^\W\d_]?(?!\w)")
_EXAMPLE = re.compile(r"\b(?:ex|exemplo|por exemplo|e\.g)\b\.?\s*[:.]?.*", re.IGNORECASE)
_TAIL = re.compile(r"\s+[-–—:]\s+([^-–—:]{1,40})$")
_WITH_TAXES = re.compile(
    r"\b(?:com|c/|incl\w*\.?)\s*(?:os\s+)?(?:impostos?|tributos?|encargos)\b", re.IGNORECASE
)
"""After an amount: all of it, and not what the taxes are."""
_RATE = re.compile(r"\b\d{1,2}(?:[.,]\d{1,2})?\s*%")
_MONEY = re.compile(r"R\$|\b(?:reais|BRL)\b", re.IGNORECASE)
_DOLLARS = re.compile(r"\bUS\s?\$|\bU\$S?", re.IGNORECASE)
_YES_NO = re.compile(r"\bs\s*/\s*n\b|\bsim\s*(?:/|ou|,)\s*n[aã]o\b|\?\s*$", re.IGNORECASE)
_DAY = re.compile(r"\bdd\s*[/.-]\s*mm\b|\baaaa\s*-\s*mm", re.IGNORECASE)
_CUT_SHORT = re.compile(r"([^\W\d_]{4,})\.|\b([^\W\d_]{3,}[bcdfghjkpqtvw])\b", re.IGNORECASE)
"""A word with a full stop, or one that ends as none does in Portuguese."""
_CUT_IN_CAPITALS = 8
"""Letters of a word that old files cut at ten in all."""
_PREFIX = 2
"""Letters of the prefix that begins a column's name in an old database."""
_JOINED = 5, 40
"""Letters of a word that may be several written as one."""
_SHORTENED = re.compile(r"[^\W\d_]{3,}[bcdfglmnprstvz](?=to$)")
"""A word of which the middle was left out: `Nascto`, `Atendto`."""
_AMOUNT_OF = re.compile(r"(?:vlr|vl(?=[^aeiou]))([a-z]{2,})")
"""An amount under a name that a program gave it."""
_MISTYPED, _ALIKE = 5, 82
"""Letters from which a word may be one mistyped, and how like another (of 100) it then is."""
_ADDRESS = frozenset({"endereco"})
_LONGEST = 120
"""Characters of a header looked at; what is longer is a paragraph."""
_REMEMBERED = 20_000
"""Headers kept as understood: the widest sheet has 16,384, and is gone through more than once."""


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """A header understood: `ideas` in any order, the `parties` it names, and what it hints at.

    `words` are its own, in full; `unknown` those of the ideas that are words in no vocabulary;
    `leads` tells that a party is what the header begins with, `second` that it is another one of
    its kind (`Telefone 2`). `money`, `percent`, `yes_no` and `day` are what its hints say of the
    values.
    """

    words: tuple[str, ...] = ()
    ideas: frozenset[str] = frozenset()
    parties: tuple[str, ...] = ()
    unknown: frozenset[str] = frozenset()
    leads: bool = False
    second: bool = False
    money: bool = False
    percent: bool = False
    yes_no: bool = False
    day: bool = False

    @property
    def known(self) -> bool:
        """Whether something was understood and nothing was left over."""
        return not self.unknown and bool(self.ideas or self.parties)

    @property
    def near(self) -> frozenset[str]:
        """The ideas of the known words most like its unknown ones; good for a question alone."""
        return _nearly(self.words, self.unknown)


@lru_cache(maxsize=_REMEMBERED)
def words_of(header: str) -> HeaderWords:
    """What `header`, as typed, says."""
    known = vocabulary()
    text = _NUMBERING.sub("", header[:_LONGEST]).replace("*", " ")
    text = _DOLLARS.sub(" usd ", text).replace("€", " euro ")
    text = _INITIALS.sub(lambda found: found[0].replace(".", ""), text)
    kept = _BRACKETS.sub(lambda found: " " if is_hint(found[1]) else f" {found[1]} ", text)
    kept = _EXAMPLE.sub(" ", kept)
    # The rate of a tax, beside its name, says nothing of the values.
    kept = _RATE.sub(" ", kept)
    kept = _WITH_TAXES.sub(" bruto ", kept)
    tail = _TAIL.search(kept)
    if tail and is_hint(tail[1]):
        kept = kept[: tail.start()]
    words, second = _numbered(known.canonical(kept))
    ideas, parties, unknown = known.ideas(words)
    if unknown:
        words = _taken_apart(_written_out(words, kept, known), known)
        ideas, parties, unknown = known.ideas(words)
    if second and ideas == _ADDRESS:
        # `Address line 2` is what does not fit the first.
        ideas, second = frozenset({"complemento"}), False
    return HeaderWords(
        words,
        ideas,
        parties,
        unknown,
        known.leads(words),
        second,
        _MONEY.search(header) is not None,
        "%" in kept or "(%" in header,
        _YES_NO.search(header) is not None,
        _DAY.search(header) is not None,
    )


def is_share(header: str) -> bool:
    """Whether a header says in percent which part of an amount is billed: `% a faturar`."""
    said, known = words_of(header), vocabulary()
    if not said.percent or not said.ideas.isdisjoint(known.ideas_of["sem_parte"]):
        return False
    folded = f" {fold_words(header)}"
    return any(f" {part}" in folded for part in known.doubts["parte"])


def may_be_share(header: str) -> bool:
    """Whether a header may say a part of the amount, as its values tell: `Part.`, `Cota`, `%`."""
    doubts = vocabulary().doubts
    folded = f" {fold_words(header)} "
    if not words_of(header).ideas.isdisjoint(vocabulary().ideas_of["sem_parte"]):
        return False
    bare = folded.strip() in doubts["porcento"] or header.strip(" ()*") == "%"
    return bare or any(f" {part}" in folded for part in doubts["cota"])


def _numbered(words: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """The words without a digit at their end, and whether it tells another of its kind."""
    if len(words) > 1 and words[-1].isdecimal() and len(words[-1]) == 1:
        return words[:-1], words[-1] != "1"
    return words, False


def is_hint(text: str) -> bool:
    """Whether a text says how a cell is written, and not what it is: `dd/mm/aaaa`, `opcional`."""
    plain = " ".join(re.findall(r"[a-z0-9]+", unaccented(text)))
    return not plain or plain in vocabulary().hints or bool(_EXAMPLE.match(text.strip()))


def _written_out(words: tuple[str, ...], header: str, known: Vocabulary) -> tuple[str, ...]:
    """Words cut short (`Mensalid.`, `ESPECIALID`) written as the only one that begins so."""
    cut = {unaccented("".join(found)) for found in _CUT_SHORT.findall(header)}
    if header.isupper():
        long = [word for word in words if len(word) >= _CUT_IN_CAPITALS]
        words = tuple(_after_prefix(word, known) if word in long else word for word in words)
        cut.update(long)
    cut.update(filter(_SHORTENED.match, words))
    whole = (_whole(word, known) if word in cut else word for word in words)
    return tuple(_masculine(word, known) for word in whole)


def _after_prefix(word: str, known: Vocabulary) -> str:
    """`DTEMISSA` with what follows its prefix written in full."""
    prefix, rest = word[:_PREFIX], word[_PREFIX:]
    return prefix + _whole(rest, known) if prefix in known.prefixes else word


def _masculine(word: str, known: Vocabulary) -> str:
    """`recebida` as `recebido`, where only the one is known."""
    other = f"{word[:-1]}o"
    feminine = len(word) >= _MISTYPED and word.endswith("a") and word not in known.singles
    return other if feminine and other in known.singles else word


def _whole(word: str, known: Vocabulary) -> str:
    if word in known.singles:
        return word
    end = "to" if _SHORTENED.match(word) else ""
    begin = word.removesuffix(end)
    meant = [one for one in known.singles if one.startswith(begin) and one.endswith(end)]
    ideas = {known.ideas(known.canonical(single)) for single in meant}
    return meant[0] if len(ideas) == 1 else word


def _taken_apart(words: tuple[str, ...], known: Vocabulary) -> tuple[str, ...]:
    """Words written as one (`nometomador`) cut into those the vocabulary has."""
    made: list[str] = []
    for word in words:
        if (word,) in known.phrases or not _JOINED[0] <= len(word) <= _JOINED[1]:
            made.append(word)
            continue
        parts = _cut(word, known)
        made.extend(known.canonical(" ".join(parts)) if parts else _after_amount(word))
    return tuple(made)


def _after_amount(word: str) -> tuple[str, ...]:
    """`VLRXYZ` is an amount, of whatever it is."""
    of_what = _AMOUNT_OF.fullmatch(word)
    return ("valor", of_what[1]) if of_what else (word,)


@lru_cache(maxsize=_REMEMBERED)
def _nearly(words: tuple[str, ...], unknown: frozenset[str]) -> frozenset[str]:
    """The ideas of the header were its mistyped words spelt as those they are most like."""
    if not any(len(word) >= _MISTYPED for word in unknown):
        return frozenset()
    from rapidfuzz import fuzz, process

    known = vocabulary()
    meant = list(words)
    for at, word in enumerate(words):
        if word in unknown and len(word) >= _MISTYPED:
            # In a fixed order: of two that are as like, it is the same one on every run.
            singles = list(known.singles)
            found = process.extractOne(word, singles, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            meant[at] = found[0] if found else word
    if meant == list(words):
        return frozenset()
    return known.ideas(known.canonical(" ".join(meant)))[0]


def _cut(word: str, known: Vocabulary) -> list[str] | None:
    """The fewest known words, each of three letters or more but a prefix, that make up `word`."""
    best: list[list[str] | None] = [[]]
    for end in range(1, len(word) + 1):
        cuts = [
            [*before, word[start:end]]
            for start, before in enumerate(best)
            if before is not None and _is_part(word, start, end, known)
        ]
        best.append(min(cuts, key=len, default=None))
    return best[-1]


def _is_part(word: str, start: int, end: int, known: Vocabulary) -> bool:
    """Whether letters are a known word, a prefix before it, or a small word between two."""
    part = word[start:end]
    if start == 0 and part in known.prefixes:
        return True
    if len(part) > 2 and part in known.singles:
        return True
    return len(part) > 1 and part in known.noise and start > 0 and end < len(word)
