"""The vocabulary of headers: its file, read once into what the other modules look up."""

import itertools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any

from converter import facts
from converter.brazil.headers import fold, unaccented
from converter.schemas.catalogue import FIELDS

FILE = Path(__file__).with_name("vocabulary.toml")
PARTIES = ("tomador", "prestador", "intermediario")
"""The parties whose data a note has; each is the first word of its paths."""

_WORD = re.compile(r"[a-z0-9]+|%|\$")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])(?!(?<=N)Fe(?![a-z]))")
"""Between words written as one: `DataEmissao`, `CNPJTomador`, though not in `NFe`."""
_NUMERO = re.compile(r"\b[nN]\s*\.?\s*[º°ª]|№|\bn\.\s?[oO]\b|^\s*#\s*$")
_LONE_N = re.compile(r"^\s*(?:n|no)\s*[.:]?\s*$", re.IGNORECASE)
_SIMPLE = re.compile(r"(?! *no? *$)(?!.*\bo que\b)[a-z0-9 ]+")
"""What is its own words, but for a lone `n`, which stands for a number."""
_WHAT = re.compile(r"^\s*o qu[eê]\b", re.IGNORECASE)
_IN_CARE_OF = re.compile(r"^\s*a\s*/\s*c\s*$", re.IGNORECASE)
_PLURALS = (("oes", "ao"), ("aes", "ao"), ("ais", "al"), ("eis", "el"), ("res", "r"), ("ns", "m"))


