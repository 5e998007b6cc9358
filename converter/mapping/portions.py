"""The amount of a note where a row has its parts and their sum: all of it, or what is not goods.

Goods sold with a service stay out of the NFS-e: on them ICMS is due, not ISS (LC 116/2003, items
14.01, 14.03, 17.11 of its list). What else is a part of the sum is a part of the note.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from converter.mapping.sense import Sense
from converter.mapping.sums import Cents, adds_up, cents, is_mixed
from converter.mapping.value_kinds import is_amount
from converter.mapping.vocabulary import Says, vocabulary

VALOR = "servico.valor_servicos"
_FEWEST, _MOST = 2, 4
"""Columns that make a sum."""
_COLUMNS = 9
"""Columns of amounts among which a sum is looked for; a sheet of more is a matrix."""


_Amounts = tuple[Sense, Cents]


@dataclass(frozen=True, slots=True)
class Portions:
    """The column of the note's amount, and why the others around their sum say nothing more."""

    valor: Sense
    why: str
    left: Mapping[int, str]


def portions(found: Sequence[Sense]) -> Portions | None:
    """The amount that a sum in every row tells; None where none does, or it tells of several."""
    columns = [one for one in found if _is_amount(one)]
    if not _FEWEST < len(columns) <= _COLUMNS:
        return None
    read = [(one, cents(one.profile.values)) for one in columns]
    amounts = [(one, found) for one, found in read if found is not None]
    told = [told for total in amounts for told in _told(total, amounts)]
    return told[0] if len(told) == 1 else None


def _told(total: _Amounts, amounts: Sequence[_Amounts]) -> Iterator[Portions]:
    if "total" not in total[0].ideas and _says(total[0]) is Says.NADA:
        return
    others = [one for one in amounts if one is not total]
    for size in range(_FEWEST, min(_MOST, len(others)) + 1):
        for parts in combinations(others, size):
            columns = [found for _, found in parts]
            if adds_up(total[1], columns) and is_mixed(columns):
                yield from _of(total[0], [one for one, _ in parts])


def _of(total: Sense, parts: Sequence[Sense]) -> Iterator[Portions]:
    goods = [one for one in parts if _has(one, "mercadorias")]
    services = [one for one in parts if one not in goods and _is_service(one)]
    if len(services) + len(goods) < len(parts):
        return
    if not goods and _says(total) > Says.NADA:
        yield Portions(total, "total", {one.index: "parcela" for one in parts})
    elif goods and len(services) == 1:
        left = {one.index: "mercadoria" for one in goods} | {total.index: "com_mercadoria"}
        yield Portions(services[0], "sem_mercadoria", left)


def _is_amount(one: Sense) -> bool:
    if one.mark is not None or one.tax or one.profile.blank or one.profile.counts:
        return False
    return one.profile.most(is_amount) and not one.words.percent


def _is_service(one: Sense) -> bool:
    """Whether a header says an amount of services, or something charged on top of one."""
    return not one.nothing and (_says(one) >= Says.SOZINHO or _has(one, "extras"))


def _says(one: Sense) -> Says:
    return max((each.says for each in one.candidates if each.path == VALOR), default=Says.NADA)


def _has(one: Sense, kind: str) -> bool:
    known = vocabulary()
    return not known.portions[kind].isdisjoint(known.canonical(one.cell.column.header))
