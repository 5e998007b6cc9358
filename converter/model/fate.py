"""What becomes of a row before anything is sent."""

from collections.abc import Sequence
from enum import StrEnum


class Fate(StrEnum):
    """Where a row stands before anything is sent: `PRONTA` rows go into new lotes.

    A row that `ESPERA` waits for an answer; unless it was edited, it holds no other.
    """

    REJEITADA = "rejeitada"
    RETIDA = "retida"
    ESPERA = "espera"
    REPETIDA = "repetida"
    PRONTA = "pronta"
    EM_LOTE = "em lote"


Fates = Sequence[Sequence[Fate]]
"""For each sheet a fate for each of its rows."""
