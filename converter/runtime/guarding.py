"""Journals that do not know what their folder has sent, noticed; a copy of one, put back."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from converter.disk import write_bytes, write_whole
from converter.errors import Abort
from converter.journal import guard
from converter.journal.journal import Journal
from converter.journal.lock import FolderLock
from converter.model.diario import Compacted, Restored
from converter.model.outcome import LoteState
from converter.model.wire import Answer, MissingToken
from converter.runtime.environment import Environment, open_api
from converter.runtime.workspace import DIARIO, open_workspace
from converter.settings import Ambiente, Settings
from converter.simulator.state import DATABASE, State
from converter.texts.command import command
from converter.texts.formato import contado

if TYPE_CHECKING:
    from converter.focus.client import Client
    from converter.model.notas import Prestador

RESTORED = "restaurado.json"
_REF = re.compile(r"pl[0-9a-f]{30}")
_TOLD = 3
_OPEN = frozenset(
    {LoteState.PREPARADO, LoteState.ENVIANDO, LoteState.GERADO, LoteState.DESCONHECIDO}
)
"""Lotes that wait for something."""


def refuse_unsaid_ambiente(settings: Settings, journal: Journal) -> None:
    """Stop where nobody said the ambiente and real lotes wait: a rehearsal would pass them by.

    Raises:
        Abort: `ambiente-nao-dito`.
    """
    if settings.ambiente_dito:
        return
    waiting = {
        real: len(found)
        for real in (Ambiente.PRODUCAO, Ambiente.HOMOLOGACAO)
        if (found := journal.lotes(real, states=_OPEN, whole=False))
    }
    if waiting:
        told = " e ".join(
            f"{contado(count, 'lote', 'lotes')} em {real}" for real, count in waiting.items()
        )
        raise Abort(
            "ambiente-nao-dito",
            espera=told,
            continuar=command("converter", next(iter(waiting))),
            ensaiar=command("converter", "simulado", "--ambiente", "simulado"),
        )


def refuse_strangers(settings: Settings, journal: Journal) -> None:
    """Stop where the folder holds lotes that the journal never heard of: it is not the one.

    Raises:
        Abort: `diario-nao-conhece`.
    """
    strange = sorted(_strangers(settings, journal) - _restored(settings.folders.diario))
    if strange:
        shown = ", ".join(strange[:_TOLD]) + (", …" if len(strange) > _TOLD else "")
        raise Abort("diario-nao-conhece", quantos=str(len(strange)), refs=shown)


def asks_first(settings: Settings) -> bool:
    """Whether the journal is a copy put back, which cannot know what was sent after it."""
    return (settings.folders.diario / RESTORED).is_file()


def restore(settings: Settings, environment: Environment) -> Restored:
    """Put the newest copy back in the journal's place, and ask the API what was sent since.

    The journal that was there is kept beside it under another name.

    Raises:
        Abort: There is no copy, or another run is at work.
    """
    diario = settings.folders.diario
    path = diario / DIARIO
    with FolderLock(diario, environment.now):
        copy = next((one for one in guard.copies(diario) if _is_whole(one)), None)
        if copy is None:
            raise Abort("diario-sem-copia", pasta=str(diario))
        aside = _set_aside(path, environment)
        guard.break_seal(path)
        # Before the copy is there: whatever ends this run, the next one asks before it sends.
        _note(diario, _restored(diario))
        with copy.open("rb") as kept:
            write_whole(path, partial(shutil.copyfileobj, kept))
        guard.seal(path)
    with open_workspace(settings, environment) as workspace, open_api(settings, environment) as api:
        journal = workspace.journal
        strange = _strangers(settings, journal)
        _note(diario, strange | _restored(diario))
        found: dict[bool | None, list[str]] = {True: [], False: [], None: []}
        for ref, prestadores in _to_ask(settings, journal, strange):
            found[_is_there(ref, prestadores, api.clients)].append(ref)
    return Restored(
        copy.name, aside, settings.ambiente, *(tuple(found[key]) for key in (True, False, None))
    )


def compact(settings: Settings, environment: Environment) -> Sequence[Compacted]:
    """Bring the journal, its copies and what the simulator remembers to their least size.

    Whatever an earlier version stored as it came is compressed as it is opened.

    Raises:
        Abort: Another run is at work, or the journal cannot be used.
    """
    diario = settings.folders.diario
    found = (diario / DIARIO, *guard.copies(diario), settings.folders.pasta / DATABASE)
    sizes = {path: path.stat().st_size for path in found if path.is_file()}
    with FolderLock(diario, environment.now):
        for path in sizes:
            if path == settings.folders.pasta / DATABASE:
                state = State(path)
                state.compact()
                state.close()
            elif path == diario / DIARIO or _is_whole(path):
                with Journal(path, environment.now) as journal:
                    journal.compact()
    return [
        Compacted(path.relative_to(settings.folders.pasta).as_posix(), size, path.stat().st_size)
        for path, size in sizes.items()
    ]


def _to_ask(
    settings: Settings, journal: Journal, strange: set[str]
) -> Iterator[tuple[str, list[Prestador]]]:
    """Each lote the copy does not know as sent, and whose it may be."""
    lotes = journal.lotes(settings.ambiente, whole=False)
    everyone = list(dict.fromkeys(outcome.lote.prestador for outcome in lotes))
    for outcome in lotes:
        if outcome.state not in {LoteState.GERADO, LoteState.RESPONDIDO}:
            yield outcome.lote.ref, [outcome.lote.prestador]
    for ref in sorted(strange):
        yield ref, everyone


def _is_there(
    ref: str, prestadores: list[Prestador], clients: Callable[[Prestador], Client | MissingToken]
) -> bool | None:
    """Whether the API holds a lote; None where nobody could say."""
    answers = set()
    for prestador in prestadores:
        client = clients(prestador)
        heard = None if isinstance(client, MissingToken) else client.fetch(ref)
        if isinstance(heard, Answer) and heard.status == 200:
            return True
        answers.add(isinstance(heard, Answer) and heard.status == 404)
    return False if answers == {True} else None


def _strangers(settings: Settings, journal: Journal) -> set[str]:
    """The refs that names of import and return files tell and no ambiente of the journal has."""
    folders = settings.folders
    places = [folders.pasta.glob(f"saida/{lotes}/*") for lotes in ("lotes", "*/lotes")]
    told = {ref for place in places for path in place for ref in _REF.findall(path.name)}
    if not journal.has_lotes():
        told |= {
            ref for path in folders.retornos.glob("*") for ref in _REF.findall(path.name.lower())
        }
    return told - journal.known_refs(told)


def _note(diario: Path, refs: set[str]) -> None:
    """Keep the refs that a journal put back need not know, and that it was put back."""
    write_bytes(diario / RESTORED, json.dumps(sorted(refs)).encode())


def _restored(diario: Path) -> set[str]:
    try:
        return set(map(str, json.loads((diario / RESTORED).read_bytes())))
    except (OSError, ValueError, TypeError):
        return set()


def _is_whole(copy: Path) -> bool:
    try:
        return guard.seal_of(copy).read_text(encoding="ascii").strip() == guard.digest(copy)
    except (OSError, ValueError):
        return False


def _set_aside(path: Path, environment: Environment) -> str | None:
    """Keep what was there, and what SQLite left beside it, under the moment's name."""
    if not path.exists():
        return None
    name = f"diario-posto-de-lado-{environment.now():%Y%m%d-%H%M%S}"
    path.replace(path.with_name(f"{name}.sqlite3"))
    with suppress(FileNotFoundError):
        path.with_name(f"{path.name}-journal").replace(path.with_name(f"{name}.sqlite3-journal"))
    return f"{name}.sqlite3"
