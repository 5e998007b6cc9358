"""Files renamed, moved to another folder or copied under a new name, known by their rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from converter.journal.journal import Journal
from converter.journal.rows import Claim
from converter.run.batch import Prepared
from converter.run.sent import Sent
from converter.stages.compose import RowKey


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
    journal: Journal,
    ambiente: str,
    prepared: Prepared,
    claims: Mapping[str, Claim],
    mended: Collection[str],
    sent: Sent,
) -> tuple[str, ...]:
    """The files this one is made of: half of its rows are theirs, or theirs but for one thing.

    At least one row must be wholly theirs: two files of one client's notes of one day are alike
    without being copies.
    """
    arquivo = prepared.work.arquivo
    theirs = [one for one in claims.values() if one.arquivo != arquivo and one.ref not in mended]
    names = tuple(dict.fromkeys(claim.arquivo for claim in theirs))
    rows = sum(len(sheet.rows) for sheet in prepared.composed)
    if not names or 2 * len(theirs) >= rows:
        return names
    gone = [
        claim
        for name in names
        for claim in journal.claims_of_file(ambiente, name)
        if claim.identity not in claims
    ]
    sent.read(gone)
    known = {two for claim in gone for two in _same_day(sent.key(claim))}
    retyped = sum(
        identity not in claims and not known.isdisjoint(_same_day(key))
        for sheet in prepared.composed
        for identity, key in zip(sheet.identity, sheet.key, strict=True)
    )
    return names if 2 * (len(theirs) + retyped) >= rows else ()


def _same_day(key: RowKey) -> Iterator[tuple[str, int, str, str]]:
    """The day with each two of tomador, value and text."""
    for place, (one, other) in enumerate(combinations((key.documento, key.valor, key.texto), 2)):
        yield key.dia, place, one, other
