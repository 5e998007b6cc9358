"""What one column may be: the fields its header says, for whom, and whether its values agree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from converter.mapping.header import HeaderCell
from converter.mapping.header_words import HeaderWords, words_of
from converter.mapping.profile import Holds, Profile
from converter.mapping.value_kinds import (
    is_cnpj,
    is_code,
    is_cpf,
    is_percent,
    is_yes_no,
)
from converter.mapping.vocabulary import PARTIES, Says, vocabulary
from converter.schemas.catalogue import BY_PATH, Kind

_TOMADOR_RANK = {
    "tomador": 5,
    "locatario": 4,
    "proprietario": 4,
    "responsavel": 3,
    "incerto": 2,
    "dependente": 1,
}
"""Who of those named in a sheet takes the service: the higher, whatever the others are."""
_AS_PRESTADOR = {
    "cnpj": "prestador.cnpj",
    "cpf_cnpj": "prestador.cnpj",
    "inscricao_municipal": "prestador.inscricao_municipal",
    "endereco.codigo_municipio": "prestador.codigo_municipio",
    "endereco.nome_municipio": "prestador.codigo_municipio",
}
_IS = {"cnpj": is_cnpj, "cpf": is_cpf}
_LEASE = frozenset({"locatario", "proprietario"})
_PLACES = frozenset({"servico.nome_municipio"})
DOCUMENTS = frozenset({"cpf", "cnpj", "cpf_cnpj"})
_NOTE_WORDS = frozenset(
    {"nota", "numero", "nota_numero", "verificacao", "emitido", "codigo", "rps"}
)
_ISSUED = frozenset({"nota_numero", "verificacao", "emitido"})
TAXES = frozenset(
    {
        "iss",
        "pis",
        "cofins",
        "csll",
        "inss",
        "ir",
        "csrf",
        "ibs",
        "cbs",
        "tributos",
        "retido",
        "cst",
    }
)
_STATUS = frozenset({"situacao", "emitir"})
_LONGEST = 60
_WIDE = 3
"""Columns right of the street in which a bare `Nº` is the house's."""


class Mark(StrEnum):
    """A column that says of its row whether a note is to be made, instead of filling a field."""

    SITUACAO = "situacao"
    EMITIDA = "emitida"
    EMITIR = "emitir"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A field one column may fill: how plainly the header says it, how well the values agree."""

    path: str
    says: Says
    holds: Holds

    @property
    def weight(self) -> tuple[int, int]:
        """The heavier, the likelier."""
        return self.says, self.holds


@dataclass(slots=True)
class Sense:
    """One column on its way to being understood.

    `party` is whom the header, or the group above it, names; `group` the group's text where it
    counted. `nothing` tells that the header says something that is none of the note's. `unfit` are
    the fields it says for certain, of which none of its values can be.
    """

    cell: HeaderCell
    words: HeaderWords
    profile: Profile
    party: str = ""
    group: str = ""
    inherited: bool = False
    nothing: bool = False
    mark: Mark | None = None
    candidates: list[Candidate] = field(default_factory=list)
    unfit: list[str] = field(default_factory=list)

    @property
    def index(self) -> int:
        """The column, from A = 0."""
        return self.cell.index

    @property
    def ideas(self) -> frozenset[str]:
        """What the header says."""
        return self.words.ideas

    @property
    def tax(self) -> bool:
        """Whether the header speaks of a tax."""
        return bool(self.ideas & TAXES)

    @property
    def personal(self) -> bool:
        """Whether the header is about someone: names him, or says what only persons have."""
        return bool(self.party) or self.ideas in vocabulary().persons

    def best(self) -> list[Candidate]:
        """The candidates, the likeliest first."""
        return sorted(self.candidates, key=lambda one: one.weight, reverse=True)


def senses(cells: Sequence[HeaderCell], profiles: Mapping[int, Profile]) -> list[Sense]:
    """Every column with what its header, its group and its neighbours let it be."""
    found = [_sense(cell, profiles[cell.index]) for cell in cells]
    _inherit(found)
    top = max((_TOMADOR_RANK.get(one.party, 0) for one in found), default=0)
    street = [one.index for one in found if "endereco" in one.ideas]
    for one in found:
        one.mark = _mark(one)
        if one.mark is None:
            one.candidates = list(_distinct(_candidates(one, top, found)))
            _house_number(one, street)
        one.nothing = _says_nothing(one)
    return found


def says_something(text: str) -> bool:
    """Whether a text, as a header, would say what its column is."""
    if len(text) > _LONGEST or "@" in text:
        return False
    words = words_of(text)
    if words.unknown:
        return False
    return bool(words.parties) or _says(words.ideas) or bool(words.ideas & (_ISSUED | _STATUS))


def _sense(cell: HeaderCell, profile: Profile) -> Sense:
    words = words_of(cell.column.header)
    one = Sense(cell, words, profile)
    group = words_of(cell.group) if cell.group else HeaderWords()
    own = next(iter(words.parties), "")
    if group.known and group.parties and own != "outro":
        one.party, one.group = group.parties[0], cell.group
        if own in PARTIES and own != one.party:
            one.party = own
    else:
        one.party = own
    if group.known and group.ideas and not _says(words.ideas):
        together = words.ideas | group.ideas
        if _says(together) or "nota" in group.ideas:
            one.words = words_of(f"{cell.group} {cell.column.header}")
            one.group = cell.group
    return one


def _says(ideas: frozenset[str]) -> bool:
    known = vocabulary()
    levels = (*known.persons.get(ideas, {}).values(), *known.fields.get(ideas, {}).values())
    return any(level >= Says.SOZINHO for level in levels) or ideas in known.nothing


def _inherit(found: Sequence[Sense]) -> None:
    """A nameless `IM` or `Cidade` right after the CNPJ of the prestador is the prestador's too."""
    there = {
        (one.party, end)
        for one in found
        if one.party
        for end in vocabulary().persons.get(one.ideas, ())
    }
    before: Sense | None = None
    for one in found:
        if one.party or not one.personal:
            before = one if one.personal else None
            continue
        if before is not None and before.index + 1 == one.index:
            ends = set(vocabulary().persons.get(one.ideas, ()))
            identifies = bool(ends & {"razao_social", *DOCUMENTS})
            taken = any((before.party, end) in there for end in ends)
            if before.party == "prestador" and not identifies and not taken:
                one.party, one.inherited = "prestador", True
            elif before.party == "intermediario" and not taken:
                one.party, one.inherited = "intermediario", True
            elif before.party == "dependente" and ends & DOCUMENTS:
                one.party, one.inherited = "dependente", True
        before = one


