"""What a city finds wrong in a positional file, gathered line by line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from converter.layouts.base import City, CityError
from converter.layouts.codes import Code

NotaT = TypeVar("NotaT")


@dataclass(slots=True)
class LineCheck(Generic[NotaT]):
    """The lines of a file beside the city that reads them, and what has been found so far."""

    lines: list[str]
    city: City
    codes: Mapping[str, Code]
    errors: list[CityError] = field(default_factory=list)
    notes: list[NotaT] = field(default_factory=list)

    def fault(
        self, codigo: str, linha: int, ordem: int | None = None, *, cpf: bool = False
    ) -> None:
        """Keep one code, at a line (1-based) and where there is one at a note (1-based)."""
        self.errors.append(self.codes[codigo].at(linha=linha, ordem=ordem, cpf=cpf))

    def found(self) -> tuple[CityError, ...]:
        """Everything, in the order of the lines."""
        return tuple(sorted(self.errors, key=lambda error: error.linha or 0))
