"""Rows corrected in a `_corrigir` workbook, known where they came from.

Otherwise correcting the copy and later the original, or two copies, a little differently, would
send the same service twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from converter.history.sent_rows import SentRows
from converter.journal.related import CorrectedRow
from converter.journal.rows import Claim
from converter.model.filerun import Content
from converter.model.origem import Origem
from converter.model.rows import Place, RowKey, RowRef


class Corrections:
    """The rows of related files that were sent from workbooks made to correct them."""

    def __init__(self, rows: Sequence[CorrectedRow]) -> None:
        self._of_version: dict[tuple[str, RowRef], Claim] = {}
        self._at: dict[Place, list[Claim]] = defaultdict(list)
        self.places: dict[str, list[Place]] = defaultdict(list)
        for source, claim in rows:
            place = Place(source.arquivo, source.planilha, source.row)
            self._of_version[source.sha256, RowRef(source.planilha, source.row)] = claim
            self._at[place].append(claim)
            self.places[claim.identity].append(place)

    def of(self, origem: Origem) -> Claim | None:
        """What a row of a file of these very bytes was sent as."""
        return self._of_version.get((origem.sha256, RowRef(origem.planilha, origem.row)))

    def sent_rows(
        self, content: Content, own: Collection[str], sent: SentRows
    ) -> Mapping[RowRef, Claim]:
        """The rows of a file surely sent as corrected in another, and what they were sent as.

        A row of the very bytes the other was made from surely was. In a file edited since, so was
        a row at the same place that still has its error and says nothing else than the corrected
        one. `own` are identities this very file already has in a lote.
        """
        if not self._of_version:
            return {}
        found: dict[RowRef, Claim] = {}
        for sheet in content.rows:
            for row, identity, key in zip(sheet.rows, sheet.identity, sheet.key, strict=True):
                place = RowRef(sheet.planilha, row)
                stood = [Origem(content.arquivo, content.sha256, *place)]
                if (origem := content.origins.get(place)) is not None:
                    stood.append(origem)
                claim = next(filter(None, map(self.of, stood)), None)
                if claim is None and place in content.rejected:
                    claim = self._in_error(stood, key, sent)
                if claim is not None and claim.arquivo != content.arquivo and identity not in own:
                    found[place] = claim
        return found

    def _in_error(self, stood: Sequence[Origem], key: RowKey, sent: SentRows) -> Claim | None:
        places = (Place(one.arquivo, one.planilha, one.row) for one in stood)
        here = (claim for place in places for claim in self._at.get(place, ()))
        return next((claim for claim in here if _agree(sent.key(claim), key)), None)

    def missing(self, content: Content) -> Sequence[tuple[Origem, str]]:
        """The origins of rows of which no correction is known yet, each with its row's identity."""
        return [
            (origem, identity)
            for sheet in (content.rows if content.origins else ())
            for row, identity in zip(sheet.rows, sheet.identity, strict=True)
            if (origem := content.origins.get((sheet.planilha, row))) is not None
            and self.of(origem) is None
        ]


def _agree(old: RowKey, key: RowKey) -> bool:
    """Whether all that could be read of a row in error is what was sent."""
    pairs = ((old.dia, key.dia), (old.documento, key.documento), (old.valor, key.valor))
    read = [was == now for was, now in (*pairs, (old.texto, key.texto)) if now]
    return len(read) > 1 and all(read)


def rows_in_lotes(content: Content, claims: Mapping[str, Claim]) -> Counter[str]:
    """How many good rows of the file each lote has."""
    good = {
        identity
        for sheet in content.rows
        for row, identity in zip(sheet.rows, sheet.identity, strict=True)
        if (sheet.planilha, row) not in content.rejected
    }
    return Counter(claim.ref for identity, claim in claims.items() if identity in good)
