"""Columns of somebody beside the customer whom the note may be for instead: asked about."""

from converter.brazil.headers import fold
from converter.mapping.decisions import Work, asked
from converter.mapping.sense import Sense
from converter.mapping.value_kinds import is_cnpj, is_company, is_document, is_name
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue, is_blank
from converter.model.columns import ColumnUse

_NAME = "tomador.razao_social"


def may_be_customer(one: Sense, work: Work) -> bool:
    """Whether a column has documents, or names of companies, that are not those of its rows.

    A pupil's CPF is his own, and the CPF of who signs for a company is no customer's.
    """
    if one.party in ("outro", "prestador", "intermediario") or one.nothing:
        return False
    if one.profile.most(is_document):
        his_own = one.party == "dependente" and not one.profile.some(is_cnpj)
        return not his_own and not signs_for_a_company(one, work) and _is_another(one, work)
    return one.profile.half(is_company) and _is_another(one, work)


def ask_of_their_names(work: Work) -> None:
    """Ask of the name too of whom it is asked whether his document is the customer's."""
    documents = {
        one.party
        for one in work.found
        if one.party and one.profile.most(is_document) and _is_asked(one, work)
    }
    for one in work.found:
        decision = work.decisions.get(one.index)
        left = decision is not None and decision.why == "ocupada" and not decision.suggestions
        if one.party in documents and left and one.profile.half(is_name):
            work.decisions[one.index] = asked(one, [_NAME], "ocupada")


def signs_for_a_company(one: Sense, work: Work) -> bool:
    """`CPF do responsável` beside the CNPJ of the tomador, in every row: who signs for him."""
    winner = work.by_index.get(work.taken.get("tomador.cnpj", -1))
    if one.party != "responsavel" or winner is None or winner.party != "tomador":
        return False
    return not work.leaves_blank("tomador.cnpj", one.profile.values)


def _is_asked(one: Sense, work: Work) -> bool:
    decision = work.decisions.get(one.index)
    return decision is not None and decision.use is ColumnUse.PERGUNTA


def _is_another(one: Sense, work: Work) -> bool:
    """Whether a value is none of those that its row says of its customer."""
    own = [column for path in vocabulary().paths_of["quem"] if (column := work.filling(path))]
    rows = zip(one.profile.values, *own, strict=False)
    return bool(own) and any(_differs(value, his) for value, *his in rows)


def _differs(value: RawValue, his: list[RawValue]) -> bool:
    return not is_blank(value) and fold(text_of(value)) not in {fold(text_of(each)) for each in his}
