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

    `cidade` is the prefeitura, with its site where it is known; `by_file` tells that it takes a
    file for this. `outcome` is the lote made, None where only the site cancels, or where whoever
    was asked said no. `saida` is the folder of the results as seen from the working folder.
    """

    ambiente: str
    ref: str
    prestador: Prestador
    cidade: str
    notas: tuple[ToCancel, ...]
    by_file: bool
    saida: str
    outcome: LoteOutcome | None = None
