"""The working folder held for one run: its lock and its journal."""

from collections.abc import Iterator
from contextlib import contextmanager

from converter.journal.journal import Journal
from converter.journal.lock import FolderLock
from converter.run.world import World
from converter.settings import Settings

DIARIO = "diario.sqlite3"


@contextmanager
def working_folder(settings: Settings, world: World) -> Iterator[Journal]:
    """The journal, while no other run may use the folder.

    Raises:
        Abort: Another run is at work, or the journal cannot be used.
    """
    diario = settings.folders.diario
    with FolderLock(diario, world.now), Journal(diario / DIARIO, world.now) as journal:
        yield journal
