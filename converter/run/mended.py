"""Rows mended in a `_corrigir` workbook, tied to the rows they came from.

Without the tie, mending the copy and later the original, a little differently, would send the
same service twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from converter.journal.journal import Journal
from converter.model.notas import Lote
from converter.run.batch import Prepared
from converter.stages.report import First, Where

_KEY = "corrigida/"


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
    journal: Journal, ambiente: str, prepared: Prepared, own: Collection[str]
) -> Mapping[Where, First]:
    """The rows of this file whose mended copy was sent, and where that copy is.

    The copy counts while the file is the one it was made from, and in a file edited since while
    the row still has the copy's tomador or value.
    """
    arquivo, sha256 = prepared.work.arquivo, prepared.work.sha256
    told = journal.recall_all(f"{_KEY}{ambiente}/{arquivo}/")
    if not told:
        return {}
    copies = {place: tuple(fact.split(" ", 1)) for place, fact in told.items()}
    claims = journal.claims(ambiente, {identity for identity, _ in copies.values()})
    found: dict[Where, First] = {}
    for sheet in prepared.composed:
        for index, row in enumerate(sheet.rows):
            identity, made_from = copies.get(f"{sheet.planilha}/{row}", ("", ""))
            claim = claims.get(identity)
            if claim is None or claim.arquivo == arquivo or sheet.identity[index] in own:
                continue
            key = sheet.key[index]
            alike = claim.documento == key.documento or str(claim.valor) == key.valor
            if made_from == sha256 or alike:
                found[(sheet.planilha, row)] = First(
                    claim.arquivo,
                    claim.planilha,
                    claim.row,
                    claim.ref,
                    claim.answer.numero if claim.answer else None,
                    corrected=True,
                )
    return found
