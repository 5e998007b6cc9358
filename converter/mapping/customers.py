"""Who else may be the customer: whom a column names in some rows, and whose document goes along."""

from collections.abc import Iterator, Sequence
from itertools import repeat

from converter.brazil.headers import fold_words
from converter.mapping.decisions import Work, asked
from converter.mapping.sense import DOCUMENTS, NOME, Sense
from converter.mapping.value_kinds import is_cnpj, is_company, is_document, is_name
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue, is_blank
from converter.model.columns import ColumnUse

_DOCUMENTS = frozenset(f"tomador.{end}" for end in DOCUMENTS)
_OF_NOMES = frozenset({"nome", "razao", "social"})


def names_another_payer(one: Sense, work: Work) -> bool:
    """Whether a column names, in few rows, somebody else than the customer who was found.

    So does `Nota em nome de` beside a pupil, and `Convênio` of whom some are `Particular`.
    """
    told = _says_another_customer(one, work) or _names_whom_the_note_is_to(one)
    return told or _is_of_a_health_plan(one, work)


def ask_of_both(work: Work) -> None:
    """Ask of the documents of those of whom it is asked whether they are the customer.

    A name with the document of somebody else would make a note to neither.
    """
    named = [one for one in work.found if _may_be_his_name(one, work)]
    disputed = len(named) > 1 and NOME not in work.taken
    for one, path in _documents_of(named, work):
        decision = work.decisions[one.index]
        if disputed and decision.path == path and decision.why == "cabecalho":
            work.ask([one], path, "de_quem")
            del work.taken[path]
            work.disputed[path] = ()
        elif decision.why == "ocupada" and decision.use is ColumnUse.IGNORADA:
            work.ask([one], path, "de_quem")


def _documents_of(named: Sequence[Sense], work: Work) -> Iterator[tuple[Sense, str]]:
    """The columns of documents of those whom the columns `named` name, each with its path."""
    for one in work.found:
        path = one.best()[0].path if one.candidates else ""
        if path in _DOCUMENTS and any(_is_of(one, other) for other in named):
            yield one, path


def _is_asked(one: Sense, work: Work) -> bool:
    decision = work.decisions.get(one.index)
    return decision is not None and decision.use is ColumnUse.PERGUNTA


def _may_be_his_name(one: Sense, work: Work) -> bool:
    """Whether it is asked of a column whether it names the customer."""
    return _is_asked(one, work) and work.decisions[one.index].suggestions[:1] == (NOME,)


def _is_of(one: Sense, named: Sense) -> bool:
    """Whether a document is that of who a column names: `CNPJ remetente` beside `Remetente`."""
    whose = next((word for word in named.words.words if word not in _OF_NOMES), None)
    return whose in one.words.words and one.index != named.index


def _says_another_customer(one: Sense, work: Work) -> bool:
    """Whether a header says the customer, over a few names that are not his."""
    top = one.best()[0] if one.candidates else None
    if top is None or top.path != NOME or "fantasia" in one.ideas:
        return False
    company = one.party == "incerto" and one.profile.some(is_company)
    named = company or one.party == "tomador" or one.speaks_of("para_a_nota")
    return named and not _is_full(one) and _differs(one, work)


def _names_whom_the_note_is_to(one: Sense) -> bool:
    """`Nota para` over few names, one of them a company's."""
    named = one.profile.most(is_name) and one.profile.some(is_company)
    return named and one.is_only("para_a_nota") and not one.party and not _is_full(one)


def _is_full(one: Sense) -> bool:
    return one.profile.filled >= one.profile.rows


def _differs(one: Sense, work: Work) -> bool:
    """Whether a row has another name here than where the customer's is."""
    pairs = zip(work.filling(NOME) or repeat(None), one.profile.values, strict=False)
    both = ((_plain(name), _plain(other)) for name, other in pairs if not is_blank(other))
    return any(other and name != other for name, other in both)


def _plain(value: RawValue) -> str:
    return fold_words(text_of(value))


def _is_of_a_health_plan(one: Sense, work: Work) -> bool:
    """Whether some are `Particular` under whose plan it is: of the others the plan may pay."""
    header, statuses = _plain(one.cell.column.header), vocabulary().statuses
    if not header.startswith(statuses["quem_cobre"]) or not work.has(NOME):
        return False
    told = [_plain(value) for value in one.profile.sample]
    himself = [text for text in told if text.startswith(statuses["o_proprio"])]
    return 0 < len(himself) < len(told) and _is_a_patient(work)


def _is_a_patient(work: Work) -> bool:
    """Whether who is treated is the customer, and no column names who pays instead."""
    winner = work.by_index.get(work.taken.get(NOME, -1))
    return winner is not None and winner.party == "dependente"


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
            work.decisions[one.index] = asked(one, [NOME], "ocupada")


def signs_for_a_company(one: Sense, work: Work) -> bool:
    """`CPF do responsável` beside the CNPJ of the tomador, in every row: who signs for him."""
    winner = work.by_index.get(work.taken.get("tomador.cnpj", -1))
    if one.party != "responsavel" or winner is None or winner.party != "tomador":
        return False
    return not work.leaves_blank("tomador.cnpj", one.profile.values)


def _is_another(one: Sense, work: Work) -> bool:
    """Whether a value is none of those that its row says of its customer."""
    own = [column for path in vocabulary().paths_of["quem"] if (column := work.filling(path))]
    rows = zip(one.profile.values, *own, strict=False)
    return bool(own) and any(_is_none_of(value, his) for value, *his in rows)


def _is_none_of(value: RawValue, his: Sequence[RawValue]) -> bool:
    return not is_blank(value) and _plain(value) not in map(_plain, his)
