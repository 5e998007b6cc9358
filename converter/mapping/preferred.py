"""Of equal claims to a field, those of the columns whose header says it more exactly."""

from collections.abc import Callable, Sequence

from converter.mapping.sense import DESCRICAO, VALOR, Sense
from converter.mapping.value_kinds import is_phrase
from converter.schemas.catalogue import Kind, kind_of

_INVOICED = ("emitir", "emissao", "nota", "valor_parcela")
"""Ideas that say of an amount or a name that it is the note's own, the plainest first."""
_DATE_RANK = ("emissao", "nota", "rps", "faturamento", "data")


def preferred(path: str, best: list[Sense]) -> list[Sense]:
    """Of equal claims those whose header is the more exact: an issue date before a bare date."""
    if path == VALOR and not any(map(is_invoiced, best)):
        return best
    rank = _exactness(path)
    if rank is None:
        return best
    ranks = [rank(one) for one in best]
    return [one for one, of_it in zip(best, ranks, strict=True) if of_it == min(ranks)]


def is_invoiced(one: Sense) -> bool:
    """Whether a header says of an amount that it is the note's own."""
    return bool(one.ideas & set(_INVOICED))


def _exactness(path: str) -> Callable[[Sense], tuple[int, ...]] | None:
    """How exactly a header says a path, the lower the better; None where that tells nothing."""
    if kind_of(path) is Kind.DATETIME:
        return _of_day
    if path == VALOR:
        return _invoiced
    if path == DESCRICAO:
        return _described
    return _of_whom if path.startswith("tomador.") else None


def _of_day(one: Sense) -> tuple[int, ...]:
    return (_place(one, _DATE_RANK),)


def _invoiced(one: Sense) -> tuple[int, ...]:
    """How plainly a header says that an amount is the note's; that of the service is no less."""
    place = _place(one, _INVOICED)
    return (min(place, _INVOICED.index("nota")) if "objeto" in one.ideas else place,)


def _place(one: Sense, order: Sequence[str]) -> int:
    """Which of some ideas in order a header has first; after all of them where it has none."""
    return next((at for at, idea in enumerate(order) if idea in one.ideas), len(order))


def _described(one: Sense) -> tuple[int, ...]:
    """A description before a name of the service, and texts of several words before single ones."""
    return ("descricao" not in one.ideas, not one.profile.some(is_phrase))


def _of_whom(one: Sense) -> tuple[int, ...]:
    """What is said for the note first, then what says the tomador, then what names nobody.

    `Para qual e-mail vai a nota?` is before `Email`, which may be of whoever filled in the form.
    """
    invoiced = one.speaks_of("de_alguem") and one.speaks_of("para_a_nota")
    # `Cliente` beside `Razão social` may be what the office calls him.
    legal = "razao" in one.words.words and not one.party and one.profile.distinct > 1
    party = 0 if legal or one.party == "tomador" else 1 if not one.party else 2
    return (-1 if invoiced else party, "nome" not in one.ideas)
