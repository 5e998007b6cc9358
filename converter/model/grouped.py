"""What grouping gives: lotes, and a fate for every row."""

from dataclasses import dataclass

from converter.model.fate import Fates
from converter.model.notas import Lote


@dataclass(frozen=True, slots=True)
class Grouped:
    """Lotes of one file not yet prepared, and the fates of its rows, sheet by sheet."""

    lotes: tuple[Lote, ...]
    fates: Fates
