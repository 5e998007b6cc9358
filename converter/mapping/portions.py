"""The amount of a note where a row has its parts and their sum: all of it, or what is not goods.

Goods sold with a service stay out of the NFS-e: on them ICMS is due, not ISS (LC 116/2003, items
14.01, 14.03, 17.11 of its list). What else is a part of the sum is a part of the note.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
    money = list(filter(_counts_money, found))
    amounts = [one for one in money if not one.tax]
    if not _FEWEST <= len(amounts) <= _COLUMNS:
        return None
    taxes = [one.profile.amounts for one in money if one.tax]
    sums = chain.from_iterable(_told(total, amounts) for total in filter(_says, amounts))
    told = [*sums, *_withheld(amounts, taxes[:_TAXES])]
    of_one = bool(told) and all(one.valor == told[0].valor for one in told)
    return told[0] if of_one else None


def _told(total: Sense, amounts: Sequence[Sense]) -> Iterator[Portions]:
    others = [one for one in amounts if one is not total]
    for size in range(_FEWEST, min(_MOST, len(others)) + 1):
        for parts in combinations(others, size):
            columns = [one.profile.amounts for one in parts]
            if adds_up(total.profile.amounts, columns) and is_mixed(columns):
                yield from _of(total, parts)


def _withheld(amounts: Sequence[Sense], taxes: Sequence[Amounts]) -> Iterator[Portions]:
    """An amount that is what is received and some of the taxes, in every row."""
    nets = [one for one in amounts if _kind(one) == "sobra"]
    sizes = range(1, len(taxes) + 1)
    some = [chosen for size in sizes for chosen in combinations(taxes, size)]
    for total, net in product(amounts, nets):
        if total is net or not _says(total):
            continue
        whole, left = total.profile.amounts, net.profile.amounts
        if any(adds_up(whole, (left, *chosen)) for chosen in some):
            yield Portions((total,), "antes_das_retencoes", {}, net.index, certain=True)


def _of(total: Sense, parts: Sequence[Sense]) -> Iterator[Portions]:
    """What a sum that comes out in every row tells, by what its parts are."""
    kinds = [(one, _kind(one)) for one in parts]
    told = _TELLS.get(frozenset(kind for _, kind in kinds))
    valor = told.amount(total, kinds) if told else ()
    if told and valor:
        all_kinds = [(total, "total"), *kinds]
        left = {one.index: told.left[kind] for one, kind in all_kinds if kind in told.left}
        liquido = next((one.index for one, kind in kinds if kind == told.liquido), None)
        yield Portions(valor, told.why, left, liquido)


_Kinds = Sequence[tuple[Sense, str]]


def _whole(total: Sense, _: _Kinds) -> tuple[Sense, ...]:
    """The sum, whose header must say that it is one."""
    return (total,) if total.speaks_of("totais") else ()


def _gross(total: Sense, kinds: _Kinds) -> tuple[Sense, ...]:
    """The sum of what is left and what was taken off, whatever its header says."""
    return (total,) if len(kinds) == _FEWEST else ()


def _service(_: Sense, kinds: _Kinds) -> tuple[Sense, ...]:
    """The only part that is a service."""
    services = tuple(one for one, kind in kinds if kind == "servico")
    return services if len(services) == 1 else ()


def _any(total: Sense, kinds: _Kinds) -> tuple[Sense, ...]:
    """The sum or one of its parts, and which of them is asked."""
    return (total, *(one for one, _ in kinds))


@dataclass(frozen=True, slots=True)
class _Tells:
    """Which amount of a sum is the note's, why, and why others say no more; of which kind is net.

    The sum itself stands in `left` as `total`.
    """

    amount: Callable[[Sense, _Kinds], tuple[Sense, ...]]
    why: str
    left: Mapping[str, str] = field(default_factory=dict)
    liquido: str | None = None


_TELLS = {
    frozenset({"servico"}): _Tells(_whole, "total", {"servico": "parcela"}),
    frozenset({"servico", "extra"}): _Tells(
        _whole, "total", {"servico": "parcela", "extra": "parcela"}
    ),
    frozenset({"servico", "mercadoria"}): _Tells(
        _service, "sem_mercadoria", {"mercadoria": "mercadoria", "total": "com_mercadoria"}
    ),
    frozenset({"desconto", "sobra"}): _Tells(_gross, "antes_do_desconto", liquido="sobra"),
    frozenset({"desconto", "servico"}): _Tells(_gross, "antes_do_desconto", liquido="servico"),
    frozenset({"tarifa", "sobra"}): _Tells(
        _gross, "antes_da_tarifa", {"tarifa": "tarifa", "sobra": "sem_tarifa"}
    ),
    frozenset({"servico", "sobra"}): _Tells(_any, "disputada"),
    frozenset({"", "sobra"}): _Tells(_any, "disputada"),
}
"""By the kinds of the parts of a sum."""


def _kind(one: Sense) -> str:
    """What a part of a sum is, by its header; empty where that is not told."""
    for kind, words in vocabulary().portions.items():
        if not words.isdisjoint(vocabulary().canonical(one.cell.column.header)):
            return kind
    if one.speaks_of("abatimentos"):
        return "desconto"
    if one.speaks_of("sobras"):
        return "sobra"
    service = _says(one) >= Says.SOZINHO or "cobranca" in one.ideas
    return "servico" if service and not (one.nothing or one.words.unknown) else ""


def _counts_money(one: Sense) -> bool:
    if one.mark is not None or one.profile.blank or one.profile.counts:
        return False
    return one.profile.most(is_amount) and not one.words.percent


def _says(one: Sense) -> Says:
    return max((each.says for each in one.candidates if each.path == VALOR), default=Says.NADA)
