"""What the journal is told of a file before anything is sent: its new lotes claim their rows."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from converter.history.corrections import rows_in_lotes
from converter.history.match_history import FileHistory
from converter.journal.claims import Prepared
from converter.journal.journal import Journal
from converter.model.fate import Fate, Fates
from converter.model.filerun import Content, Decided, InMemory, Understood
from converter.model.notas import Lote

_TO_CORRECT = {Fate.REJEITADA, Fate.RETIDA}


def claim(
    journal: Journal,
    ambiente: str,
    reenviar: Collection[str],
    content: Content,
    history: FileHistory,
    fates: Fates,
    lotes: Sequence[Lote],
) -> Prepared:
    """Write down what was learnt of a file, and its new lotes; what became of each of these."""
    arquivo, known = content.arquivo, history.known
    origins = {origem.sha256: origem.arquivo for origem in content.origins.values()}
    journal.remember_source_names(ambiente, origins)
    journal.relate(ambiente, arquivo, known.related)
    for ref, places in known.moved.places.items():
        journal.adopt(ambiente, ref, arquivo, places)
    for ref, identities in history.released.items():
        journal.release(ambiente, ref, identities)
    sending = {nota.identity for lote in lotes for nota in lote.notas}
    corrected = known.corrections.missing(content, known.claims.keys() | sending)
    journal.remember_corrected(ambiente, corrected)
    if any(not _TO_CORRECT.isdisjoint(own) for own in fates):
        here = rows_in_lotes(content, known.claims)
        sizes = journal.sizes(ambiente, here)
        whole = {ref for ref, rows in here.items() if rows == sizes.get(ref)}
        whole.update((lote.ref for lote in lotes), *known.whole.values())
        journal.remember_whole(ambiente, content.sha256, whole)
    return journal.prepare(ambiente, lotes, resend=reenviar)


def decided(before: Understood, history: FileHistory, fates: Fates, made: Prepared) -> Decided:
    """What is kept of a file once its rows are claimed: its JSON is in lotes now."""
    refs = [*history.refs, *(one.lote.ref for one in made.known), *(one.ref for one in made.ready)]
    decision = replace(history.decision, fates=fates)
    content = before.content
    if isinstance(content, InMemory):
        told = content.value
        content = InMemory(replace(told, rows=tuple(sheet.lean() for sheet in told.rows)))
    return Decided(before.source, content, decision, made.ready, tuple(dict.fromkeys(refs)))