class Says(IntEnum):
    """How plainly a header says a field."""

    NADA = 0
    TALVEZ = 1
    SOZINHO = 2
    CERTO = 3
    ROTULO = 4


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the file says, ready to be looked up.

    `prefixes` begin a word that is several written as one. `phrases` maps words in a row to (`idea`
    or party, whether it is a party). `persons` maps ideas to the end of a path that begins with a
    party, `fields` to whole paths, each with how plainly. `nothing` are ideas that are none of the
    note's; `always` those of a column asked about even where its field has another; `ideas_of` and
    `paths_of` ideas and fields dealt with alike, by what they have in common; `portions` the words
    of goods and of extras among the parts of a total; `tomadores` how likely each of the parties
    takes the service, the higher the likelier; `customers` are those a CNPJ above a table may be
    of, `forms` how the name of a company ends; `whole` are texts compared as a whole, or from
    their beginning, folded, by what they say; `doubts` are the words that make an amount or a row
    doubtful, `counted` what is counted of a charge, `rates` the known ones of a tax withheld, in
    percent. `longest` is the longest phrase, in words; `singles` are the words that mean something
    alone: of concepts, of parties, then what is cut short.
    """

    short: Mapping[str, tuple[str, ...]]
    noise: frozenset[str]
    hints: frozenset[str]
    prefixes: frozenset[str]
    phrases: Mapping[tuple[str, ...], tuple[str, bool]]
    longest: int
    singles: Collection[str]
    persons: Mapping[frozenset[str], Mapping[str, Says]]
    fields: Mapping[frozenset[str], Mapping[str, Says]]
    nothing: frozenset[frozenset[str]]
    always: frozenset[frozenset[str]]
    ideas_of: Mapping[str, frozenset[str]]
    paths_of: Mapping[str, frozenset[str]]
    portions: Mapping[str, frozenset[str]]
    tomadores: Mapping[str, int]
    customers: frozenset[str]
    whole: Mapping[str, tuple[str, ...]]
    regimes: tuple[str, ...]
    forms: tuple[str, ...]
    suggestions: Mapping[str, tuple[str, ...]]
    statuses: Mapping[str, tuple[str, ...]]
    adjustments: Mapping[str, tuple[str, ...]]
    who_withholds: Mapping[str, str]
    doubts: Mapping[str, tuple[str, ...]]
    counted: Mapping[str, frozenset[str]]
    rates: Mapping[str, frozenset[Decimal]]
    instructions: tuple[str, ...]
    examples: tuple[str, ...]
    sentences: Mapping[str, str]
    options: Mapping[str, str]

    def canonical(self, text: str) -> tuple[str, ...]:
        """The words of `text` without accents, case, plurals and noise, written in full."""
        return tuple(_canonical(text, self.short, self.noise))

    def ends(self, ideas: frozenset[str]) -> Mapping[str, Says]:
        """Ends of paths that begin with a party, said by ideas with or without the neutral ones."""
        return self._said(self.persons, ideas, "neutras_na_pessoa")

    def paths(self, ideas: frozenset[str]) -> Mapping[str, Says]:
        """Whole paths, likewise."""
        return self._said(self.fields, ideas, "neutras_no_resto")

    def _said(
        self, by: Mapping[frozenset[str], Mapping[str, Says]], ideas: frozenset[str], neutral: str
    ) -> Mapping[str, Says]:
        return by.get(ideas) or by.get(ideas - self.ideas_of[neutral], {})

    def leads(self, words: Sequence[str]) -> bool:
        """Whether the first of `words` name a party."""
        (_, is_party), _ = self._phrase(words, 0)
        return is_party

    def ideas(self, words: Sequence[str]) -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
        """Ideas, parties, and the words nobody knows (which are ideas of their own)."""
        found: list[str] = []
        parties: list[str] = []
        unknown: list[str] = []
        at = 0
        while at < len(words):
            (meaning, is_party), length = self._phrase(words, at)
            if not meaning:
                unknown.append(words[at])
            else:
                (parties if is_party else found).append(meaning)
            at += length
        return frozenset((*found, *unknown)), tuple(parties), frozenset(unknown)

    def _phrase(self, words: Sequence[str], at: int) -> tuple[tuple[str, bool], int]:
        """The longest phrase from a word on and its length; a word nobody knows means nothing."""
        for length in range(min(self.longest, len(words) - at), 0, -1):
            known = self.phrases.get(tuple(words[at : at + length]))
            if known is not None:
                return known, length
        return ("", False), 1


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, with the catalogue's own labels and synonyms folded in."""
    said = facts.load(FILE)
    short = {word: tuple(full.split()) for word, full in said["abreviacoes"].items()}
    short = dict(_glued(said["colados"])) | short
    noise = frozenset(said["ruido"]["palavras"])
    phrases = _phrases(said, short, noise)
    persons, fields = _patterns(said["pessoa"]), _patterns(said["campos"])
    known = Vocabulary(
        short=short,
        noise=noise,
        hints=frozenset(" ".join(_plain(text)) for text in said["ruido"]["dicas"]),
        prefixes=frozenset(said["ruido"]["prefixos"]),
        phrases=phrases,
        longest=max(map(len, phrases)),
        singles=dict.fromkeys([*(words[0] for words in phrases if len(words) == 1), *short]),
        persons=persons,
        fields=fields,
        nothing=frozenset(_patterns({"": said["nada"]})),
        always=frozenset(_patterns({"": said["sempre"]})),
        ideas_of=_sets(said["ideias"]),
        paths_of=_sets(said["listas"]),
        portions=_sets(said["parcelas"]),
        tomadores=said["tomadores"],
        customers=frozenset(said["clientes"]["acima"]),
        whole={kind: tuple(map(fold, texts)) for kind, texts in said["inteiros"].items()},
        regimes=tuple(said["clientes"]["regimes"]),
        forms=tuple(said["clientes"]["formas"]),
        suggestions=_tuples(said["sugestoes"]),
        statuses=_tuples(said["situacoes"]),
        adjustments=_tuples(said["ajustes"]),
        who_withholds=said["quem_recolhe"],
        doubts=_tuples(said["duvidas"]),
        counted=_sets(said["contagens"]),
        rates={path: frozenset(map(_rate, each)) for path, each in said["aliquotas"].items()},
        instructions=tuple(said["instrucoes"]["comecos"]),
        examples=tuple(said["instrucoes"]["exemplos"]),
        sentences=said["frases"],
        options=said["opcoes"],
    )
    _from_catalogue(known, persons, fields)
    return known


