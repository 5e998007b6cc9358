"""Who takes the service, of those that the columns of a sheet name."""

from collections.abc import Mapping, Sequence

from converter.mapping.sense import DOCUMENTS, Sense
from converter.mapping.vocabulary import Says, vocabulary

LEASE = frozenset({"locatario", "proprietario"})
UNSURE = frozenset({"incerto", "possivel", "unidade", "familia"})
"""Who takes the service only where nobody else is named."""
_OWNED = DOCUMENTS | {"documento"}
_OWNER = LEASE | {"possivel", "dependente", "responsavel"}
"""Parties that take the service where theirs are the only documents."""
PAYS = frozenset({"tomador", "responsavel"})
"""Parties that take the service whoever else has documents."""
_REACHED = frozenset({"email", "telefone"})


def ranks_of(found: Sequence[Sense]) -> Mapping[str, int]:
    """How likely each party takes the service, the higher the likelier; `?` is none that is named.

    An `Empresa` is before a pupil or a guest only with a document of its own; without any, who of
    them it is is not certain.
    """
    known = vocabulary().tomadores
    owners = {one.party for one in found if one.ideas & _OWNED}
    parties = {one.party for one in found if one.names_someone}
    if parties >= LEASE and len(owners & LEASE) == 1:
        # Only whom the note is to needs a document: the other is not even in question.
        parties -= LEASE - owners
    ranks = {party: known.get(party, 0) for party in parties}
    top = max(ranks, key=ranks.__getitem__, default="")
    above = ranks.get(top, 0) + 1
    if _is_nobody(found, top, owners, ranks):
        ranks["?"] = above
    elif len(owners & _OWNER) == 1 and top not in owners | PAYS:
        # Who has the documents is whom the note is to.
        ranks.update(dict.fromkeys(owners & _OWNER & _named(found), above))
    ranks.update(_companies(ranks, owners))
    return ranks


def _named(found: Sequence[Sense]) -> set[str]:
    """The parties that have a column for their name."""
    return {one.party for one in found if not one.ideas or "nome" in one.ideas}


def _is_nobody(
    found: Sequence[Sense], top: str, owners: set[str], ranks: Mapping[str, int]
) -> bool:
    """Whether whoever has the documents is not the likeliest, and not surely anybody else."""
    if top in owners:
        return False
    stranger = any(one.ideas & DOCUMENTS and one.words.unknown and not one.party for one in found)
    if stranger and top != "tomador":
        return True
    if len(owners & _OWNER) == 1 and top not in PAYS:
        return False
    return "" not in owners and any(0 < ranks.get(one, 0) < ranks.get(top, 0) for one in owners)


def _companies(ranks: Mapping[str, int], owners: set[str]) -> Mapping[str, int]:
    """The ranks of an `Empresa` beside a pupil, by which of them has documents."""
    if not {"incerto", "dependente"} <= ranks.keys():
        return {}
    pupil = ranks["dependente"]
    company = {} if "incerto" in owners else {"incerto": pupil - 1}
    nobody = {} if owners & {"incerto", "dependente"} else {"": pupil + 1}
    return company | nobody


def as_tomador(party: str, end: str, ranks: Mapping[str, int]) -> Says:
    """How plainly what is said of `party` can be said of the tomador, at most."""
    rank, top = ranks.get(party, 0), max(ranks.values(), default=0)
    both = ranks.keys() >= LEASE
    if party and (rank < top or (both and top == rank and party in LEASE)):
        reached = party == "possivel" and end in _REACHED
        return Says.SOZINHO if reached else Says.TALVEZ
    return Says.SOZINHO if party in UNSURE else Says.ROTULO
