"""Columns beside the note's amount: a part of it, in reais or percent, or the rate of a tax."""

from converter.mapping.decisions import Decision, Work, asked
from converter.mapping.sense import VALOR, Sense
from converter.mapping.shares import says_a_share
from converter.mapping.value_kinds import is_amount, is_large, is_percent
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue
from converter.model.columns import ColumnUse


def beside_the_amount(one: Sense, work: Work) -> Decision | None:
    """What is decided of a part of the amount, or of the rate of a tax; None of another column."""
    share = says_a_share(one.cell.column.header, one.profile.values)
    if share and one.profile.most(amount_or_percent):
        # Its rows are asked about where it is not all of the amount.
        return Decision(ColumnUse.IGNORADA, why="nada")
    if _is_part_of_the_amount(one, work):
        return asked(one, [VALOR], "parte")
    if _is_rate_of_what_is_taken(one, work):
        return Decision(ColumnUse.PERGUNTA, why="taxa_do_retido")
    return None


def _is_part_of_the_amount(one: Sense, work: Work) -> bool:
    """Whether an amount beside that of the note may be all that is billed of it: `Sinal`."""
    words = vocabulary().doubts["parcela"]
    if one.profile.counts or not work.differs(one, VALOR):
        return False
    told = not set(words).isdisjoint(one.words.words)
    return told and one.profile.most(is_amount) and one.profile.some(is_large)


def _is_rate_of_what_is_taken(one: Sense, work: Work) -> bool:
    """Whether a column has the rate of what is withheld or deducted, and no column how much it is.

    The note says it in reais, which only the person can work out.
    """
    said = one.ideas - one.words.unknown - {"percentual"}
    if not said or not said <= vocabulary().ideas_of["em_reais_na_nota"]:
        return False
    shown = one.profile.most(is_percent) and not one.candidates
    if not (shown or one.words.percent) or not one.profile.most(amount_or_percent):
        return False
    return work.taken.keys().isdisjoint(vocabulary().paths(said))


def amount_or_percent(value: RawValue) -> bool:
    """An amount in reais, or a part of one in percent."""
    return is_amount(value) or is_percent(value)
