"""The working folder held for one run: its lock and its journal."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from converter.disk import sweep
from converter.errors import PlaniloteError, SettingsError
from converter.journal.journal import Journal
from converter.journal.lock import FolderLock
from converter.journal.log import EventLog, place_of, trace_of
from converter.runtime.environment import Environment
from converter.settings import Folders, Settings
from converter.texts.catalogue import broken, disk
from converter.texts.sentences import sentence

DIARIO = "diario.sqlite3"
LOG = "planilote.log"


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folder while it is ours: its journal and its log.

    `interrupted` is when the run that was here before died, where one did.
    """

    journal: Journal
    log: EventLog
    interrupted: str | None = None


@contextmanager
def open_workspace(settings: Settings, environment: Environment) -> Iterator[Workspace]:
    """The journal and the log, while no other run may use the folder.

    Raises:
        Abort: Another run is at work, or the journal cannot be used.
    """
    diario = settings.folders.diario
    for room in (settings.folders.entrada, settings.folders.retornos):
        with suppress(OSError):
            room.mkdir(exist_ok=True)
    with (
        FolderLock(diario, environment.now) as lock,
        Journal(diario / DIARIO, environment.now) as journal,
        EventLog(diario / LOG, environment.now) as log,
    ):
        for folder in (settings.folders.pasta / "saida", settings.folders.retornos, diario):
            sweep(folder)
        log("inicio", ambiente=settings.ambiente, interrompida=lock.stale is not None)
        yield Workspace(journal, log, lock.stale.since if lock.stale else None)
        log("fim")


class Stopped(NamedTuple):
    """What stopped something, what to do about it, a stable code, whether it was our mistake."""

    message: str
    hint: str
    code: str
    ours: bool = False


def stopped(error: Exception, folders: Callable[[], Folders], comando: str = "") -> Stopped:
    """What an exception says to a person; the way to a mistake of ours goes into the log.

    `comando` is what to type again, "" where nothing is typed.
    """
    if isinstance(error, PlaniloteError):
        return Stopped(*error.parts, error.code)
    if isinstance(error, OSError):
        return Stopped(disk(error), "", "disco")
    diario = folders().diario
    if diario.is_dir():
        with EventLog(diario / LOG, lambda: datetime.now().astimezone()) as log:
            log.trace(trace_of(error))
    told = broken(error, place_of(error), diario / LOG, comando)
    return Stopped(told, "", "defeito", ours=True)


def beside_the_real(settings: Settings, journal: Journal) -> Settings:
    """These settings, with a folder of their own for results where more real ones are in `saida/`.

    The same rows have the same names in every ambiente, down to the ref of their import file.
    """
    ambiente = settings.ambiente
    if not journal.has_sent(ambiente.realer):
        return settings
    return replace(settings, folders=replace(settings.folders, ensaio=ambiente))


def known_refs(refs: Iterable[str], journal: Journal, ambiente: str) -> None:
    """Hold refs the user names against the journal.

    Raises:
        SettingsError: No lote of this ambiente has one of them.
    """
    for ref in sorted(refs):
        if not journal.lotes(ambiente, refs=[ref], whole=False):
            raise SettingsError(sentence("comando.sem-lote", ref=ref, ambiente=ambiente))
