"""What of a file is new: its rows against the journal, and the lotes that come of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from converter.history.corrections import remember_beside, remember_mended
from converter.history.match_history import known
from converter.journal.journal import Journal
from converter.model.fate import EDITED, Fate, Fates, First, Where
from converter.model.notas import Lote
from converter.model.problems import Problem, Severity
from converter.runtime.config import Policies
from converter.runtime.spill import Folded
from converter.settings import Settings
from converter.stages.group import group
from converter.stages.report import edited_rows

_TO_MEND = {Fate.REJEITADA, Fate.RETIDA, Fate.ESPERA}


@dataclass(frozen=True, slots=True)
class Settled:
    """A prepared file after the journal was asked.

    `problems` are those the journal knows of; `firsts` holds the first appearance of its repeated
    rows, by identity or by (sheet, row); `ready` are its lotes to send, `refs` all that its rows
    are in. `left` tells that rows sent from it are in it no more.
    """

    folded: Folded
    fates: Fates
    problems: tuple[Problem, ...]
    firsts: Mapping[Where, First]
    ready: tuple[Lote, ...]
    refs: tuple[str, ...]
    left: bool


def settle(
    folded: Folded,
    settings: Settings,
    policies: Policies,
    journal: Journal,
    present: Collection[str],
) -> Settled:
    """Recognise, group, and write down the new lotes.

    `present` are the files there are: a row of one that is gone may have moved here.
    """
    arquivo, ambiente = folded.arquivo, settings.ambiente
    prepared = folded.digest()
    found = known(journal, settings, prepared, present)
    recognised, claims = found.recognised, found.claims
    for ref in settings.reenviar if recognised.resent else ():
        journal.release(ambiente, ref, recognised.resent)
    held = policies.severity(EDITED) is Severity.ERRO
    edited = edited_rows(recognised.problems) if held else frozenset()
    grouped = group(
        arquivo,
        prepared.composed,
        rejected=prepared.rejected | edited,
        waiting=prepared.waiting,
        own=recognised.own | found.refused.keys(),
        elsewhere=found.firsts.keys(),
        splitting=policies.splitting,
        parcial=settings.parcial,
    )
    sending = {nota.identity for lote in grouped.lotes for nota in lote.notas}
    remember_mended(journal, ambiente, prepared, claims.keys() | sending, found.ties)
    if any(fate in _TO_MEND for fates in grouped.fates for fate in fates):
        remember_beside(journal, ambiente, prepared, claims, grouped.lotes)
    made = journal.prepare(ambiente, grouped.lotes, resend=settings.reenviar)
    standing = [claims[identity].ref for identity in recognised.own]
    standing += [claim.ref for claim in found.refused.values()]
    standing += [outcome.lote.ref for outcome in made.known]
    standing += [lote.ref for lote in made.ready]
    return Settled(
        folded.settled(),
        grouped.fates,
        recognised.problems,
        found.firsts,
        made.ready,
        tuple(dict.fromkeys(standing)),
        bool(recognised.left),
    )


def all_ready(settled: Sequence[Settled]) -> list[Lote]:
    """The lotes to send, file by file."""
    return [lote for one in settled for lote in one.ready]
