"""What can be chosen about a simulator; the defaults are a good-natured API."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from flask import current_app

from converter.layouts.base import BRASILIA
from converter.simulator.access import Tokens
from converter.simulator.state import State

MARK = "SIMULAÇÃO, sem valor fiscal"
CREDITS_A_MINUTE = 100


@dataclass(frozen=True, slots=True)
class Settings:
    """One simulator's temperament.

    Attributes:
        now: The date and time, aware.
        monotonic: Seconds that never go back, for the credits of a minute.
        creditos: Requests a minute per token; None sets no limit.
        tokens: Who may ask, for whom.
        ref_repetida: `mesmo` answers the same body with the same file and refuses another body;
            `recusa` refuses any repetition; `novo` writes a new file, with new numbers.
        recipiente: How `resposta` wraps its notes: `objeto` (one note bare, several in a list),
            `lista`, or `lista_nfse`.
        aberto: The page answers under any host name, not only this machine's.
    """

    now: Callable[[], datetime] = lambda: datetime.now(BRASILIA)
    monotonic: Callable[[], float] = time.monotonic
    creditos: int | None = None
    tokens: Tokens = field(default_factory=Tokens)
    ref_repetida: Literal["mesmo", "recusa", "novo"] = "mesmo"
    recipiente: Literal["objeto", "lista", "lista_nfse"] = "objeto"
    aberto: bool = False


def current_settings() -> Settings:
    """The settings of the application that answers a request."""
    settings: Settings = current_app.extensions["planilote.settings"]
    return settings


def current_state() -> State:
    """The state of the application that answers a request."""
    state: State = current_app.extensions["planilote.state"]
    return state
