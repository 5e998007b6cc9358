"""Whether the ISS is withheld, where a sheet says how much of it is, or who pays it."""

from collections.abc import Mapping

from converter.brazil import money
from converter.brazil.headers import fold_words
from converter.mapping.rows import Column
from converter.mapping.sense import Sense
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue, is_blank

RETIDO, _AMOUNT = "servico.iss_retido", "servico.valor_iss_retido"


def withheld(values: Mapping[str, Column]) -> dict[str, Column]:
    """`ISS retido` by its amounts, where only those have a column: yes above nought, no at it.

    A blank, or what is no amount, says neither.
    """
    amounts = values.get(_AMOUNT)
    if amounts is None or RETIDO in values:
        return {}
    order = money.convention(amounts)
    told = {value: _is_withheld(value, order) for value in set(amounts)}
    return {RETIDO: [told[value] for value in amounts]}


def _is_withheld(value: RawValue, order: money.Convention) -> RawValue:
    amount = None if is_blank(value) else money.parse(value, order).value
    return None if amount is None else amount > 0


def says_who_pays(one: Sense) -> bool:
    """`ISS por conta do` with `Tomador` and `Prestador`."""
    payers = vocabulary().who_withholds
    return "iss" in one.ideas and one.profile.most(
        lambda value: fold_words(text_of(value)) in payers
    )