def _mark(one: Sense) -> Mark | None:
    ideas = one.ideas
    profile = one.profile
    if (
        "situacao" in ideas
        and not one.tax
        and not ideas & {"valor", "data", "descricao", "quantidade"}
    ):
        return Mark.SITUACAO
    if (
        "emitir" in ideas
        and not ideas & {"valor", "data", "total"}
        and (profile.blank or profile.most(is_yes_no))
    ):
        return Mark.EMITIR
    if ideas and ideas <= _NOTE_WORDS and "rps" not in ideas and one.party != "outro":
        if ideas & _ISSUED or ideas in ({"numero", "nota"}, {"codigo", "nota"}):
            return Mark.EMITIDA
        if ideas == {"nota"} and (profile.most(is_code) or profile.most(is_yes_no)):
            return Mark.EMITIDA
    return None


def _says_nothing(one: Sense) -> bool:
    if one.mark is not None:
        return False
    known = vocabulary()
    if one.party == "outro" or one.ideas in known.nothing:
        return True
    # What a note does not say of its prestador: his name, his mail.
    return one.party == "prestador" and not one.inherited and not one.candidates


def _candidates(one: Sense, top: int, found: Sequence[Sense]) -> Iterator[Candidate]:
    if one.party == "outro":
        return
    known = vocabulary()
    for end, says in (known.persons.get(one.ideas) or _bare(one)).items():
        yield from _personal(one, end, says, top, found)
    for path, says in known.fields.get(one.ideas, {}).items():
        if path == "referencia" and one.party:
            continue
        yield from _weighed(one, path, says)
    if one.words.unknown:
        yield from _partly(one)


def _bare(one: Sense) -> dict[str, Says]:
    """`Cliente` alone is the name of the cliente, or his document; so is `Tomador do frete`."""
    if not one.party or (one.ideas and not one.words.leads):
        return {}
    says = Says.SOZINHO if one.words.unknown else Says.CERTO
    return {"razao_social": says, "cpf_cnpj": says}


