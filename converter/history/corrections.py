"""Rows mended in a `_corrigir` workbook, tied to the rows they came from.

Without the tie, mending the copy and later the original, or two copies, a little differently,
would send the same service twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from converter.history.recognise import Came, Place
from converter.history.sent_rows import Sent
from converter.journal.journal import Journal
from converter.journal.rows import Claim
from converter.model.filerun import Content
from converter.model.notas import Lote
from converter.model.rows import RowKey


class Ties:
    """The rows of a family of files that were sent from workbooks made to mend them."""

    def __init__(self, journal: Journal, ambiente: str, names: Collection[str]) -> None:
        self._sure: dict[tuple[str, str, int], Claim] = {}
        self._at: dict[Place, list[Claim]] = defaultdict(list)
        self.places: dict[str, list[Place]] = defaultdict(list)
        for source, claim in journal.corrected_rows(ambiente, names):
            place = (source.arquivo, source.planilha, source.row)
            self._sure[source.sha256, source.planilha, source.row] = claim
            self._at[place].append(claim)
            self.places[claim.identity].append(place)

    def __bool__(self) -> bool:
        return bool(self._sure)

    def of(self, sha256: str, planilha: str, row: int) -> Claim | None:
        """What the row that stood there in a file of these very bytes was sent as."""
        return self._sure.get((sha256, planilha, row))

    def at(self, place: Place) -> Sequence[Claim]:
        """What the rows that ever stood there were sent as."""
        return self._at.get(place, ())


def mended(
    content: Content, own: Collection[str], ties: Ties, sent: Sent
) -> Mapping[tuple[str, int], Claim]:
    """The rows of this file surely sent as mended in another, and what they were sent as.

    A row of the very bytes the other was made from surely was. In a file edited since, so was a
    row at the same place that still has its error and says nothing else than the mended one.

    Args:
        content: The file; its rows may be those that were mended, or a mended copy of them.
        own: Identities this very file already has in a lote.
        ties: The mended rows of its family.
        sent: What rows were sent as.
    """
    found: dict[tuple[str, int], Claim] = {}
    arquivo, version = content.arquivo, content.sha256
    for sheet in content.rows if ties else ():
        for row, identity, key in zip(sheet.rows, sheet.identity, sheet.key, strict=True):
            place = (sheet.planilha, row)
            claim = ties.of(version, *place)
            stood = [(arquivo, *place)]
            origem = content.origins.get(place)
            if origem is not None:
                claim = claim or ties.of(origem.sha256, origem.planilha, origem.row)
                stood.append((origem.arquivo, origem.planilha, origem.row))
            if claim is None and place in content.rejected:
                here = (one for each in stood for one in ties.at(each))
                claim = next((one for one in here if _agree(sent.key(one), key)), None)
            if claim is not None and claim.arquivo != arquivo and identity not in own:
                found[place] = claim
    return found


def _agree(old: RowKey, key: RowKey) -> bool:
    """Whether all that could be read of a row in error is what was sent."""
    pairs = ((old.dia, key.dia), (old.documento, key.documento), (old.valor, key.valor))
    read = [was == now for was, now in (*pairs, (old.texto, key.texto)) if now]
    return len(read) > 1 and all(read)


def came_from(journal: Journal, ambiente: str, content: Content) -> Mapping[tuple[str, int], Came]:
    """Where the rows of a workbook to mend stood, and the lotes that stood whole beside them."""
    versions = {origem.sha256 for origem in content.origins.values()}
    beside = journal.whole_lotes(ambiente, versions)
    return {
        place: Came((origem.arquivo, origem.planilha, origem.row), beside[origem.sha256])
        for place, origem in content.origins.items()
    }


def remember_mended(
    journal: Journal, ambiente: str, content: Content, known: Collection[str], ties: Ties
) -> None:
    """Keep, for each row of a lote (`known` by identity) that came from another file, its origin.

    A row that already has such a copy in `ties` keeps it.
    """
    facts = {}
    for sheet in content.rows if content.origins else ():
        for row, identity in zip(sheet.rows, sheet.identity, strict=True):
            origem = content.origins.get((sheet.planilha, row))
            if origem is None or identity not in known:
                continue
            if ties.of(origem.sha256, origem.planilha, origem.row) is None:
                facts[origem] = identity
    journal.remember_corrected(ambiente, facts)


def remember_beside(
    journal: Journal,
    ambiente: str,
    content: Content,
    claims: Mapping[str, Claim],
    lotes: Sequence[Lote],
) -> None:
    """Keep which lotes this version of a file has whole: its rows to mend are none of theirs.

    Args:
        journal: Where it is kept.
        ambiente: The lotes spoken of.
        content: A file with rows to mend.
        claims: The journal's claims on its rows, by identity.
        lotes: What is sent of it now.
    """
    good = {
        identity
        for sheet in content.rows
        for row, identity in zip(sheet.rows, sheet.identity, strict=True)
        if (sheet.planilha, row) not in content.rejected
    }
    here = Counter(claim.ref for identity, claim in claims.items() if identity in good)
    sizes = journal.sizes(ambiente, here) if here else {}
    refs = {lote.ref for lote in lotes} | {ref for ref in here if here[ref] == sizes.get(ref)}
    earlier = {origem.sha256 for origem in content.origins.values()}
    refs = refs.union(*journal.whole_lotes(ambiente, earlier).values())
    journal.remember_whole(ambiente, content.sha256, refs)
