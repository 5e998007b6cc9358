"""Amounts that were chosen, and what other columns say that makes them less than certain."""

import re
from collections.abc import Sequence

from converter.mapping.decisions import Work
from converter.mapping.preferred import is_invoiced
from converter.mapping.sense import LIQUIDO, VALOR, Sense
from converter.model.cells import RawValue

_TIMES = re.compile(r"\b\d{1,2}\s*(?:x|vezes)(?:\s*de)?\s*(?:R\$)?\s*\d[\d.,]*", re.IGNORECASE)
_SHARE = re.compile(r"\d{1,3}\s*(?:/|de)\s*(\d{1,3})")
_AT_ONCE = re.compile(r"\W*(?:[aà]\W*vista|[uú]nic[ao])\W*", re.IGNORECASE)


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


def doubt_the_whole(work: Work) -> None:
    """Ask about the amount of a whole where the rows are of parts of it: `Valor do pacote`, `2/5`.

    So it is where a column says in how many times what is paid: `3x 800,00`.
    """
    at = work.taken.get(VALOR, -1)
    chosen = work.by_index.get(at)
    if chosen is None or work.decisions[at].why not in ("cabecalho", "sozinha"):
        return
    whole = chosen.speaks_of("do_todo") and "valor_parcela" not in chosen.ideas
    parts = any(one.profile.most(_is_of_times) for one in work.found)
    shares = whole and any(_is_a_share(one) for one in work.found)
    if not is_invoiced(chosen) and (parts or shares):
        work.ask([chosen], VALOR, "parcelada")
        del work.taken[VALOR]
        work.disputed[VALOR] = ()


def _is_of_times(value: RawValue) -> bool:
    """`3x 800,00`, `entrada 1.300 + 4x 500`, `à vista`, or an amount alone."""
    if type(value) is not str:
        return False
    return bool(_TIMES.search(value) or _AT_ONCE.fullmatch(value))


def _is_a_share(one: Sense) -> bool:
    """Whether a column says which part of how many a row is: `2/5`."""
    if "administrativo" not in one.ideas or "parcela" not in one.words.words:
        return False
    return any(_is_share(value) for value in one.profile.sample)


def _is_share(value: RawValue) -> bool:
    found = _SHARE.fullmatch(value.strip()) if isinstance(value, str) else None
    return found is not None and int(found[1]) > 1


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
