"""What waits in `retornos/`, and in `simulado` what the embedded prefeitura puts there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from converter.disk import write_bytes
from converter.journal.journal import Journal
from converter.model.outcome import LoteState
from converter.model.run import ReturnDone
from converter.run.folder import Office
from converter.run.world import Api
from converter.settings import Ambiente, Settings
from converter.stages.respond import ReturnFate, ReturnFile, respond

# The same rows have the same ref in every ambiente: a return file of the embedded prefeitura says
# in its name what it is, and never reaches the real API.
_REHEARSED = "_simulado_"


def rehearsed(ref: str, name: str) -> str:
    """What a return file of the embedded prefeitura is called in `retornos/`."""
    return f"{ref}{_REHEARSED}{name}"


def read_returns(settings: Settings, office: Office, api: Api) -> tuple[ReturnDone, ...]:
    """Every return file that waits, read and joined to its lote.

    Raises:
        Abort: The journal cannot be written.
    """
    if api.play is not None:
        _play(settings, office.journal, api.play)
    rehearsing = settings.ambiente is Ambiente.SIMULADO
    read = office.journal.returns_read(settings.ambiente)
    files = [
        file
        for file in _waiting(settings.folders.retornos, read)
        if rehearsing or _REHEARSED not in file.name
    ]
    return answer(settings, office, api, files)


def answer(
    settings: Settings,
    office: Office,
    api: Api,
    files: Sequence[ReturnFile],
    ref: str | None = None,
) -> tuple[ReturnDone, ...]:
    """These return files; with `ref`, for that lote whatever they look like."""
    if not files:
        return ()
    report = respond(files, office.journal, api.clients, settings.ambiente, ref, log=office.log)
    read = {ReturnFate.LIDO, ReturnFate.REPETIDO}
    return tuple(
        ReturnDone(done.name, done.ref, done.outcome, done.messages, read=done.fate in read)
        for done in report.files
        if ref is not None or done.fate is not ReturnFate.REPETIDO
    )


def _play(settings: Settings, journal: Journal, play: Callable[[str], tuple[str, bytes]]) -> None:
    """Let the embedded prefeitura answer every lote that has its import file and no answer."""
    for outcome in journal.lotes(settings.ambiente, states=(LoteState.GERADO,), whole=False):
        try:
            name, content = play(outcome.lote.ref)
        except LookupError:
            continue
        write_bytes(settings.folders.retornos / rehearsed(outcome.lote.ref, name), content)


def _waiting(folder: Path, read: Collection[str]) -> Iterator[ReturnFile]:
    """The files of the folder whose bytes were not read by an earlier run."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith((".", "~")):
            content = path.read_bytes()
            if hashlib.sha256(content).hexdigest() not in read:
                yield ReturnFile(path.name, content)
