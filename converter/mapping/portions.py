"""The amount of a note where a row has its parts and their sum: all of it, or what is not goods.

Goods sold with a service stay out of the NFS-e: on them ICMS is due, not ISS (LC 116/2003, items
14.01, 14.03, 17.11 of its list). What else is a part of the sum is a part of the note.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain, combinations, product

from converter.mapping.sense import VALOR, Sense
from converter.mapping.sums import Amounts, adds_up, is_mixed
from converter.mapping.value_kinds import is_amount
from converter.mapping.vocabulary import Says, vocabulary

_FEWEST, _MOST = 2, 4
"""Columns that make a sum."""
_TAXES = 7
"""Columns of taxes among which those withheld are looked for."""
_COLUMNS = 9
"""Columns of amounts among which a sum is looked for; a sheet of more is a matrix."""


_IDEAS = (("desconto", "descontos"), ("desconto", "descontos_curtos"), ("sobra", "sobras"))
"""Kinds of parts, and the ideas that say them: `Desc.` over amounts is no description."""


class _Is(Enum):
    """What the note's amount is in a sum."""

    TOTAL = "the sum, whose header must say that it is one"
    GROSS = "the sum, whatever its header says"
    SERVICE = "the only part that is a service"
    ASKED = "the sum or one of its parts, and which of them is asked"


@dataclass(frozen=True, slots=True)
class _Tells:
    """Which amount of a sum is the note's, why, and what the others are that say no more."""

    amount: _Is
    why: str
    left: Mapping[str, str]


_TELLS = {
    frozenset({"servico"}): _Tells(_Is.TOTAL, "total", {"servico": "parcela"}),
    frozenset({"servico", "extra"}): _Tells(
        _Is.TOTAL, "total", {"servico": "parcela", "extra": "parcela"}
    ),
    frozenset({"servico", "mercadoria"}): _Tells(
        _Is.SERVICE, "sem_mercadoria", {"mercadoria": "mercadoria", "": "com_mercadoria"}
    ),
    frozenset({"desconto", "sobra"}): _Tells(_Is.GROSS, "antes_do_desconto", {}),
    frozenset({"desconto", "servico"}): _Tells(_Is.GROSS, "antes_do_desconto", {}),
    frozenset({"tarifa", "sobra"}): _Tells(
        _Is.GROSS, "antes_da_tarifa", {"tarifa": "tarifa", "sobra": "sem_tarifa"}
    ),
    frozenset({"servico", "sobra"}): _Tells(_Is.ASKED, "disputada", {}),
    frozenset({"", "sobra"}): _Tells(_Is.ASKED, "disputada", {}),
}
"""By the kinds of the parts of a sum; what is said of the sum itself stands under no kind."""
_Read = tuple[Sense, Amounts]


@dataclass(frozen=True, slots=True)
class Portions:
    """The column of the note's amount, and why the others around their sum say nothing more.

    `liquido` is the column of what is left of it, for certain where that is what is withheld and
    not a discount. Several of `valor` are to be asked.
    """

    valor: tuple[Sense, ...]
    why: str
    left: Mapping[int, str]
    liquido: int | None = None
    certain: bool = False


def portions(found: Sequence[Sense]) -> Portions | None:
    """The amount that a sum in every row tells; None where none does, or it tells of several."""
    money = [(one, Amounts(one.profile.values)) for one in found if _counts_money(one)]
    amounts = [each for each in money if not each[0].tax]
    if not _FEWEST <= len(amounts) <= _COLUMNS:
        return None
    taxes = [read for one, read in money if one.tax]
    sums = chain.from_iterable(_told(total, amounts) for total in amounts)
    return _agreed([*sums, *_withheld(amounts, taxes[:_TAXES])])


def _agreed(told: Sequence[Portions]) -> Portions | None:
    """What they tell, where they tell of one amount."""
    of_one = bool(told) and all(one.valor == told[0].valor for one in told)
    return told[0] if of_one else None


