"""What the journal says of a file's rows, and what it is told of them before anything is sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from converter.history.corrections import remember_beside, remember_mended
from converter.history.match_history import Known, known
from converter.journal.journal import Journal
from converter.model.fate import Fate
from converter.model.filerun import Content, Decided, Decision, FileRun, Understood
from converter.model.grouped import Grouped
from converter.model.rows import ComposedSheet

_TO_MEND = {Fate.REJEITADA, Fate.RETIDA}


def look_up(
    journal: Journal,
    ambiente: str,
    reenviar: Collection[str],
    content: Content,
    composed: Sequence[ComposedSheet],
    present: Collection[str],
) -> Known:
    """What became of a file's rows before; rows the user wants again are given back.

    Args:
        journal: Whom to ask.
        ambiente: The lotes spoken of.
        reenviar: Refs whose edited rows the user wants sent again.
        content: The file.
        composed: Its rows with their JSON.
        present: The files there are: a row of one that is gone may have moved here.
    """
    found = known(journal, ambiente, reenviar, content, composed, present)
    resent = found.recognised.resent
    for ref in reenviar if resent else ():
        journal.release(ambiente, ref, resent)
    return found


def claim(
    journal: Journal,
    ambiente: str,
    reenviar: Collection[str],
    file: FileRun[Understood],
    found: Known,
    grouped: Grouped,
) -> FileRun[Decided]:
    """Write down the new lotes of a file: from here on its rows are theirs."""
    content = file.phase.content.load()
    recognised, claims = found.recognised, found.claims
    sending = {nota.identity for lote in grouped.lotes for nota in lote.notas}
    remember_mended(journal, ambiente, content, claims.keys() | sending, found.ties)
    if any(fate in _TO_MEND for fates in grouped.fates for fate in fates):
        remember_beside(journal, ambiente, content, claims, grouped.lotes)
    made = journal.prepare(ambiente, grouped.lotes, resend=reenviar)
    refs = [claims[identity].ref for identity in recognised.own]
    refs += [old.ref for old in found.refused.values()]
    refs += [outcome.lote.ref for outcome in made.known]
    refs += [lote.ref for lote in made.ready]
    decision = Decision(grouped.fates, found.firsts, recognised.problems, bool(recognised.left))
    return file.to(
        Decided(
            file.phase.source,
            file.phase.content,
            decision,
            made.ready,
            tuple(dict.fromkeys(refs)),
        )
    )
