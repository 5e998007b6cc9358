"""What waits in `retornos/`, and in `simulado` what the embedded prefeitura puts there."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from converter.disk import write_bytes
from converter.journal.journal import Journal
from converter.model.outcome import LoteState
from converter.model.run import ReturnDone, ReturnState
from converter.reading.inbox import is_partial
from converter.runtime.environment import Api
from converter.runtime.session import Session
from converter.runtime.workspace import Workspace
from converter.settings import Ambiente, Settings
from converter.stages.respond import LARGEST, REHEARSED, Retorno, respond
from converter.texts.catalogue import own_message

# The same rows have the same ref in every ambiente: a return file of the embedded prefeitura says
# in its name what it is, and never reaches the real API.


def rehearsed(ref: str, name: str) -> str:
    """What a return file of the embedded prefeitura is called in `retornos/`."""
    return f"{ref}{REHEARSED}{name}"


def read_returns(session: Session) -> tuple[ReturnDone, ...]:
    """Every return file that waits, read and joined to its lote; none without an API.

    Raises:
        Abort: The journal cannot be written.
    """
    settings, workspace, api = session.settings, session.workspace, session.api
    if api is None:
        return ()
    if api.play is not None:
        _play(settings, workspace.journal, api)
    rehearsing = settings.ambiente is Ambiente.SIMULADO
    read = workspace.journal.returns_read(settings.ambiente)
    files: list[Retorno] = []
    left: list[ReturnDone] = []
    for path in _waiting(settings.folders.retornos):
        if rehearsing or REHEARSED not in path.name:
            found = load(path)
            if isinstance(found, ReturnDone):
                left.append(found)
            elif hashlib.sha256(found.content).hexdigest() not in read:
                files.append(found)
    return (*left, *answer(settings, workspace, api, files))


def dropped(folder: Path) -> Iterator[Path]:
    """The return files that somebody put into the folder; not those of the embedded prefeitura."""
    return (path for path in _waiting(folder) if REHEARSED not in path.name)


def load(path: Path) -> Retorno | ReturnDone:
    """A return file with its bytes, or what is told of one that cannot be read."""
    try:
        if path.stat().st_size <= LARGEST:
            return Retorno(path.name, path.read_bytes())
        code = "retorno-grande"
    except OSError:
        code = "retorno-inacessivel"
    message = own_message(code, arquivo=path.name)
    return ReturnDone(path.name, ReturnState.RECUSADO, messages=(message,))


def answer(
    settings: Settings,
    workspace: Workspace,
    api: Api,
    files: Sequence[Retorno],
    ref: str | None = None,
) -> tuple[ReturnDone, ...]:
    """These return files; with `ref`, for that lote whatever they look like."""
    if not files:
        return ()
    done = respond(files, workspace.journal, api.clients, settings.ambiente, ref, log=workspace.log)
    return tuple(one for one in done if ref is not None or one.state is not ReturnState.REPETIDO)


def played(journal: Journal, api: Api, ambiente: str, ref: str) -> tuple[str, bytes]:
    """The embedded prefeitura's return file of a lote; one made here is first taken to her.

    Raises:
        LookupError: The embedded API does not know the lote.
    """
    if api.play is None or api.hand_in is None:
        raise LookupError(ref)
    try:
        return api.play(ref)
    except LookupError:
        outcome = next(iter(journal.lotes(ambiente, refs=[ref])), None)
        if outcome is None or not outcome.cancels or outcome.content is None:
            raise
    api.hand_in(ref, outcome.lote.prestador, outcome.content)
    return api.play(ref)


def _play(settings: Settings, journal: Journal, api: Api) -> None:
    """Let the embedded prefeitura answer every lote that has its import file and no answer."""
    for outcome in journal.lotes(settings.ambiente, states=(LoteState.GERADO,), whole=False):
        try:
            name, content = played(journal, api, settings.ambiente, outcome.lote.ref)
        except LookupError:
            continue
        write_bytes(settings.folders.retornos / rehearsed(outcome.lote.ref, name), content)


def _waiting(folder: Path) -> Iterator[Path]:
    """The files of the folder, but for those a program is still writing."""
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith((".", "~")) and not is_partial(path):
            yield path
