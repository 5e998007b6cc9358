"""Files renamed, moved to another folder, split, joined or copied, known by their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from converter.history.sent_rows import Sent
from converter.journal.journal import Journal
from converter.journal.rows import Claim
from converter.model.filerun import Content
from converter.model.rows import RowKey


def lotes_here(
    journal: Journal, ambiente: str, arquivo: str, claims: Mapping[str, Claim]
) -> Mapping[str, Collection[Claim]]:
    """Lotes of other files of which at least half the rows are in this one: those rows, by ref.

    Args:
        journal: Where the lotes are.
        ambiente: The lotes spoken of.
        arquivo: This file.
        claims: The journal's claims on its rows, by identity.
    """
    here: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims.values():
        if claim.arquivo != arquivo:
            here[claim.ref].append(claim)
    sizes = journal.sizes(ambiente, here) if here else {}
    return {ref: found for ref, found in here.items() if 2 * len(found) >= sizes[ref]}


def adopt(
    journal: Journal,
    ambiente: str,
    content: Content,
    lotes: Mapping[str, Collection[Claim]],
) -> None:
    """Give this file these lotes, because the one they came from is gone."""
    places = {
        identity: (sheet.planilha, row)
        for sheet in content.rows
        for identity, row in zip(sheet.identity, sheet.rows, strict=True)
    }
    for ref, found in lotes.items():
        own = {claim.identity: places[claim.identity] for claim in found}
        journal.adopt(ambiente, ref, content.arquivo, own)


def copied_from(
    journal: Journal, ambiente: str, content: Content, claims: Mapping[str, Claim], sent: Sent
) -> Collection[str]:
    """The files this one is made of: half of its rows are theirs, or theirs but for one thing.

    At least one row must be wholly theirs: two files of one client's notes of one day are alike
    without being copies.
    """
    arquivo = content.arquivo
    theirs = [one for one in claims.values() if one.arquivo != arquivo]
    names = tuple(dict.fromkeys(claim.arquivo for claim in theirs))
    rows = sum(len(sheet.rows) for sheet in content.rows)
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
        for sheet in content.rows
        for identity, key in zip(sheet.identity, sheet.key, strict=True)
    )
    return names if 2 * (len(theirs) + retyped) >= rows else ()


def _same_day(key: RowKey) -> Iterator[tuple[str, int, str, str]]:
    """The day with each two of tomador, value and text."""
    for place, (one, other) in enumerate(combinations((key.documento, key.valor, key.texto), 2)):
        yield key.dia, place, one, other
