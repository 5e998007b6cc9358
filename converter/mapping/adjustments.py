"""Amounts that change what a note is of and are no field of it: always asked about."""

from converter.brazil.headers import fold_words
from converter.mapping.decisions import Decision, Work, asked
from converter.mapping.remarks import begins
from converter.mapping.sense import VALOR, Sense
from converter.mapping.value_kinds import is_amount
from converter.mapping.vocabulary import vocabulary
from converter.model.columns import ColumnUse


def adjustment(one: Sense, work: Work) -> Decision | None:
    """What is asked of a credit, an addition or a corrected amount, by its header; else None.

    What is added has no field: the person writes the sum where the amount is.
    """
    if one.tax or one.words.percent or one.profile.zero or not one.profile.most(is_amount):
        return None
    header, words = f"{fold_words(one.cell.column.header)} ", vocabulary().adjustments
    if not work.has(VALOR) or begins(header, words["outra_coisa"]):
        return None
    if begins(header, words["no_lugar"]):
        return asked(one, [VALOR], "novo_valor")
    if begins(header, words["soma"]):
        return Decision(ColumnUse.PERGUNTA, why="soma_ao_valor")
    if begins(header, words["tira"]):
        offered = tuple(path for path in words["descontos"] if one.profile.holds(path))
        return Decision(ColumnUse.PERGUNTA, None, offered, "ajuste")
    return None
