"""What every view works with: the folder's choices, the worker, and how a file stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from flask import current_app

from converter.page.table import Files
from converter.page.typed import Drafts
from converter.page.watching import Switch
from converter.page.worker import Worker, WorkerState
from converter.runtime.environment import Environment
from converter.settings import Settings

_PLACE = "planilote.desk"


@dataclass(frozen=True, slots=True)
class Desk:
    """One server's surroundings. `load` reads the choices anew: `planilote.toml` may change.

    `files` are the files as the last run saw them, `drafts` what was typed about them and not
    saved; `switch` has the folder watched; `stop` ends the server.
    """

    load: Callable[[], Settings]
    environment: Environment
    worker: Worker
    files: Files
    stop: Callable[[], None]
    drafts: Drafts = field(default_factory=Drafts)
    switch: Switch = field(default_factory=Switch)

    @property
    def settings(self) -> Settings:
        """The choices of this moment.

        Raises:
            SettingsError: A choice that cannot be followed.
        """
        return self.load()

    @property
    def state(self) -> WorkerState:
        """What is known of the folder at this moment."""
        return self.worker.state


def desk() -> Desk:
    """The desk of the application that answers this request."""
    return cast(Desk, current_app.extensions[_PLACE])


def put(extensions: dict[str, object], made: Desk) -> None:
    """Give an application its desk."""
    extensions[_PLACE] = made
