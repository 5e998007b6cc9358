"""Who else may be the customer: whom a column names in some rows, and whose document goes along."""

from collections.abc import Iterator, Sequence
from itertools import repeat

from converter.brazil.headers import fold_words
from converter.mapping.decisions import Work
from converter.mapping.remarks import begins
from converter.mapping.sense import DOCUMENTS, Sense
from converter.mapping.value_kinds import is_company, is_name
from converter.mapping.values import text_of
from converter.mapping.vocabulary import vocabulary
from converter.model.cells import RawValue, is_blank
from converter.model.columns import ColumnUse

NAME = "tomador.razao_social"
_DOCUMENTS = frozenset(f"tomador.{end}" for end in DOCUMENTS)
_OF_NAMES = frozenset({"nome", "razao", "social"})


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
    named = [one for one in work.found if _is_asked(one, work)]
    disputed = len(named) > 1 and NAME not in work.taken
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
    return decision is not None and decision.suggestions[:1] == (NAME,)


def _is_of(one: Sense, named: Sense) -> bool:
    """Whether a document is that of who a column names: `CNPJ remetente` beside `Remetente`."""
    whose = next((word for word in named.words.words if word not in _OF_NAMES), None)
    return whose in one.words.words and one.index != named.index


def _says_another_customer(one: Sense, work: Work) -> bool:
    """Whether a header says the customer, over a few names that are not his."""
    top = one.best()[0] if one.candidates else None
    if top is None or top.path != NAME or "fantasia" in one.ideas:
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
    pairs = zip(work.filling(NAME) or repeat(None), one.profile.values, strict=False)
    both = ((_plain(name), _plain(other)) for name, other in pairs if not is_blank(other))
    return any(other and name != other for name, other in both)


def _plain(value: RawValue) -> str:
    return fold_words(text_of(value))


def _is_of_a_health_plan(one: Sense, work: Work) -> bool:
    """Whether some are `Particular` under whose plan it is: of the others the plan may pay."""
    header, statuses = _plain(one.cell.column.header), vocabulary().statuses
    if not begins(header, statuses["planos"]) or not work.has(NAME):
        return False
    told = [_plain(value) for value in one.profile.sample]
    himself = [text for text in told if text.startswith(statuses["particular"])]
    return 0 < len(himself) < len(told) and _is_a_patient(work)


def _is_a_patient(work: Work) -> bool:
    """Whether who is treated is the customer, and no column names who pays instead."""
    winner = work.by_index.get(work.taken.get(NAME, -1))
    return winner is not None and winner.party == "dependente"
