"""Files whose notes another file bills again, with one thing changed in every row.

No row of such a file is one that was sent, so that nothing else tells that the two belong together:
a file kept under a new name, its dates all put to another day, would be sent whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
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
    rows = _rows(content)
    enough = max(2, (len(every) + 1) // 2)
    if content.origins or len(rows) < enough or not {*every}.difference(claims):
        return frozenset()
    found = _sent_to_them(journal, ambiente, content.arquivo, rows)
    return _again_in(
        {name: of for name, of in found.items() if len(of) >= enough}, rows, sent, enough
    )


def _again_in(
    files: Mapping[str, Sequence[Claim]],
    rows: Sequence[tuple[str, RowKey]],
    sent: SentRows,
    enough: int,
) -> frozenset[str]:
    """Those of some files of whose notes the rows bill so many again."""
    sent.read(claim for theirs in files.values() for claim in theirs)
    here = [_Billed(*row) for row in rows] if files else []
    return frozenset(
        name for name, theirs in files.items() if _again(here, _billed(theirs, sent), enough)
    )


def _rows(content: Content) -> list[tuple[str, RowKey]]:
    """CNPJ of the prestador and key of the rows that say who bills whom, and when."""
    return [
        (prestador.cnpj, key)
        for sheet in content.rows
        for prestador, key in zip(sheet.prestador, sheet.key, strict=True)
        if prestador and key.documento and key.dia
    ]


def _billed(claims: Sequence[Claim], sent: SentRows) -> list[_Billed]:
    return [_Billed(sent.lote(one).prestador.cnpj, sent.key(one)) for one in claims]


def _sent_to_them(
    journal: Journal, ambiente: str, arquivo: str, rows: Sequence[tuple[str, RowKey]]
) -> dict[str, list[Claim]]:
    """What other files sent to the customers of these rows from about their month on, by file."""
    month = date.fromisoformat(min([key.dia for _, key in rows])).replace(day=1)
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in journal.claims_to(
        ambiente,
        since=str(month - _EARLIER) if month.year > 1 else "",
        cnpjs={cnpj for cnpj, _ in rows},
        documentos={key.documento for _, key in rows},
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
