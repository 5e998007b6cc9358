"""Who pays the freight, where a sheet names only one of those who may."""

from collections.abc import Collection, Sequence

from converter.brazil.headers import fold_words
from converter.mapping.remarks import begins
from converter.mapping.sense import Mark, Sense
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue

_OTHER = {Mark.CIF: "fob", Mark.FOB: "cif"}
_PAYS = 5
"""From which of the file's [tomadores] on someone takes the service, whoever else is named."""


def mark_freight(found: Sequence[Sense], nobody: Collection[int]) -> None:
    """Have the columns that say who pays the freight hold the rows of whoever is not named.

    `Tipo Frete` beside nobody but a `Destinatário`: under `CIF` it is the sender who pays. Who is
    said not to be the customer, in the columns of `nobody`, is not named either.
    """
    named = _only_one([one for one in found if one.index not in nobody])
    for one in found:
        if named and one.mark is None and _says_who_pays(one):
            one.mark = named


def pays_freight(value: RawValue, mark: Mark) -> bool:
    """Whether a value says that it is the one who is named: `FOB`, `1 - Destinatário`."""
    text, statuses = fold_words(text_of(value)), vocabulary().statuses
    return begins(text, statuses[mark]) and not begins(text, statuses[_OTHER[mark]])


def _only_one(found: Sequence[Sense]) -> Mark | None:
    ranks, statuses = vocabulary().tomadores, vocabulary().statuses
    if any(ranks.get(one.party, 0) >= _PAYS and one.names_someone for one in found):
        return None
    headers = [fold_words(one.cell.column.header) for one in found if one.party]
    sent = any(begins(header, statuses["quem_manda"]) for header in headers)
    received = any(begins(header, statuses["quem_recebe"]) for header in headers)
    if sent == received:
        return None
    return Mark.CIF if sent else Mark.FOB


def _says_who_pays(one: Sense) -> bool:
    statuses = vocabulary().statuses
    if begins(fold_words(one.cell.column.header), statuses["frete"]):
        return one.profile.filled > 0
    return one.profile.most(lambda value: begins(fold_words(text_of(value)), statuses["cif_fob"]))
