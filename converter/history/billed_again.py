"""Files whose notes another file bills again, with one thing changed in every row.

No row of such a file is one that was sent, so that nothing else tells that the two belong together:
a file kept under a new name, its dates all put to another day, would be sent whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from converter.history.sent_rows import SentRows
from converter.journal.journal import Journal
from converter.journal.rows import Claim
from converter.model.filerun import Content
from converter.model.rows import RowKey

_EARLIER = timedelta(days=31)
"""How long before the month of its notes a lote may have been made; notes are not of the future."""


@dataclass(frozen=True, slots=True)
class _Billed:
    """A row with its prestador's CNPJ: what may be changed in it is day, value or text."""

    cnpj: str
    key: RowKey

    @property
    def customer(self) -> tuple[str, str, str]:
        """Who bills whom, in which month."""
        return self.cnpj, self.key.documento, self.key.dia[:7]

    def twos(self) -> Iterator[tuple[tuple[str, str, str], int, tuple[str, ...]]]:
        """Each two of day, value and text, to one customer in one month."""
        parts = (self.key.dia, self.key.valor, self.key.texto)
        for number, two in enumerate(combinations(parts, 2)):
            yield self.customer, number, two


def billed_again(
    journal: Journal, ambiente: str, content: Content, claims: Collection[str], sent: SentRows
) -> frozenset[str]:
    """The files of which this one bills the notes again: half of its rows, and two at least.

    Such a row is one of theirs but for its day, value or text, in the same month; one row sent
    explains one row here. They are of two customers at least: one who is billed the same every
    week is in many a new file. `claims` are identities that are in a lote.
    """
    every = [one for sheet in content.rows for one in sheet.identity]
    rows = [
        _Billed(prestador.cnpj, key)
        for sheet in content.rows
        for prestador, key in zip(sheet.prestador, sheet.key, strict=True)
        if prestador and key.documento and key.dia
    ]
    enough = max(2, (len(every) + 1) // 2)
    if content.origins or len(rows) < enough or all(one in claims for one in every):
        return frozenset()
    found = _sent_to_them(journal, ambiente, content.arquivo, rows)
    files = {name: theirs for name, theirs in found.items() if len(theirs) >= enough}
    sent.read(claim for theirs in files.values() for claim in theirs)
    return frozenset(
        name
        for name, theirs in files.items()
        if _again(
            rows,
            [_Billed(sent.lote(one).prestador.cnpj, sent.key(one)) for one in theirs],
            enough,
        )
    )


def _sent_to_them(
    journal: Journal, ambiente: str, arquivo: str, rows: Sequence[_Billed]
) -> dict[str, list[Claim]]:
    """What other files sent to the customers of these rows from about their month on, by file."""
    month = date.fromisoformat(min(row.key.dia for row in rows)).replace(day=1)
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in journal.claims_to(
        ambiente,
        since=str(month - _EARLIER) if month.year > 1 else "",
        cnpjs={row.cnpj for row in rows},
        documentos={row.key.documento for row in rows},
        without=arquivo,
    ):
        found[claim.arquivo].append(claim)
    return found


def _again(rows: Sequence[_Billed], olds: Sequence[_Billed], enough: int) -> bool:
    here, there = _like(rows, olds), _like(olds, rows)
    pairs = here & there
    customers = {(cnpj, documento) for cnpj, documento, _ in pairs}
    return pairs.total() >= enough and len(customers) > 1


def _like(rows: Sequence[_Billed], others: Sequence[_Billed]) -> Counter[tuple[str, str, str]]:
    """How many of the rows to each customer are one of the others but for one thing."""
    known = {two for one in others for two in one.twos()}
    return Counter(row.customer for row in rows if not known.isdisjoint(row.twos()))
