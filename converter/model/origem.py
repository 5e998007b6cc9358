"""Where a row of a `_corrigir` workbook came from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origem:
    """A row of an earlier source: the file in `entrada/`, its SHA-256, sheet and Excel row.

    `perguntas` are the questions it waited for there, as `codigo:coluna`.
    """

    arquivo: str
    sha256: str
    planilha: str
    row: int
    perguntas: tuple[str, ...] = ()

    @property
    def source(self) -> tuple[str, str]:
        """The file and the sheet."""
        return self.sha256, self.planilha
