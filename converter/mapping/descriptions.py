"""The text of the notes where several columns say a part of it."""

from collections.abc import Sequence

from converter.brazil.headers import unaccented
from converter.mapping.decisions import Work
from converter.mapping.sense import DESCRICAO, Sense
from converter.mapping.value_kinds import is_phrase
from converter.mapping.values import text_of
from converter.mapping.vocabulary import Says

_HALF = 0.5


def say_together(work: Work, best: Sequence[Sense]) -> bool:
    """Have columns say the text of which none surely is it; False where less than two can.

    What has no more than names or kinds is asked about: `Atendimento` beside `Campanha` may be
    who attends.
    """
    found = [*best, *_details(work, best)]
    told = list(filter(_is_told, found))
    if len(found) < 2 or not told:
        return False
    _ask_of_few(work, told)
    _describe(work, [one for one in told if one.index not in work.decisions], "sozinha")
    work.ask([one for one in best if not _is_told(one)], DESCRICAO, "varias")
    return True


def say_surely(work: Work, best: Sequence[Sense]) -> None:
    """Have columns that surely say what was done say it, with others where they name its kind only.

    `Fotografia` says less than the note is for, where `Evento` and `Pacote` stand beside it.
    """
    others = [*_told_by_others(work, best), *_details(work, best)] if _are_kinds(best) else []
    _ask_of_few(work, [*best, *others])
    left = [one for one in others if one.index not in work.decisions]
    _describe(work, [*best, *left], "cabecalho")


def _ask_of_few(work: Work, told: Sequence[Sense]) -> None:
    """Ask about what is said of a few rows only: `Motivo` may be why one of them is late."""
    full = [one for one in told if not one.profile.sparse]
    few = [one for one in told if one.profile.sparse and "detalhe_fraco" in one.ideas]
    if full:
        work.ask(few, DESCRICAO, "varias")


def _are_kinds(best: Sequence[Sense]) -> bool:
    """Whether columns name the kind of a service and are not meant to be the text of the note."""
    return all(
        "descricao" not in one.ideas and one.profile.share(is_phrase) <= _HALF for one in best
    )


def _told_by_others(work: Work, best: Sequence[Sense]) -> list[Sense]:
    """The columns that would be the text of the notes, were there no other."""
    return [
        one
        for one in _undecided(work, best)
        if any(each.path == DESCRICAO and each.says is Says.SOZINHO for each in one.best()[:1])
    ]


def _describe(work: Work, found: Sequence[Sense], why: str) -> None:
    """Have the columns that say what was done say it together, each that adds to those before.

    A text more is no wrong note, and which of them the person would have written nobody knows.
    """
    told: list[Sense] = []
    for one in sorted(found, key=lambda one: one.index):
        if not any(_adds_nothing(one, other) for other in told):
            told = [other for other in told if not _adds_nothing(other, one)]
            told.append(one)
    for one in told:
        work.use(one, DESCRICAO, why if len(told) == 1 else "juntas")


def _details(work: Work, best: Sequence[Sense]) -> list[Sense]:
    """What says more of the service than its kind alone: `Etapa` beside `Projeto`."""
    return [
        one
        for one in _undecided(work, best)
        if "detalhe_fraco" in one.ideas and any(each.path == DESCRICAO for each in one.candidates)
    ]


def _undecided(work: Work, best: Sequence[Sense]) -> list[Sense]:
    """The other columns with texts of several words that nothing is decided of."""
    return [
        one
        for one in work.found
        if one not in best and one.index not in work.decisions and _is_told(one)
    ]


def _is_told(one: Sense) -> bool:
    """Whether a column has texts of several words, and not only names or kinds."""
    return one.profile.some(is_phrase)


def _adds_nothing(one: Sense, other: Sense) -> bool:
    """Whether each text of a column is part of what another says in the same row."""
    pairs = zip(one.profile.values, other.profile.values, strict=False)
    return all(unaccented(text_of(own)) in unaccented(text_of(more)) for own, more in pairs)
