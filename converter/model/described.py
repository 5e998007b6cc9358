"""An import file as people read it: its records, and their fields by name."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class DescribedField:
    """A field as it stands in the file, and as a person reads it.

    `inicio` and `fim` are columns (1-based, inclusive), None in XML. `lido` is the value in
    words of the trade: `22/11/2026`, `R$ 1.234,56`, `2 (não)`; '' where nothing is said.
    `quantia` is the amount in R$ where the field is one.
    """

    nome: str
    valor: str
    lido: str
    inicio: int | None = None
    fim: int | None = None
    campo: str | None = None
    quantia: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DescribedRecord:
    """One line of the file (or one element, in XML). `ordem` is the note it belongs to."""

    linha: int
    tipo: str
    nome: str
    ordem: int | None
    campos: tuple[DescribedField, ...]
