"""Rows mended in a `_corrigir` workbook, tied to the rows they came from.

Without the tie, mending the copy and later the original, or two copies, a little differently,
would send the same service twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from converter.journal.journal import Journal
from converter.journal.rows import Claim
from converter.model.notas import Lote
from converter.run.batch import Prepared
from converter.run.sent import Sent
from converter.stages.compose import RowKey
from converter.stages.recognise import first_of
from converter.stages.report import First

_KEY = "corrigida/"
Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Mended:
    """What is known of a file's rows from workbooks to mend.

    `firsts` are the rows surely sent as mended elsewhere, and where that is. `maybe` are claims
    that one of the other rows may be, edited, with where that row would stand.
    """

    firsts: Mapping[Place, First] = field(default_factory=dict)
    maybe: tuple[tuple[Claim, Place], ...] = ()

    @property
    def refs(self) -> frozenset[str]:
        """The lotes of the rows surely sent."""
        return frozenset(first.ref for first in self.firsts.values())


def remember_mended(
    journal: Journal, ambiente: str, prepared: Prepared, lotes: Sequence[Lote]
) -> None:
    """Keep, for each row about to be sent that came from another file, where that was."""
    facts = {}
    for nota in (nota for lote in lotes for nota in lote.notas):
        origem = prepared.origins.get((nota.planilha, nota.row))
        if origem is not None:
            place = f"{origem.arquivo}/{origem.planilha}/{origem.row}"
            facts[f"{_KEY}{ambiente}/{place}"] = f"{nota.identity} {origem.sha256}"
    if facts:
        journal.remember_all(facts)


def mended(
    journal: Journal, ambiente: str, prepared: Prepared, own: Collection[str], sent: Sent
) -> Mended:
    """What of this file was sent as mended elsewhere.

    A row of the very bytes a copy was made from surely was. In a file edited since, so was a row
    that still has its error and looks like the mended one; a good row may be a note of its own.

    Args:
        journal: Where the ties are.
        ambiente: The lotes spoken of.
        prepared: The file; its rows may be those that were mended, or a mended copy of them.
        own: Identities this very file already has in a lote.
        sent: What rows were sent as.
    """
    arquivo, sha256 = prepared.work.arquivo, prepared.work.sha256
    ties = Ties(journal, ambiente, arquivo)
    origins = {
        origem.arquivo: Ties(journal, ambiente, origem.arquivo)
        for origem in prepared.origins.values()
    }
    found: dict[Place, First] = {}
    maybe = {claim.identity: (claim, place) for claim, place in ties.claims()}
    for place, identity, key in _rows(prepared) if maybe or origins else ():
        if identity in own:
            continue
        claim = ties.of(place, sha256)
        doubtful = None if claim else ties.at(place)
        origem = prepared.origins.get(place)
        if claim is None and origem is not None:
            there, at = origins[origem.arquivo], (origem.planilha, origem.row)
            claim = there.of(at, origem.sha256)
            doubtful = there.at(at) or there.itself(at)
            if doubtful is not None:
                maybe[doubtful.identity] = (doubtful, place)
        if claim is None and doubtful is not None and place in prepared.rejected:
            claim = doubtful if _alike(sent.key(doubtful), key) else None
        if claim is not None and claim.arquivo != arquivo:
            found[place] = first_of(claim, corrected=True)
    return Mended(found, tuple(maybe.values()))


def _rows(prepared: Prepared) -> Iterator[tuple[Place, str, RowKey]]:
    for sheet in prepared.composed:
        for row, identity, key in zip(sheet.rows, sheet.identity, sheet.key, strict=True):
            yield (sheet.planilha, row), identity, key


def _alike(old: RowKey, key: RowKey) -> bool:
    same_month = old.dia[:7] == key.dia[:7]
    return same_month and (old.documento == key.documento or old.valor == key.valor)


class Ties:
    """The rows of one file that were sent from a mended copy of it, or from itself."""

    def __init__(self, journal: Journal, ambiente: str, arquivo: str) -> None:
        self._journal = journal
        self._ambiente = ambiente
        self._arquivo = arquivo
        told = journal.recall_all(f"{_KEY}{ambiente}/{arquivo}/")
        self._facts = {_place(text): fact.split(" ", 1) for text, fact in told.items()}
        self._claims = journal.claims(ambiente, [identity for identity, _ in self._facts.values()])
        self._own: dict[Place, Claim] | None = None

    def claims(self) -> Iterator[tuple[Claim, Place]]:
        """Every row sent from a copy, and where it stood in the file."""
        for place, (identity, _) in self._facts.items():
            if identity in self._claims:
                yield self._claims[identity], place

    def at(self, place: Place) -> Claim | None:
        """The mended copy of the row that stood at a place."""
        identity, _ = self._facts.get(place, ("", ""))
        return self._claims.get(identity)

    def of(self, place: Place, sha256: str) -> Claim | None:
        """The same, in the very bytes the copy was made from."""
        return self.at(place) if self._facts.get(place, ("", ""))[1] == sha256 else None

    def itself(self, place: Place) -> Claim | None:
        """The row as it was mended in place and sent."""
        if self._own is None:
            claims = self._journal.claims_of_file(self._ambiente, self._arquivo)
            self._own = {(claim.planilha, claim.row): claim for claim in claims}
        return self._own.get(place)


def _place(text: str) -> Place:
    planilha, _, row = text.rpartition("/")
    return planilha, int(row)
