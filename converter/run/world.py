"""What lies outside a run: the clock, the environment, and the API it talks to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from converter import __version__
from converter.settings import Ambiente, Settings

if TYPE_CHECKING:
    from converter.focus.clients import Clients


@dataclass(frozen=True, slots=True)
class World:
    """Everything a run asks of its surroundings, so that a test can be the surroundings.

    `now` answers an aware moment, `seconds` the seconds since the epoch.
    """

    environ: Mapping[str, str] = field(default_factory=dict)
    now: Callable[[], datetime] = lambda: datetime.now().astimezone()
    seconds: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Api:
    """The API of one run. `play` is the embedded prefeitura: name and bytes of a return file.

    It raises LookupError where the embedded API does not know the ref.
    """

    clients: Clients
    play: Callable[[str], tuple[str, bytes]] | None = None


@contextmanager
def open_api(settings: Settings, world: World) -> Iterator[Api]:
    """The real API, or in `simulado` an embedded one for as long as the block lasts."""
    from converter.focus.clients import Clients
    from converter.focus.tokens import Token, system_keyring

    def clients(url: str, token: Token | None) -> Clients:
        return Clients(
            url,
            settings.ambiente,
            version=__version__,
            environ=world.environ,
            token=token,
            keyring=None if token else system_keyring(),
            verify=settings.certificados or True,
        )

    if settings.ambiente is not Ambiente.SIMULADO:
        with clients(settings.url or "", None) as real:
            yield Api(real)
        return
    local = Token("simulacao-local")
    if settings.url:
        with clients(settings.url, local) as elsewhere:
            yield Api(elsewhere)
        return
    from converter.simulator.server import serve
    from converter.simulator.settings import Settings as SimulatorSettings

    local_time = SimulatorSettings(now=world.now)
    with (
        serve(settings.folders.pasta, settings=local_time) as running,
        clients(running.url, local) as own,
    ):
        yield Api(own, running.play)
