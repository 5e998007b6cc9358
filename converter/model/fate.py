"""What becomes of a row before anything is sent, and where it was met first."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

EDITED = "linha-alterada"
"""The code of a row that changed after it was sent."""


class Fate(StrEnum):
    """Where a row stands before anything is sent; one that `ESPERA` waits for an answer alone."""

    REJEITADA = "rejeitada"
    RETIDA = "retida"
    ESPERA = "espera"
    REPETIDA = "repetida"
    EM_LOTE = "em lote"


Fates = Sequence[Sequence[Fate]]
"""For each sheet a fate for each of its rows."""

Where = str | tuple[str, int]
"""A row by its identity, or by its sheet and Excel row."""


class First(NamedTuple):
    """Where a repeated row appeared first; `corrected` when that is this row, mended."""

    arquivo: str
    planilha: str
    row: int
    ref: str
    numero: str | None = None
    corrected: bool = False
