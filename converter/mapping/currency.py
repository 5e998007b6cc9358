"""The amount that is in reais, where rows are in another currency and have both."""

from converter.mapping.decisions import Work
from converter.mapping.remarks import is_foreign
from converter.mapping.sense import VALOR, Mark, Sense
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import is_blank


def told_by_currency(work: Work) -> None:
    """Use the amount said to be in reais, and ask of the one in the currency of the row.

    So it is where the rows bear it out: those in reais have the same amount twice, no other has.
    """
    currency = [one for one in work.found if one.mark is Mark.MOEDA]
    if len(currency) != 1 or work.has(VALOR):
        return
    amounts = _amounts_left(work)
    told = [one for one in amounts if one.words.money]
    others = [one for one in amounts if not one.words.money]
    if len(told) == len(others) == 1 and _bear_out(currency[0], others[0], told[0]):
        work.use(told[0], VALOR, "em_reais")
        work.ask(others, VALOR, "moeda_da_linha")


def _amounts_left(work: Work) -> list[Sense]:
    """The columns of amounts of which nothing is decided yet."""
    return [one for one in work.found if one.index not in work.decisions and _is_amount(one)]


def _is_amount(one: Sense) -> bool:
    known = one.ideas - one.words.unknown
    plain = known <= vocabulary().ideas_of["em_moeda"] and "valor" in known
    return plain and not one.party and bool(one.profile.holds(VALOR))


def _bear_out(currency: Sense, own: Sense, in_reais: Sense) -> bool:
    """Whether two amounts differ in every row of another currency, and in no other."""
    owns, reais = own.profile.amounts.all, in_reais.profile.amounts.all
    if owns is None or reais is None:
        return False
    rows = zip(currency.profile.values, owns, reais, strict=False)
    told = [(is_foreign(value), one, other) for value, one, other in rows if not is_blank(value)]
    return all(bool(one and other) and (one != other) is foreign for foreign, one, other in told)
