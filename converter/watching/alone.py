"""One watch per working folder: two would convert each file twice."""

from collections.abc import Iterator
from contextlib import contextmanager

from converter.errors import Abort
from converter.journal.lock import FolderLock
from converter.runtime.environment import Environment
from converter.settings import Folders

ROOM = "vigia"
"""Where in `diario/` the lock of a watch lies; a run has its own, for as long as it works."""


@contextmanager
def watching_alone(folders: Folders, environment: Environment) -> Iterator[None]:
    """While no other watch may begin in this folder.

    Raises:
        Abort: `pasta-ja-vigiada`; or the folder cannot be written to.
    """
    try:
        lock = FolderLock(folders.diario / ROOM, environment.now)
        lock.__enter__()
    except Abort as error:
        if error.code == "pasta-em-uso":
            raise Abort("pasta-ja-vigiada", **error.details) from error
        raise
    try:
        yield
    finally:
        lock.__exit__()