def _personal(
    one: Sense, end: str, says: Says, top: int, found: Sequence[Sense]
) -> Iterator[Candidate]:
    party = one.party or "tomador"
    if party == "prestador":
        path = _AS_PRESTADOR.get(end)
        if path is not None:
            unsure = one.inherited and end != "inscricao_municipal"
            yield from _weighed(one, path, Says.TALVEZ if unsure else says)
            if unsure:
                yield from _weighed(one, f"tomador.{end}", Says.TALVEZ)
        return
    if party == "intermediario":
        yield from _weighed(one, f"intermediario.{end}", says)
        return
    if party == "incerto" and end in DOCUMENTS:
        constant = one.profile.distinct == 1 and one.profile.filled > 1
        yield from _weighed(one, "prestador.cnpj", Says.CERTO if constant else Says.TALVEZ)
    rank = _TOMADOR_RANK.get(party, 0)
    both = {"locatario", "proprietario"} <= {other.party for other in found}
    if one.party and (rank < top or (both and top == rank and party in _LEASE)):
        says = min(says, Says.TALVEZ)
    elif party == "incerto":
        says = min(says, Says.SOZINHO)
    if end == "inscricao_municipal" and not one.party and not one.inherited:
        yield from _weighed(one, "prestador.inscricao_municipal", Says.TALVEZ)
        says = _registered(one, found)
    if end in DOCUMENTS:
        end = _document_end(one, end)
    yield from _weighed(one, f"tomador.{end}", says)


def _registered(one: Sense, found: Sequence[Sense]) -> Says:
    """A nameless inscrição is the tomador's where it stands beside what is his."""
    beside = [other for other in found if 0 < abs(other.index - one.index) <= 1]
    his = any(other.personal and other.party in ("", "tomador") for other in beside)
    varied = one.profile.distinct > 1 or one.profile.filled <= 1
    return Says.CERTO if his and varied else Says.TALVEZ


def _document_end(one: Sense, end: str) -> str:
    """A column of CPFs that also has CNPJs, or the other way about, holds both."""
    if end == "cpf_cnpj" or one.profile.blank:
        return end
    other = "cnpj" if end == "cpf" else "cpf"
    mixed = one.profile.share(_IS[other]) > 0
    return "cpf_cnpj" if mixed else end


def _weighed(one: Sense, path: str, says: Says) -> Iterator[Candidate]:
    if path not in BY_PATH:
        return
    holds = one.profile.holds(path)
    kind = BY_PATH[path].kind
    if one.words.percent and kind is Kind.MONEY:
        return
    if one.words.money and kind in (Kind.RATE, Kind.BOOLEAN) and not one.profile.most(is_percent):
        return
    if one.words.yes_no and kind is Kind.MONEY and one.profile.most(is_yes_no):
        return
    if one.words.second or _unproven(one, path, holds):
        says = min(says, Says.TALVEZ)
    if holds:
        yield Candidate(path, says, holds)
    elif says >= Says.CERTO:
        one.unfit.append(path)


def _unproven(one: Sense, path: str, holds: Holds) -> bool:
    """A place that need not be a city, a code that may number anything: the values must say so."""
    if one.profile.blank or holds is Holds.BEM:
        return False
    return path in _PLACES and not one.ideas & {"cidade", "ibge"}


def _partly(one: Sense) -> Iterator[Candidate]:
    """A header with words nobody knows may be what the rest of it says."""
    for rest in (one.words.near, one.ideas - one.words.unknown):
        if rest:
            yield from _perhaps(one, rest)


def _perhaps(one: Sense, rest: frozenset[str]) -> Iterator[Candidate]:
    known = vocabulary()
    for end, says in known.persons.get(rest, {}).items():
        if one.party in ("", "tomador") and says >= Says.SOZINHO:
            yield from _weighed(one, f"tomador.{end}", Says.TALVEZ)
    for path, says in known.fields.get(rest, {}).items():
        if says >= Says.SOZINHO:
            yield from _weighed(one, path, Says.TALVEZ)


def _house_number(one: Sense, streets: Sequence[int]) -> None:
    """A bare `Nº` is the house's only within some columns to the right of the street."""
    path = "tomador.endereco.numero"
    if one.ideas != {"numero"} or one.party not in ("", "tomador"):
        return
    near = any(0 < one.index - street <= _WIDE for street in streets)
    one.candidates = [each for each in one.candidates if each.path != path]
    if near:
        one.candidates.extend(_weighed(one, path, Says.CERTO))


def _distinct(candidates: Iterator[Candidate]) -> Iterator[Candidate]:
    best: dict[str, Candidate] = {}
    for one in candidates:
        if one.path not in best or one.weight > best[one.path].weight:
            best[one.path] = one
    yield from best.values()