def _phrases(
    said: Mapping[str, Any], short: Mapping[str, tuple[str, ...]], noise: frozenset[str]
) -> dict[tuple[str, ...], tuple[str, bool]]:
    """What each phrase means and whether that is a party; the first meaning of equal ones."""
    found: dict[tuple[str, ...], tuple[str, bool]] = {}
    for table, is_party in ((said["conceitos"], False), (said["partes"], True)):
        for idea, texts in table.items():
            for text in texts:
                words = tuple(_canonical(text, short, noise))
                if words:
                    found.setdefault(words, (idea, is_party))
    return found


def _glued(table: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Words that programs write as one, each with what it says in full: `vlrdsc`, `numnfv`."""
    for begins, one in table.items():
        for start, (end, full) in itertools.product(one["comecos"], one["fins"].items()):
            yield start + end, (begins, *full.split())


def _rate(written: float) -> Decimal:
    return Decimal(str(written))


def _tuples(table: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(members) for name, members in table.items()}


def _sets(table: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(members) for name, members in table.items()}


def _patterns(table: Mapping[str, Any]) -> dict[frozenset[str], dict[str, Says]]:
    found: dict[frozenset[str], dict[str, Says]] = {}
    for path, lists in table.items():
        for level, lines in lists.items():
            says = Says[level.upper()]
            for line in lines:
                for ideas in _alternatives(line):
                    paths = found.setdefault(ideas, {})
                    paths[path] = max(says, paths.get(path, Says.NADA))
    return found


def _alternatives(line: str) -> Iterator[frozenset[str]]:
    choices = []
    for part in line.split():
        options: list[str | None] = list(part.removesuffix("?").split("|"))
        if part.endswith("?"):
            options.append(None)
        choices.append(options)
    for chosen in itertools.product(*choices):
        ideas = frozenset(filter(None, chosen))
        if ideas:
            yield ideas


def _from_catalogue(
    known: Vocabulary,
    persons: dict[frozenset[str], dict[str, Says]],
    fields: dict[frozenset[str], dict[str, Says]],
) -> None:
    """Labels and synonyms say their field for certain, unless the file says of the same ideas."""
    written, written_persons = set(fields), {*persons, *fields}
    passed_over = known.ideas_of["de_muitas_palavras"]
    for field in FIELDS:
        party, _, end = field.path.partition(".")
        for text in (field.label, *field.synonyms):
            ideas, _, _ = known.ideas(known.canonical(text))
            if not ideas or ideas in known.nothing or ideas & passed_over or "_" in text:
                continue
            if party in PARTIES:
                if ideas not in written_persons:
                    persons.setdefault(ideas, {})[end] = Says.CERTO
            elif ideas not in written:
                fields.setdefault(ideas, {})[field.path] = Says.CERTO


def _plain(text: str) -> list[str]:
    if _SIMPLE.fullmatch(text):
        return text.split()
    text = _LONE_N.sub("numero", _NUMERO.sub(" numero ", text))
    text = _IN_CARE_OF.sub("ac", _WHAT.sub("feito ", text))
    return _WORD.findall(unaccented(_HUMP.sub(" ", text)))


def _canonical(
    text: str, short: Mapping[str, tuple[str, ...]], noise: frozenset[str]
) -> Iterator[str]:
    for raw in _plain(text):
        word = "percentual" if raw == "%" else raw
        if word in noise or word == "$":
            continue
        full = short.get(word)
        if full is None:
            word = _singular(word)
            if word in noise:
                continue
            full = short.get(word, (word,))
        yield from (_singular(part) for part in full)


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    for plural, single in _PLURALS:
        if word.endswith(plural) and len(word) > len(plural) + 1:
            return word[: -len(plural)] + single
    return word[:-1]
