"""Amounts that were chosen, and what other columns say that makes them less than certain."""

from collections.abc import Sequence

from converter.mapping.decisions import Work
from converter.mapping.preferred import is_invoiced
from converter.mapping.sense import LIQUIDO, VALOR, Sense


def doubt_the_amount(work: Work) -> None:
    """Ask about the amount too where what is asked is the whole it is in, or what is earned of it.

    A commission is on a price, and the note is of the commission.
    """
    at = work.taken.get(VALOR, -1)
    chosen = work.by_index.get(at)
    told = ("cabecalho", "sozinha")
    if chosen is None or is_invoiced(chosen) or work.decisions[at].why not in told:
        return
    for one in work.found:
        asks = work.decisions.get(one.index)
        if asks is not None and asks.suggestions[:1] == (VALOR,) and _doubts(one, chosen):
            work.ask([chosen], VALOR, "disputada")
            del work.taken[VALOR]
            work.disputed[VALOR] = (chosen.index, one.index)
            return


def doubt_the_net(work: Work) -> None:
    """Ask about a net amount that is not the note's where no column says what is withheld of it.

    A platform's `Faturamento líquido` is what is left after its fees, which change no note.
    """
    at = work.taken.get(LIQUIDO, -1)
    net = work.by_index.get(at)
    if net is None or work.decisions[at].why != "cabecalho" or net.profile.blank:
        return
    withheld = work.withheld() or work.has("servico.iss_retido")
    if not withheld and work.filling(VALOR) != net.profile.values:
        work.ask([net], LIQUIDO, "sem_retencao")
        del work.taken[LIQUIDO]


def _doubts(one: Sense, chosen: Sense) -> bool:
    if "comissao" in one.ideas:
        return "comissao" not in chosen.ideas
    pairs = list(zip(one.profile.amounts.all or (), chosen.profile.amounts.all or (), strict=False))
    # What the one does not say in a row, the other does.
    gaps = any(other and not own for other, own in pairs)
    return gaps or (one.speaks_of("totais") and _is_within(pairs))


def _is_within(pairs: Sequence[tuple[int | None, int | None]]) -> bool:
    """Whether the second of each pair is never more than the first."""
    both = [(whole, part) for whole, part in pairs if whole and part]
    return bool(both) and all(whole >= part for whole, part in both)
