"""What the journal is told of a file before anything is sent: its new lotes claim their rows."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from converter.journal.journal import Journal
from converter.model.fate import Fate, Fates
from converter.model.filerun import Content, Decided, InMemory, Understood
from converter.model.history import FileHistory, Learnt
from converter.model.notas import Lote
from converter.model.origem import Origem

_TO_CORRECT = {Fate.REJEITADA, Fate.RETIDA}


def claim(
    journal: Journal,
    ambiente: str,
    reenviar: Collection[str],
    content: Content,
    history: FileHistory,
    fates: Fates,
    lotes: Sequence[Lote],
) -> tuple[Sequence[Lote], Sequence[str]]:
    """Write down what was learnt of a file, and its new lotes; those to send, and all it is in."""
    arquivo, learnt = content.arquivo, history.learnt
    origins = {origem.sha256: origem.arquivo for origem in content.origins.values()}
    journal.remember_source_names(ambiente, origins)
    journal.relate(ambiente, arquivo, learnt.related)
    for ref, places in learnt.moved.items():
        journal.adopt(ambiente, ref, arquivo, places)
    for ref, identities in learnt.released.items():
        journal.release(ambiente, ref, identities)
    journal.remember_corrected(ambiente, dict(_corrected(learnt, lotes)))
    if any(not _TO_CORRECT.isdisjoint(own) for own in fates):
        whole = {*_held_whole(journal, ambiente, learnt), *learnt.whole}
        journal.remember_whole(ambiente, content.sha256, whole | {lote.ref for lote in lotes})
    made = journal.prepare(ambiente, lotes, resend=reenviar)
    refs = (*history.refs, *(one.lote.ref for one in made.known), *(one.ref for one in made.ready))
    return made.ready, tuple(dict.fromkeys(refs))


def _corrected(learnt: Learnt, lotes: Sequence[Lote]) -> Iterator[tuple[Origem, str]]:
    """The corrected rows that are in a lote now, with where they came from."""
    taken = {nota.identity for lote in lotes for nota in lote.notas} | learnt.claimed
    for origem, identity in learnt.mended:
        if identity in taken:
            yield origem, identity


def _held_whole(journal: Journal, ambiente: str, learnt: Learnt) -> Iterator[str]:
    """The lotes of which a file still holds every row."""
    sizes = journal.sizes(ambiente, learnt.held)
    for ref, rows in learnt.held.items():
        if rows == sizes.get(ref):
            yield ref


def as_decided(
    before: Understood,
    history: FileHistory,
    fates: Fates,
    ready: Sequence[Lote],
    refs: Sequence[str],
) -> Decided:
    """What is kept of a file once its rows are claimed: its JSON is in lotes now."""
    content = before.content
    if isinstance(content, InMemory):
        rows = tuple(sheet.lean() for sheet in content.value.rows)
        content = InMemory(replace(content.value, rows=rows))
    return Decided(before.source, content, history.lean(), fates, tuple(ready), tuple(refs))
