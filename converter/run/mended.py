"""Rows mended in a `_corrigir` workbook, tied to the rows they came from.

Without the tie, mending the copy and later the original, or two copies, a little differently,
would send the same service twice.
"""

from __future__ import annotations

from collections import defaultdict
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
            # A row number stands for other rows in later versions of the file.
            place = f"{origem.arquivo}/{origem.planilha}/{origem.row}/{origem.sha256}"
            facts[f"{_KEY}{ambiente}/{place}"] = nota.identity
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
        doubtful = list(ties.at(place))
        origem = prepared.origins.get(place)
        if origem is not None:
            there, at = origins[origem.arquivo], (origem.planilha, origem.row)
            claim = claim or there.of(at, origem.sha256)
            others = [*there.at(at), *there.itself(at)]
            maybe.update((other.identity, (other, place)) for other in others)
            doubtful += others
        if claim is None and place in prepared.rejected:
            claim = next((one for one in doubtful if _alike(sent.key(one), key)), None)
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
        self._claims = journal.claims(ambiente, told.values())
        self._at: dict[Place, dict[str, Claim]] = defaultdict(dict)
        for text, identity in told.items():
            if identity in self._claims:
                place, sha256 = _place(text)
                self._at[place][sha256] = self._claims[identity]
        self._own: dict[Place, list[Claim]] | None = None

    def claims(self) -> Iterator[tuple[Claim, Place]]:
        """Every row sent from a copy, and where it stood in the file."""
        for place, found in self._at.items():
            yield from ((claim, place) for claim in found.values())

    def at(self, place: Place) -> Sequence[Claim]:
        """The mended copies of the rows that ever stood at a place."""
        return tuple(self._at[place].values()) if place in self._at else ()

    def of(self, place: Place, sha256: str) -> Claim | None:
        """The mended copy of the row that stood there in a file of these very bytes."""
        return self._at[place].get(sha256) if place in self._at else None

    def itself(self, place: Place) -> Sequence[Claim]:
        """The rows that were mended there in place and sent."""
        if self._own is None:
            claims = self._journal.claims_of_file(self._ambiente, self._arquivo)
            self._own = defaultdict(list)
            for claim in claims:
                self._own[claim.planilha, claim.row].append(claim)
        return self._own.get(place, ())


def _place(text: str) -> tuple[Place, str]:
    planilha, row, sha256 = text.rsplit("/", 2)
    return (planilha, int(row)), sha256
