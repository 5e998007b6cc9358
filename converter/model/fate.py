"""What becomes of a row before anything is sent, and where it was met first."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

EDITED = "linha-alterada"
"""The code of a row that changed after it was sent."""


class RowHistory(StrEnum):
    """What the journal says of a row of a file.

    `IN_LOTE`: sent from this file, or to be sent. `REFUSED`: refused alone by the prefeitura, and
    not changed since. `REPEATED`: another file has it in a lote. `CORRECTED`: in error here, and
    sent as corrected in another file. `EDITED`: like a sent row that is here no more.
    """

    NEW = "new"
    IN_LOTE = "in a lote"
    REFUSED = "refused"
    REPEATED = "repeated"
    CORRECTED = "corrected"
    EDITED = "edited"


class Fate(StrEnum):
    """Where a row stands before anything is sent: `PRONTA` rows go into new lotes.

    A row that `ESPERA` waits for an answer, and it alone.
    """

    REJEITADA = "rejeitada"
    RETIDA = "retida"
    ESPERA = "espera"
    REPETIDA = "repetida"
    PRONTA = "pronta"
    EM_LOTE = "em lote"


Fates = Sequence[Sequence[Fate]]
"""For each sheet a fate for each of its rows."""


class First(NamedTuple):
    """Where a repeated row appeared first; `corrected` when that is this row, corrected."""

    arquivo: str
    planilha: str
    row: int
    ref: str
    numero: str | None = None
    corrected: bool = False
