"""Files renamed, moved to another folder, split, joined or copied, known by their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, combinations

from converter.history.sent_rows import SentRows
from converter.journal.journal import Journal
from converter.journal.rows import Claim
from converter.model.filerun import Content
from converter.model.rows import RowKey, RowRef


@dataclass(frozen=True, slots=True)
class Moved:
    """Lotes that become a file's own, because the file they came from is gone.

    `sources` are the names it had, `places` says by ref and identity where rows stand now,
    `sheets` by ref which sheet stands for which.
    """

    arquivo: str
    sources: frozenset[str] = frozenset()
    places: Mapping[str, Mapping[str, RowRef]] = field(default_factory=dict)
    sheets: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def now(self, claim: Claim) -> Claim:
        """A row as it stands once its lote has moved; a row the file has not keeps its number."""
        if claim.ref not in self.places:
            return claim
        sheet = self.sheets[claim.ref].get(claim.planilha, claim.planilha)
        planilha, row = self.places[claim.ref].get(claim.identity, (sheet, claim.row))
        return replace(claim, arquivo=self.arquivo, planilha=planilha, row=row)


def lotes_here(
    journal: Journal, ambiente: str, arquivo: str, claims: Mapping[str, Claim]
) -> Mapping[str, Collection[Claim]]:
    """Lotes of other files of which at least half the rows are in this one: those rows, by ref.

    `claims` are the journal's on the rows of this file, by identity.
    """
    here: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims.values():
        if claim.arquivo != arquivo:
            here[claim.ref].append(claim)
    sizes = journal.sizes(ambiente, here) if here else {}
    return {ref: found for ref, found in here.items() if 2 * len(found) >= sizes[ref]}


def moved(content: Content, lotes: Mapping[str, Collection[Claim]]) -> Moved:
    """These lotes as this file's own."""
    if not lotes:
        return Moved(content.arquivo)
    stands = {
        identity: RowRef(sheet.planilha, row)
        for sheet in content.rows
        for identity, row in zip(sheet.identity, sheet.rows, strict=True)
    }
    return Moved(
        content.arquivo,
        frozenset(claim.arquivo for found in lotes.values() for claim in found),
        {
            ref: {claim.identity: stands[claim.identity] for claim in found}
            for ref, found in lotes.items()
        },
        {
            ref: {claim.planilha: stands[claim.identity].planilha for claim in found}
            for ref, found in lotes.items()
        },
    )


def copied_from(
    journal: Journal, ambiente: str, content: Content, claims: Mapping[str, Claim], sent: SentRows
) -> Collection[str]:
    """The files this one is made of: half of its rows are theirs, or theirs but for one thing.

    At least one row must be wholly theirs: two files of one client's notes of one day are alike
    without being copies.
    """
    theirs = [one for one in claims.values() if one.arquivo != content.arquivo]
    names = tuple(dict.fromkeys(claim.arquivo for claim in theirs))
    rows = sum(len(sheet.rows) for sheet in content.rows)
    if not names or 2 * len(theirs) >= rows:
        return names
    of_files = chain.from_iterable(journal.claims_of_file(ambiente, name) for name in names)
    gone = [claim for claim in of_files if claim.identity not in claims]
    sent.read(gone)
    retyped = _retyped(content, claims, [sent.key(claim) for claim in gone])
    return names if 2 * (len(theirs) + retyped) >= rows else ()


def _retyped(content: Content, claims: Collection[str], gone: Sequence[RowKey]) -> int:
    """How many rows that are in no lote differ from one of `gone` in a single thing."""
    known = set(chain.from_iterable(map(_same_day, gone)))
    return sum(
        identity not in claims and not known.isdisjoint(_same_day(key))
        for sheet in content.rows
        for identity, key in zip(sheet.identity, sheet.key, strict=True)
    )


def _same_day(key: RowKey) -> Iterator[tuple[str, int, str, str]]:
    """The day with each two of tomador, value and text."""
    for place, (one, other) in enumerate(combinations((key.documento, key.valor, key.texto), 2)):
        yield key.dia, place, one, other
