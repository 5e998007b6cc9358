"""What became of asking that notes be cancelled."""

from dataclasses import dataclass

from converter.model.notas import Nota, Prestador
from converter.model.outcome import LoteOutcome, NotaAnswer


@dataclass(frozen=True, slots=True)
class ToCancel:
    """An authorised note, with what the prefeitura said of it."""

    nota: Nota
    answer: NotaAnswer


@dataclass(frozen=True, slots=True)
class Cancelling:
    """Notes of the lote `ref` that are to be cancelled.

    `by_file` tells that the city takes a file for it. `outcome` is the lote made for that, None
    where only the site cancels, or where whoever was asked said no. `saida` is the folder of the
    results as seen from the working folder.
    """

    ambiente: str
    ref: str
    prestador: Prestador
    notas: tuple[ToCancel, ...]
    by_file: bool
    saida: str
    outcome: LoteOutcome | None = None
