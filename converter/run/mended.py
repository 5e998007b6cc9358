"""Rows mended in a `_corrigir` workbook, tied to the rows they came from.

Without the tie, mending the copy and later the original, or two copies, a little differently,
would send the same service twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from converter.journal.journal import Journal
from converter.journal.rows import Claim
from converter.model.notas import Lote
from converter.run.batch import Prepared
from converter.run.sent import Sent
from converter.stages.compose import RowKey
from converter.stages.recognise import first_of
from converter.stages.report import First

_KEY = "corrigida/"
_Place = tuple[str, int]


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
) -> Mapping[_Place, First]:
    """The rows of this file that were sent as mended elsewhere, and where that is.

    Args:
        journal: Where the ties are.
        ambiente: The lotes spoken of.
        prepared: The file; its rows may be those that were mended, or a mended copy of them.
        own: Identities this very file already has in a lote.
        sent: What rows were sent as.
    """
    found: dict[_Place, First] = {}
    copies = _Copies(journal, ambiente, prepared.work.arquivo, sent)
    if not copies.any and not prepared.origins:
        return found
    for sheet in prepared.composed:
        for index, row in enumerate(sheet.rows):
            if sheet.identity[index] in own:
                continue
            place, key = (sheet.planilha, row), sheet.key[index]
            claim = copies.of(place, prepared.work.sha256, key)
            origem = prepared.origins.get(place)
            if claim is None and origem is not None:
                others = copies.beside(origem.arquivo)
                at = (origem.planilha, origem.row)
                claim = others.of(at, origem.sha256, key) or others.itself(at, key)
            if claim is not None and claim.arquivo != prepared.work.arquivo:
                found[place] = first_of(claim, corrected=True)
    return found


class _Copies:
    """The rows of one file that were sent from a mended copy of it, or from itself."""

    def __init__(self, journal: Journal, ambiente: str, arquivo: str, sent: Sent) -> None:
        self._journal = journal
        self._sent = sent
        self._ambiente = ambiente
        self._arquivo = arquivo
        told = journal.recall_all(f"{_KEY}{ambiente}/{arquivo}/")
        self._ties = {place: fact.split(" ", 1) for place, fact in told.items()}
        self._claims = journal.claims(ambiente, [identity for identity, _ in self._ties.values()])
        self._own: dict[_Place, Claim] | None = None
        self._beside: dict[str, _Copies] = {arquivo: self}

    @property
    def any(self) -> bool:
        """Whether some row of the file was sent from a copy."""
        return bool(self._ties)

    def beside(self, arquivo: str) -> _Copies:
        """The same of another file."""
        if arquivo not in self._beside:
            self._beside[arquivo] = _Copies(self._journal, self._ambiente, arquivo, self._sent)
        return self._beside[arquivo]

    def of(self, place: _Place, sha256: str, key: RowKey) -> Claim | None:
        """The mended copy of a row.

        It counts while the file is the one it was made from, and in a file edited since while
        the row still has the copy's month, and its tomador or value.
        """
        identity, made_from = self._ties.get(f"{place[0]}/{place[1]}", ("", ""))
        claim = self._claims.get(identity)
        return claim if claim and (made_from == sha256 or self._alike(claim, key)) else None

    def itself(self, place: _Place, key: RowKey) -> Claim | None:
        """The row as it was mended in place and sent."""
        if self._own is None:
            claims = self._journal.claims_of_file(self._ambiente, self._arquivo)
            self._own = {(claim.planilha, claim.row): claim for claim in claims}
        claim = self._own.get(place)
        return claim if claim and self._alike(claim, key) else None

    def _alike(self, claim: Claim, key: RowKey) -> bool:
        old = self._sent.key(claim)
        same_month = old.dia[:7] == key.dia[:7]
        return same_month and (old.documento == key.documento or old.valor == key.valor)
