"""What each column's header says: whose it is, what it tells of the row, what it may be."""

import itertools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from converter.brazil.headers import unaccented
from converter.mapping.candidates import candidates
from converter.mapping.cautions import mark_cautions
from converter.mapping.freight import mark_freight
from converter.mapping.header import HeaderCell
from converter.mapping.header_words import HeaderWords, words_of
from converter.mapping.parties import PAYS, UNSURE
from converter.mapping.profile import Profile
from converter.mapping.remarks import (
    is_regime,
)
from converter.mapping.row_marks import is_day_of_few, is_day_of_issue, is_sent_of_few, mark_of
from converter.mapping.sense import DOCUMENTS, Mark, Sense
from converter.mapping.value_kinds import (
    evident_amount,
    is_count,
    is_email,
    is_name,
    is_number,
    looks_day,
)
from converter.mapping.vocabulary import PARTIES, Says, vocabulary
from converter.model.cells import RawValue

_GROUPED = {"prestador": frozenset({"unidade"}), "tomador": UNSURE | {"dependente"}}
"""Whom a group may name that is about a party of the note."""
_PARTNERS = (("outro",), ("possivel",))
"""With whom the parties of a group begin that names who shares in what is earned."""
_COUNTED_PARTIES = frozenset({"possivel", "dependente"})
_IN_BRACKETS = re.compile(r"[(\[{][^)\]}]*[)\]}]?")
_ISS = frozenset({"iss"})
"""The one tax that is due whether it is withheld or not: a group above it tells."""
_LONGEST = 60
_FEW = 4
"""Words in order among which there are two that begin alike, if there are: one and its plural."""
_CUT = 3
"""Letters that a word cut short keeps."""
_WORD = re.compile(r"([^\W\d_]+)(\.?)")


def senses(
    cells: Sequence[HeaderCell],
    profiles: Mapping[int, Profile],
    nobody: Collection[int] = frozenset(),
) -> list[Sense]:
    """Every column with what its header, its group and its neighbours let it be.

    `nobody` are the columns of which a person said that they are not the customer.
    """
    words = {word for cell in cells for word, _ in _WORD.findall(unaccented(cell.column.header))}
    whole = sorted(words)
    found = [
        _sense(cell, profiles[cell.index], _in_full(cell.column.header, whole)) for cell in cells
    ]
    _name_strangers(found)
    _same_as_its_group(found)
    _inherit(found)
    for one in found:
        one.mark = mark_of(one)
    for one in found:
        if one.mark is Mark.EMITIDA and is_day_of_issue(one, found):
            one.mark = None
        elif one.mark is None and (is_day_of_few(one, found) or is_sent_of_few(one, found)):
            one.mark = Mark.EMITIDA
    mark_freight(found, nobody)
    mark_cautions(found)
    candidates(found)
    for one in found:
        _leave(one, found)
    return found


def _leave(one: Sense, found: Sequence[Sense]) -> None:
    """Let a column be that says nothing of the note's, and take from it what it may be."""
    one.nothing = _says_nothing(one)
    if one.nothing and one.profile.most(_counts):
        one.candidates = []
    if one.mark is None and _not_the_notes_day(one, found):
        one.nothing, one.candidates = True, []


def says_something(text: str) -> bool:
    """Whether a text, as a header, would say what its column is."""
    if len(text) > _LONGEST or "@" in text:
        return False
    words = words_of(text)
    if words.unknown:
        return False
    tells = words.ideas & (vocabulary().ideas_of["emitidas"] | vocabulary().ideas_of["situacoes"])
    return bool(words.parties or tells) or _says(words.ideas)


def _in_full(header: str, whole: Sequence[str]) -> HeaderWords:
    """What a header says; a word cut short is the one of the sheet's, in order, that begins so.

    `CNPJ hosp.` beside `Hospital`, where a `Hóspede` would do elsewhere.
    """
    known, unknown = vocabulary(), words_of(header).unknown
    for cut, dot in _WORD.findall(unaccented(header)):
        told = cut in known.singles or cut in known.noise
        if len(cut) < _CUT or told or not (dot or cut in unknown):
            continue
        at = bisect_left(whole, cut)
        longer = (word for word in whole[at : at + _FEW] if word.startswith(cut))
        meant = [word for word in longer if word not in (cut, f"{cut}s")]
        if len(meant) == 1:
            header = re.sub(rf"\b{cut}\b\.?", meant[0], unaccented(header))
    return words_of(header)


