"""What lies outside a run: the clock, the environment, and the API it talks to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from converter import __version__
from converter.model.progress import Tell, Waiting, unheard
from converter.settings import HOSTS, Ambiente, Settings

if TYPE_CHECKING:
    from converter.focus.client import Client
    from converter.focus.clients import Clients
    from converter.model.notas import Prestador
    from converter.model.wire import MissingToken
    from converter.simulator.server import RunningSimulator


WORTH_SAYING = 3.0
"""Seconds of waiting from which on silence would look like a run that hangs."""


EMBEDDED = "simulado"
"""The source of what the embedded API says."""
CONTA = "FOCUS_TOKEN_CONTA"
"""The variable with the token of the whole account, where look-ups ask for one."""


def consulted_at(settings: Settings, kind: str) -> str:
    """The address a kind of look-up is asked at; CNPJs are told by the host of `producao` only."""
    if settings.other_url or kind != "cnpj" or settings.ambiente is Ambiente.SIMULADO:
        return settings.url or EMBEDDED
    return HOSTS[Ambiente.PRODUCAO]


@dataclass(frozen=True, slots=True)
class Environment:
    """Everything a run asks of its surroundings, so that a test can be the surroundings.

    `pause`, where given, takes the place of the wait between two requests, which Ctrl-C can break
    off. `environ` holds tokens and is never shown; `now` answers an aware moment, `seconds` the
    seconds since the epoch. `snapshots` is where each file is put down as the run saw it, for
    whoever shows it (`runtime/snapshot.py`); None where nobody does.
    """

    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    now: Callable[[], datetime] = lambda: datetime.now().astimezone()
    seconds: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    pause: Callable[[float], object] | None = None
    snapshots: Path | None = None


@dataclass(frozen=True, slots=True)
class Api:
    """The API of one run. `play` is the embedded prefeitura: name and bytes of a return file.

    It raises LookupError where the embedded API does not know the ref. `clients` gives the client
    of a prestador's token, `consult` that of a kind of look-up (`cep`, `cnpj`). `hand_in` takes a
    file that was made here to the embedded prefeitura.
    """

    clients: Callable[[Prestador], Client | MissingToken]
    play: Callable[[str], tuple[str, bytes]] | None = None
    hand_in: Callable[[str, Prestador, bytes], None] | None = None
    consult: Callable[[str, Prestador], Client | MissingToken] | None = None


@contextmanager
def open_api(settings: Settings, environment: Environment, tell: Tell = unheard) -> Iterator[Api]:
    """The real API, or in `simulado` an embedded one; nothing starts before it is first asked.

    `tell` hears of the waits the API asks for.
    """

    def waiting(seconds: float) -> None:
        if seconds >= WORTH_SAYING:
            tell(Waiting(seconds, environment.now() + timedelta(seconds=seconds)))

    with ExitStack() as stack:

        @cache
        def simulator() -> RunningSimulator:
            from converter.simulator.server import serve
            from converter.simulator.settings import Settings as SimulatorSettings

            local_time = SimulatorSettings(now=environment.now)
            return stack.enter_context(serve(settings.folders.pasta, settings=local_time))

        @cache
        def clients(url: str | None, account: str = "") -> Clients:
            from converter.focus.client import Transport
            from converter.focus.clients import Clients
            from converter.focus.tokens import Token, system_keyring

            simulated = settings.ambiente is Ambiente.SIMULADO
            made = Clients(
                url or simulator().url,
                settings.ambiente,
                version=__version__,
                environ={"FOCUS_TOKEN": account} if account else environment.environ,
                token=Token("simulacao-local") if simulated else None,
                keyring=None if simulated else system_keyring(),
                transport=Transport(
                    verify=settings.certificados or True,
                    sleep=environment.pause,
                    waiting=waiting,
                ),
            )
            return stack.enter_context(made)

        def client(prestador: Prestador) -> Client | MissingToken:
            return clients(settings.url)(prestador)

        def consult(kind: str, prestador: Prestador) -> Client | MissingToken:
            source = consulted_at(settings, kind)
            account = environment.environ.get(CONTA, "")
            return clients(None if source == EMBEDDED else source, account)(prestador)

        embedded = settings.ambiente is Ambiente.SIMULADO and not settings.url
        yield Api(
            client,
            (lambda ref: simulator().play(ref)) if embedded else None,
            (lambda *handed: simulator().hand_in(*handed)) if embedded else None,
            consult,
        )
