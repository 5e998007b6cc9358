"""Which rows below the header are notes: not the blank ones, not totals, not a second header."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import accumulate, chain, islice, zip_longest

from converter.brazil import date_words, money
from converter.brazil.headers import fold
from converter.mapping.under import BelowTable
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawSheet, RawValue, is_blank

Column = Sequence[RawValue]
Heading = Callable[[Mapping[int, RawValue]], bool]

_ZERO = Decimal(0)
_BLOCK = 2048
"""Rows turned into columns at a time: as many as stay in the processor's cache."""

_PERIOD = re.compile(r"(mesde|competencia(de)?)?(?P<month>[a-z]{3,9}?)(de)?\d{0,4}")


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands below the header, by 0-based position under it.

    `notes` are the rows to convert; `blank` have nothing in any column the mapping uses, of which
    `beside` hold something in a column it ignores; `totals`, `headers`, `foot`, `titles` (a month
    or a name above its notes) and `instructions` were recognised for what they are.
    """

    notes: Sequence[int]
    blank: tuple[int, ...]
    beside: tuple[int, ...]
    totals: tuple[int, ...]
    headers: tuple[int, ...]
    foot: tuple[int, ...]
    titles: tuple[int, ...] = ()
    instructions: tuple[int, ...] = ()

    @property
    def left_out(self) -> tuple[int, ...]:
        """Rows with something in them that are no notes."""
        told = (self.totals, self.headers, self.foot, self.titles, self.instructions)
        return tuple(sorted(chain.from_iterable(told)))


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
    header: Sequence[Sequence[tuple[int, str]]],
    instructions: Sequence[int] = (),
    is_heading: Heading | None = None,
) -> Rows:
    """Tell the notes from the rest.

    Args:
        columns: Every column of the sheet below the header, all of one length.
        used: The columns the mapping makes use of, those seldom blank first.
        identity: Of those, the ones that say who and what (date, document, name, text, code).
        amounts: Of those, the ones that hold amounts, the total of the note first.
        header: Column and folded text of each cell of the header, and of each row of groups over
            it, to know them again further down.
        instructions: Rows that say how to fill the sheet.
        is_heading: Whether the cells of a row, by column, say whose the rows below it are.
    """
    count = len(columns[0]) if columns else 0
    gone: set[int] = set()

    def first_known(rows: Iterable[int]) -> tuple[int, ...]:
        """Those of `rows` that were not recognised as anything else before."""
        found = tuple(row for row in rows if row not in gone)
        gone.update(found)
        return found

    blank = first_known(_all_blank(columns, used, range(count)))
    told = first_known(instructions)
    again = chain.from_iterable(_repeated(columns, line, count) for line in header)
    headers = first_known(sorted(set(again)))
    suspects = [row for row in _nearly_blank(columns, identity, count) if row not in gone]
    totals, foot, titles = map(
        first_known, _totals_and_words(columns, suspects, amounts, is_heading)
    )
    notes = [row for row in range(count) if row not in gone] if gone else range(count)
    beside = _filled_beside(columns, used, blank)
    return Rows(notes, blank, beside, totals, headers, foot, titles, told)


def _filled_beside(
    columns: Sequence[Column], used: Sequence[int], blank: Sequence[int]
) -> tuple[int, ...]:
    """Of the blank rows, those that say something in a column that is not used."""
    others = [column for index, column in enumerate(columns) if index not in set(used)]
    return tuple(row for row in blank if not all(is_blank(column[row]) for column in others))


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
    never_blank = (index for index in identity if not blanks_of(columns[index]))
    filled = list(islice(never_blank, 2))
    if not identity or len(filled) > 1:
        return ()
    if filled:
        others = [index for index in identity if index not in filled]
        return _all_blank(columns, others, range(count))
    return _with_one_filled(columns, identity)


def _with_one_filled(columns: Sequence[Column], identity: Sequence[int]) -> Sequence[int]:
    """Rows where at most one of the columns is filled; two of them tell already of most."""
    first, second = (columns[index] for index in (*identity, *identity)[:2])
    blanks = blanks_of(first) | blanks_of(second)
    pairs = enumerate(zip(first, second, strict=True))
    found = [row for row, pair in pairs if not blanks.isdisjoint(pair)]
    return [row for row in found if len(_filled(columns, identity, row)) <= 1]


def _filled(columns: Sequence[Column], among: Iterable[int], row: int) -> Mapping[int, RawValue]:
    """What a row says in each of the columns `among` that is not blank there."""
    return {index: columns[index][row] for index in among if not is_blank(columns[index][row])}


def _repeated(
    columns: Sequence[Column], header: Sequence[tuple[int, str]], count: int
) -> tuple[int, ...]:
    """Rows that say the header again, as reports printed in pages do; none of a wordless one."""
    left: Sequence[int] = range(count if header else 0)
    for index, folded in header:
        column = columns[index]
        typed = {value for value in set(column) if type(value) is str and fold(value) == folded}
        left = [i for i in left if column[i] in typed]
        if not left:
            return ()
    return tuple(left)


def _names_a_month(folded: str) -> bool:
    """Whether a text says a month and nothing else: `AGOSTO`, `Mês de março/2026`."""
    found = _PERIOD.fullmatch(folded)
    return found is not None and found["month"] in date_words.months()


def _totals_and_words(
    columns: Sequence[Column],
    suspects: Sequence[int],
    amounts: Sequence[int],
    is_heading: Heading | None,
) -> tuple[list[int], list[int], list[int]]:
    """Rows that add up others, by label or amounts, remarks below the table, titles above notes."""
    totals: list[int] = []
    foot: list[int] = []
    titles: list[int] = []
    sums = _sums_for(suspects, columns, amounts)
    under = BelowTable(columns, suspects, amounts)
    for row in suspects:
        filled = _filled(columns, range(len(columns)), row)
        if _says(_total().fullmatch, filled):
            kind = totals
        elif _is_alone(_begins("rodape"), filled):
            kind = foot
        elif _is_alone(_names_a_month, filled) or _heads(columns, row, filled, is_heading):
            kind = titles
        elif (_may_sum(filled, amounts) and _is_sum(row, sums)) or under.is_account(
            row, filled, after=totals
        ):
            kind = totals
        elif under.is_remark(row, filled, after=(*totals, *foot)):
            kind = foot
        else:
            continue
        kind.append(row)
        for each in sums:
            each.leave_out(row)
    return totals, foot, titles


def _heads(
    columns: Sequence[Column],
    row: int,
    filled: Mapping[int, RawValue],
    is_heading: Heading | None,
) -> bool:
    """Whether a cell alone says whose the rows below are, the first of which has several."""
    if is_heading is None or len(filled) != 1 or not is_heading(filled):
        return False
    return row + 1 < len(columns[0]) and len(_filled(columns, range(len(columns)), row + 1)) > 1


def _may_sum(filled: Mapping[int, RawValue], amounts: Sequence[int]) -> bool:
    """Whether a row that adds up others may be a total: only amounts, or a text says so."""
    return filled.keys() <= set(amounts) or any(
        _says(_begins(kind), filled) for kind in ("totais", "transportes")
    )


@cache
def _total() -> re.Pattern[str]:
    """What the label of a row that adds up others is, folded."""
    said = {kind: "|".join(texts) for kind, texts in vocabulary().whole.items()}
    ends = f"{said['fins_do_total']}|d[ao]s?({said['coisas_do_total']})"
    return re.compile(rf"({said['totais']})({ends})*\d*|{said['somas']}")


def _begins(kind: str) -> Callable[[str], bool]:
    """Whether a folded text begins as the vocabulary has it."""
    return lambda text: text.startswith(vocabulary().whole[kind])


def _is_sum(row: int, sums: "Sequence[_Sums]") -> bool:
    return any(each.is_sum(row) for each in sums)


def _says(test: Callable[[str], object], filled: Mapping[int, RawValue]) -> bool:
    """Whether a text of a row, folded, passes a test."""
    return any(type(value) is str and test(fold(value)) for value in filled.values())


def _is_alone(test: Callable[[str], object], filled: Mapping[int, RawValue]) -> bool:
    """Whether a text that passes a test, folded, is all that a row has."""
    return len(filled) == 1 and _says(test, filled)


def _sums_for(
    suspects: Sequence[int], columns: Sequence[Column], amounts: Sequence[int]
) -> "tuple[_Sums, ...]":
    """What a suspect may add up: the first amount column; nothing where there is no suspect."""
    return _sums_of(columns[amounts[0]]) if amounts and suspects else ()


def _sums_of(column: Column) -> "tuple[_Sums, ...]":
    """The sums of an amount column; those of Excel's own too, which passes over texts."""
    numbers = [None if isinstance(value, str) else value for value in column]
    mixed = any(map(is_blank, numbers)) and not all(map(is_blank, numbers))
    return (_Sums(column), _Sums(numbers)) if mixed else (_Sums(column),)


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