def _sense(cell: HeaderCell, profile: Profile, words: HeaderWords) -> Sense:
    group = words_of(cell.group)
    one = Sense(cell, words, profile)
    _name_party(one, group)
    amounts = (words.money or profile.most(evident_amount)) and not profile.counts
    if one.party not in ("", "outro") and not words.ideas and (amounts or profile.most(looks_day)):
        # Amounts and days are nobody: `A cobrar`, `Pagou em`, which elsewhere name who pays.
        one.party = ""
    if _needs_its_group(words, group):
        one.words = words_of(f"{cell.group} {cell.column.header}")
        one.group = cell.group
    elif words.ideas == _ISS and group.known and "retido" in group.ideas:
        one.words = replace(words, ideas=words.ideas | {"retido"}, money=words.money or group.money)
        one.group = cell.group
    return one


def _name_party(one: Sense, group: HeaderWords) -> None:
    """Whom the header names, unless it is nobody of the note's under a group that names one."""
    words, header = one.words, one.cell.column.header
    own = _reached_at(_named_party(header, words), one)
    if own == "responsavel" and _answers_for(one):
        # `Resp. pela medição` is whoever did it, or who signed for it.
        own, one.words = "possivel", replace(words, ideas=frozenset())
    if own == "prestador" and "mei" in words.words and group.parties[:1] in _PARTNERS:
        # `CNPJ MEI` under `Profissional parceiro` is his, and the note is not from him.
        own = "outro"
    one.party = own
    if group.known and group.parties and own != "outro":
        one.party = own if own in PARTIES else _reached_at(group.parties[0], one)
        # The header says one, the group above it another: it may be either.
        one.inherited = own == "prestador" and group.parties[0] not in ("prestador", "unidade")
        one.group = one.cell.group


def _named_party(header: str, words: HeaderWords) -> str:
    """The party that a header names, of two the likelier to take the service; empty without one."""
    own = next(iter(words.parties), "")
    if _names_two(header, words):
        own = max(words.parties, key=lambda party: vocabulary().tomadores.get(party, 0))
    return "" if own == "outro" and _only_qualifies(words) else own


def _reached_at(party: str, one: Sense) -> str:
    """`Contato financeiro` is nobody of the note's, but his mail is where it goes."""
    if party != "contato":
        return party
    return "possivel" if one.profile.most(is_email) else "outro"


def _answers_for(one: Sense) -> bool:
    """Whether names stand under who answers for a thing: they are no text of the note."""
    return one.words.leads and one.is_only("objetos") and one.profile.most(is_name)


def _only_qualifies(words: HeaderWords) -> bool:
    """Whether someone is named only to say of what: `Mão de obra do operador` is none of his."""
    named = words.ideas - words.unknown
    return bool(named) and not words.leads and not vocabulary().ends(named)


def _needs_its_group(words: HeaderWords, group: HeaderWords) -> bool:
    """Whether a header says something only together with the group above it.

    `Valor` under `ISS` is of the tax, whatever it says elsewhere.
    """
    names_someone = bool(words.parties) and (words.leads or not words.ideas)
    if not group.known or names_someone:
        return False
    ideas_of = vocabulary().ideas_of
    of_an_amount = words.known and words.ideas <= ideas_of["do_valor"]
    if of_an_amount and group.ideas <= ideas_of["tributos"]:
        return bool(words.ideas and group.ideas)
    if _says(words.ideas):
        return False
    return "nota" in group.ideas or _says(words.ideas | group.ideas)


def _names_two(header: str, words: HeaderWords) -> bool:
    """`Seguradora/Cliente`, `Mãe/pai ou resp.`: one person under two names."""
    pays = not PAYS.isdisjoint(words.parties) and "outro" not in words.parties
    return pays and len(words.parties) > 1 and ("/" in header or "(" in header)


def _name_strangers(found: Sequence[Sense]) -> None:
    """A word nobody knows is someone where it has a name and a document: `CNPJ do gerador`."""
    named = {one.words.unknown for one in found if one.ideas <= one.words.unknown | {"nome"}}
    strangers: dict[frozenset[str], list[Sense]] = defaultdict(list)
    for one in found:
        if not one.party and len(one.words.unknown) == 1 and one.words.unknown in named:
            strangers[one.words.unknown].append(one)
    for told in strangers.values():
        if any(one.ideas & DOCUMENTS for one in told):
            for one in told:
                ideas = one.ideas - one.words.unknown
                one.words = replace(one.words, ideas=ideas, unknown=frozenset(), leads=not ideas)
                one.party = "possivel"


