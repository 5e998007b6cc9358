"""What a run tells while it works, to whoever listens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Step(StrEnum):
    """What happens to a file, in this order.

    `CONFERIDA` and `ESCRITA` stand for all the steps before them where those ran out of hearing,
    in other processes.
    """

    LENDO = "lendo"
    CONFERINDO = "conferindo"
    MONTANDO = "montando"
    CONFERIDA = "conferida"
    AGRUPANDO = "agrupando"
    ESCREVENDO = "escrevendo"
    ESCRITA = "escrita"


@dataclass(frozen=True, slots=True)
class Begun:
    """The files of a run before any is read: their bytes, and the seconds expected of them.

    The seconds are without sending; `enviar` is whether that comes after.
    """

    files: int
    size: int
    seconds: float
    enviar: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """A file has come to a step; `rows` of notes, where the step goes through them."""

    arquivo: str
    step: Step
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Sending:
    """So many lotes begin to leave."""

    lotes: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A lote was posted and answered; `generated` where the answer was its import file at once."""

    ref: str
    generated: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """The API asks to wait so many seconds; the run goes on by itself at `until`."""

    seconds: float
    until: datetime


News = Begun | Progress | Sending | Sent | Waiting
Tell = Callable[[News], None]


def unheard(_: News) -> None:
    """Where nobody listens."""