def _told(total: _Read, amounts: Sequence[_Read]) -> Iterator[Portions]:
    if "total" not in total[0].ideas and _says(total[0]) is Says.NADA:
        return
    others = [one for one in amounts if one is not total]
    for size in range(_FEWEST, min(_MOST, len(others)) + 1):
        for parts in combinations(others, size):
            columns = [found for _, found in parts]
            if adds_up(total[1], columns) and is_mixed(columns):
                yield from _of(total[0], [one for one, _ in parts])


def _withheld(amounts: Sequence[_Read], taxes: Sequence[Amounts]) -> Iterator[Portions]:
    """An amount that is what is received and some of the taxes, in every row."""
    nets = [(one, read) for one, read in amounts if _kind(one) == "sobra"]
    for (total, whole), (net, left) in product(amounts, nets):
        if total is net or not _says(total):
            continue
        sizes = range(1, len(taxes) + 1)
        some = (chosen for size in sizes for chosen in combinations(taxes, size))
        if any(adds_up(whole, (left, *chosen)) for chosen in some):
            yield Portions((total,), "antes_das_retencoes", {}, net.index, certain=True)


@dataclass(frozen=True, slots=True)
class _Sum:
    """A sum that comes out in every row: its parts by what they are, and what it tells."""

    total: Sense
    parts: Sequence[tuple[Sense, str]]
    told: _Tells

    @property
    def left(self) -> dict[int, str]:
        """Why each part says no more, of those that do not."""
        reasons = self.told.left
        return {one.index: reasons[kind] for one, kind in self.parts if kind in reasons}


def _of(total: Sense, parts: Sequence[Sense]) -> Iterator[Portions]:
    kinds = [(one, _kind(one)) for one in parts]
    told = _TELLS.get(frozenset(kind for _, kind in kinds))
    if told is not None and _says(total):
        yield from _WAYS[told.amount](_Sum(total, kinds, told))


def _whole(found: _Sum) -> Iterator[Portions]:
    if found.total.speaks_of("totais"):
        yield Portions((found.total,), found.told.why, found.left)


def _gross(found: _Sum) -> Iterator[Portions]:
    if len(found.parts) == _FEWEST:
        (net,) = (one.index for one, kind in found.parts if kind not in _OFF)
        liquido = None if net in found.left else net
        yield Portions((found.total,), found.told.why, found.left, liquido)


def _services(found: _Sum) -> Iterator[Portions]:
    services = [one for one, kind in found.parts if kind == "servico"]
    if len(services) == 1:
        left = found.left | {found.total.index: found.told.left[""]}
        yield Portions((services[0],), found.told.why, left)


def _any(found: _Sum) -> Iterator[Portions]:
    amounts = (found.total, *(one for one, _ in found.parts))
    yield Portions(amounts, found.told.why, found.left)


_OFF = frozenset({"desconto", "tarifa"})
"""What is taken off a gross amount."""
_WAYS = {_Is.TOTAL: _whole, _Is.GROSS: _gross, _Is.SERVICE: _services, _Is.ASKED: _any}


def _kind(one: Sense) -> str:
    """What a part of a sum is, by its header; empty where that is not told."""
    for kind, words in vocabulary().portions.items():
        if not words.isdisjoint(vocabulary().canonical(one.cell.column.header)):
            return kind
    for kind, ideas in _IDEAS:
        if one.speaks_of(ideas):
            return kind
    service = _says(one) >= Says.SOZINHO or "cobranca" in one.ideas
    return "servico" if service and not (one.nothing or one.words.unknown) else ""


def _counts_money(one: Sense) -> bool:
    if one.mark is not None or one.profile.blank or one.profile.counts:
        return False
    return one.profile.most(is_amount) and not one.words.percent


def _says(one: Sense) -> Says:
    return max((each.says for each in one.candidates if each.path == VALOR), default=Says.NADA)
