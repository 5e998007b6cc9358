"""Which rows below the header are notes: not the blank ones, not totals, not a second header."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, zip_longest

from converter.brazil import money
from converter.brazil.headers import fold
from converter.model.cells import RawSheet, RawValue, is_blank

Column = Sequence[RawValue]

_ZERO = Decimal(0)
_BLOCK = 2048
"""Rows turned into columns at a time: as many as stay in the processor's cache."""

_TOTAL = re.compile(
    r"(sub)?tota(l|is)(gera(l|is)|d[ao]s?(notas?|servicos?|periodo|mes)|bruto|liquido|parcia(l|is)|r)*"
    r"\d*|somas?(toria|torio|total)?|valortotal(geral)?"
)
_FOOT = re.compile(
    r"(obs|observac|gerado|emitidoem|emitidopor|impresso|pagina|fonte|relatorio|quantidade|"
    r"registros|totalde(registros|notas|linhas))"
)


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands below the header, by 0-based position under it.

    `notes` are the rows to convert; `blank` have nothing in any column the mapping uses, of which
    `beside` hold something in a column it ignores; `totals`, `headers`, `foot` and `instructions`
    were recognised for what they are.
    """

    notes: Sequence[int]
    blank: tuple[int, ...]
    beside: tuple[int, ...]
    totals: tuple[int, ...]
    headers: tuple[int, ...]
    foot: tuple[int, ...]
    instructions: tuple[int, ...] = ()

    @property
    def left_out(self) -> tuple[int, ...]:
        """Rows with something in them that are no notes."""
        return tuple(sorted((*self.totals, *self.headers, *self.foot, *self.instructions)))


def below(sheet: RawSheet, header_row: int) -> Sequence[Column]:
    """The columns under the header, up to the last row that has a cell, of one length."""
    body = sheet.rows[header_row:]
    head = sheet.rows[header_row - 1] if header_row <= len(sheet.rows) else ()
    width = max(len(head), *map(len, body)) if body else len(head)
    columns: list[list[RawValue]] = [[] for _ in range(width)]
    for start in range(0, len(body), _BLOCK):
        block = body[start : start + _BLOCK]
        pieces = list(zip_longest(*block))
        for column, piece in zip(columns, pieces, strict=False):
            column.extend(piece)
        for column in columns[len(pieces) :]:
            column.extend([None] * len(block))
    return columns


def sort_rows(
    columns: Sequence[Column],
    *,
    used: Sequence[int],
    identity: Sequence[int],
    amounts: Sequence[int],
    header: Sequence[tuple[int, str]],
    instructions: Sequence[int] = (),
) -> Rows:
    """Tell the notes from the rest.

    Args:
        columns: Every column of the sheet below the header, all of one length.
        used: The columns the mapping makes use of, those seldom blank first.
        identity: Of those, the ones that say who and what (date, document, name, text, code).
        amounts: Of those, the ones that hold amounts, the total of the note first.
        header: Column and folded text of each header, to know it again further down.
        instructions: Rows that say how to fill the sheet.
    """
    count = len(columns[0]) if columns else 0
    blank = _all_blank(columns, used, range(count))
    told = tuple(i for i in instructions if i not in set(blank))
    gone = {*blank, *told}
    suspects = [i for i in _nearly_blank(columns, identity, count) if i not in gone]
    headers = tuple(i for i in _repeated(columns, header, count) if i not in gone)
    gone.update(headers)
    totals, foot = _totals_and_foot(columns, [i for i in suspects if i not in gone], amounts)
    gone.update(totals, foot)
    others = [index for index in range(len(columns)) if index not in set(used)]
    beside = tuple(i for i in blank if any(not is_blank(columns[c][i]) for c in others))
    notes = range(count) if not gone else [i for i in range(count) if i not in gone]
    return Rows(notes, blank, beside, totals, headers, foot, told)


def blanks_of(column: Column) -> frozenset[RawValue]:
    """The ways in which `column` spells nothing, found among its distinct values."""
    # `is_blank` written out: an amount column has as many distinct values as rows.
    return frozenset([v for v in set(column) if v is None or (type(v) is str and not v.strip())])


def _all_blank(
    columns: Sequence[Column], used: Iterable[int], among: Sequence[int]
) -> tuple[int, ...]:
    left: Sequence[int] = among
    for index in used:
        column = columns[index]
        blanks = blanks_of(column)
        left = [i for i in left if column[i] in blanks] if blanks else ()
        if not left:
            break
    return tuple(left)


def _nearly_blank(columns: Sequence[Column], identity: Sequence[int], count: int) -> Sequence[int]:
    """Rows where at most one of the identity columns says anything."""
    filled_before = -1
    for index in identity:
        if blanks_of(columns[index]):
            continue
        if filled_before >= 0:
            return ()
        filled_before = index
    if not identity:
        return ()
    others = [index for index in identity if index != filled_before]
    if filled_before >= 0:
        return _all_blank(columns, others, range(count))
    first, second = (columns[index] for index in (*identity, *identity)[:2])
    blanks = blanks_of(first) | blanks_of(second)
    found = [
        i for i, two in enumerate(zip(first, second, strict=True)) if not blanks.isdisjoint(two)
    ]
    return [i for i in found if sum(not is_blank(columns[c][i]) for c in identity) <= 1]


def _repeated(
    columns: Sequence[Column], header: Sequence[tuple[int, str]], count: int
) -> tuple[int, ...]:
    """Rows that say the header again, as reports printed in pages do."""
    left: Sequence[int] = range(count)
    for index, folded in header:
        column = columns[index]
        typed = {value for value in set(column) if type(value) is str and fold(value) == folded}
        if not typed:
            return ()
        left = [i for i in left if column[i] in typed]
        if not left:
            return ()
    return tuple(left)


def _totals_and_foot(
    columns: Sequence[Column], suspects: Sequence[int], amounts: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    totals, foot = [], []
    only = set(amounts)
    sums = _Sums(columns[amounts[0]]) if amounts and suspects else None
    for row in suspects:
        filled = [
            (c, columns[c][row]) for c in range(len(columns)) if not is_blank(columns[c][row])
        ]
        texts = [fold(value) for _, value in filled if type(value) is str]
        if any(_TOTAL.fullmatch(text) for text in texts):
            totals.append(row)
        elif len(filled) == 1 and texts and _FOOT.match(texts[0]):
            foot.append(row)
        elif sums and {c for c, _ in filled} <= only and sums.is_sum(row):
            totals.append(row)
        else:
            continue
        if sums:
            sums.leave_out(row)
    return tuple(totals), tuple(foot)


class _Sums:
    """Running sums of an amount column, to know a total that nobody labelled."""

    def __init__(self, column: Column) -> None:
        order = money.convention(column)
        known = {(type(v), v): None if is_blank(v) else money.parse(v, order).value for v in column}
        self._amounts = [known[type(value), value] for value in column]
        self._sums = list(accumulate((value or _ZERO for value in self._amounts), initial=_ZERO))
        self._counts = list(accumulate((value is not None for value in self._amounts), initial=0))
        self._left_out = _ZERO
        self._left_out_count = 0
        self._since = 0

    def is_sum(self, row: int) -> bool:
        """True when the amount at `row` adds up two or more above it: all, or the last block."""
        said = self._amounts[row]
        if said is None:
            return False
        every = (self._sums[row] - self._left_out, self._counts[row] - self._left_out_count)
        block = (
            self._sums[row] - self._sums[self._since],
            self._counts[row] - self._counts[self._since],
        )
        return any(count > 1 and total == said for total, count in (every, block))

    def leave_out(self, row: int) -> None:
        """Do not add what stands at `row` to later sums."""
        amount = self._amounts[row]
        if amount is not None:
            self._left_out += amount
            self._left_out_count += 1
        self._since = row + 1
