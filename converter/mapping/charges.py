"""Whole numbers that are amounts: as their header says, or the columns beside them."""

from converter.mapping.decisions import Work
from converter.mapping.profile import Profile
from converter.mapping.sense import Sense
from converter.mapping.value_kinds import evident_amount, is_amount, is_large, is_number, is_round
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue

_LEAST = 10
"""From which on a whole number may be what something is charged for, and is hardly how many."""
_STEP = 5
"""What whole prices are a multiple of, where some of their column are large."""


def may_be_money(one: Sense, work: Work) -> bool:
    """Whether whole numbers are amounts: the header says so, or nobody knows a word of it.

    Then they are round, or large and next to a column of money.
    """
    if one.words.money:
        return one.profile.most(is_amount)
    if is_charged(one):
        return True
    if not one.ideas or one.ideas != one.words.unknown or one.profile.counts:
        return False
    if one.profile.most(is_round):
        return True
    return any(map(_is_of_money, work.beside(one))) and _are_large(one.profile)


def _are_large(profile: Profile) -> bool:
    """Whether most whole numbers are as large as prices, or some and all in steps of five."""
    some = [value for value in profile.sample if value not in (0, "0")]
    in_steps = all(map(_is_in_steps, some)) and any(map(is_large, some))
    return in_steps or profile.most(is_large)


def _is_of_money(one: Sense) -> bool:
    paid = one.words.money or one.speaks_of("quantia") or "mao_obra" in one.ideas
    return paid or (one.is_only("objetos") and one.profile.some(evident_amount))


def _is_in_steps(value: RawValue) -> bool:
    """A whole number as prices are: in steps of five."""
    return is_number(value) and value > 0 and value % _STEP == 0


def is_charged(one: Sense) -> bool:
    """Whether a header says a thing that is charged beside the service, and no unit of it.

    `Consumo` may be in whole reais; `Consumo (m³)` is how much.
    """
    if not one.ideas or not one.ideas <= vocabulary().portions["gasto"] or one.profile.counts:
        return False
    unit = "(" in one.cell.column.header and not one.words.money
    return not unit and one.profile.most(is_number) and one.profile.some(_is_charge)


def _is_charge(value: RawValue) -> bool:
    return is_number(value) and value >= _LEAST
