"""Files renamed, moved to another folder or copied under a new name, known by their rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from converter.journal.journal import Journal
from converter.journal.rows import Claim
from converter.run.batch import Prepared


def adopt(
    journal: Journal,
    ambiente: str,
    prepared: Prepared,
    claims: Mapping[str, Claim],
    present: Collection[str],
    mended: Collection[str],
) -> bool:
    """Give this file the lotes of one that is gone, where it has at least half of their rows.

    Args:
        journal: Where the lotes are.
        ambiente: The lotes spoken of.
        prepared: The file.
        claims: The journal's claims on its rows, by identity.
        present: The files there are.
        mended: Refs of lotes made from mended copies of rows of this file, which are told of as
            such.
    """
    arquivo = prepared.work.arquivo
    here: dict[str, set[str]] = defaultdict(set)
    for identity, claim in claims.items():
        if claim.arquivo != arquivo and claim.arquivo not in present and claim.ref not in mended:
            here[claim.ref].add(identity)
    if not here:
        return False
    gone = {claims[identity].arquivo for found in here.values() for identity in found}
    whole = Counter(one.ref for name in gone for one in journal.claims_of_file(ambiente, name))
    places = {
        identity: (sheet.planilha, row)
        for sheet in prepared.composed
        for identity, row in zip(sheet.identity, sheet.rows, strict=True)
    }
    moved = [ref for ref, found in here.items() if 2 * len(found) >= whole[ref]]
    for ref in moved:
        own = {identity: places[identity] for identity in here[ref]}
        journal.adopt(ambiente, ref, arquivo, own)
    return bool(moved)


def copied_from(
    arquivo: str, claims: Mapping[str, Claim], rows: int, mended: Collection[str]
) -> tuple[str, ...]:
    """The files that hold at least half of this file's rows, so that it is a copy of theirs."""
    counts = Counter(
        claim.arquivo
        for claim in claims.values()
        if claim.arquivo != arquivo and claim.ref not in mended
    )
    return tuple(name for name, count in counts.items() if 2 * count >= rows)