def _same_as_its_group(found: Sequence[Sense]) -> None:
    """Where one header says `Tomador (Hospital)`, the hospital's CNPJ is the tomador's.

    So is all that stands under `Empresa` or `Aluno` where one column of it says the tomador, and
    under `Unidade` the prestador's where one says him.
    """
    others = _also_the_tomador(found)
    for whose, grouped in _GROUPED.items():
        groups = {one.group for one in found if one.group and one.party == whose}
        for one in found:
            if one.group in groups and one.party in grouped:
                one.party = whose
    for one in found:
        if one.party in others:
            one.party = "tomador"


def _also_the_tomador(found: Sequence[Sense]) -> frozenset[str]:
    """The parties that one header names together with the tomador."""
    named = (one for one in found if one.party == "tomador")
    both = (one.words.parties for one in named if _names_two(one.cell.column.header, one.words))
    return frozenset(itertools.chain.from_iterable(both))


def _says(ideas: frozenset[str]) -> bool:
    known = vocabulary()
    levels = (*known.ends(ideas).values(), *known.paths(ideas).values())
    return any(level >= Says.SOZINHO for level in levels) or ideas in known.nothing


def _inherit(found: Sequence[Sense]) -> None:
    """A nameless `IM` or `Cidade` right after the CNPJ of the prestador is the prestador's too."""
    there = {(one.party, end) for one in found for end in vocabulary().ends(one.ideas)}
    before: Sense | None = None
    for one in found:
        if not one.personal:
            before = None
            continue
        if not one.party and before is not None and before.index + 1 == one.index:
            ends = frozenset(vocabulary().ends(one.ideas))
            taken = any((before.party, end) in there for end in ends)
            if before.party == "outro":
                taken = any(_is_another_document(other, one) for other in found)
            if _of_the_one_before(before.party, ends, taken=taken):
                one.party, one.inherited = before.party, True
        before = one


def _is_another_document(other: Sense, one: Sense) -> bool:
    """Whether a column is a document too, of the customer or of nobody that is named."""
    named = other.party == "tomador" or not other.party
    return other is not one and named and bool(vocabulary().ends(other.ideas).keys() & DOCUMENTS)


def _of_the_one_before(party: str, ends: frozenset[str], *, taken: bool) -> bool:
    """Whether what a nameless column says is of the `party` to its left."""
    if party == "dependente":
        return bool(ends & DOCUMENTS)
    if party == "outro":
        # The customer has a document of his own elsewhere.
        return bool(ends & DOCUMENTS) and taken
    if party == "prestador" and ends & {"razao_social", *DOCUMENTS}:
        return False
    return party in ("prestador", "intermediario") and not taken


def _not_the_notes_day(one: Sense, found: Sequence[Sense]) -> bool:
    """A due date, one foreseen, or that of an opening where its end has a column too."""
    if not one.profile.most(looks_day):
        return False
    if one.speaks_of("datas_alheias"):
        return not one.speaks_of("datas_da_nota") and not vocabulary().paths(one.ideas)
    return one.speaks_of("datas_de_abertura") and any(
        (other.speaks_of("datas_de_fim") or other.words.unknown)
        and not (other.speaks_of("datas_de_abertura") or other.speaks_of("datas_alheias"))
        and other.profile.most(looks_day)
        for other in found
    )


def _counts_or_tells_of_clients(one: Sense) -> bool:
    """`Sessões` that are 4 and 8, as many `Alunos`, a `Regime` that is the client's own."""
    if "quantidade" in one.ideas and not (one.words.money or one.speaks_of("dinheiro")):
        return not one.profile.most(looks_day)
    if one.is_only("contaveis") and one.profile.most(_counts):
        return True
    if one.party in _COUNTED_PARTIES and not one.ideas and one.profile.most(_counts):
        return True
    return one.ideas == {"regime"} and one.profile.most(is_regime)


def _says_nothing(one: Sense) -> bool:
    if one.mark is not None:
        return False
    known = vocabulary()
    if one.party == "outro" or one.ideas in known.nothing or _counts_or_tells_of_clients(one):
        return True
    plain = words_of(_IN_BRACKETS.sub(" ", one.cell.column.header)) if one.words.unknown else None
    if plain is not None and plain.known and plain.ideas in known.nothing:
        return True
    # What a note does not say of its prestador: his name, his mail.
    return one.party == "prestador" and not one.inherited and not one.candidates


def _counts(value: RawValue) -> bool:
    """A count that is a number; a text of digits may be a code, or a house's number."""
    return is_number(value) and is_count(value)
