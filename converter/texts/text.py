"""The form of a catalogue entry."""

from dataclasses import dataclass
from enum import StrEnum

from converter.model.problems import Severity


class Family(StrEnum):
    """What a problem is about. Header problems are told once per sheet, never once per row."""

    ARQUIVO = "arquivo"
    CABECALHO = "cabeçalho"
    LINHA = "linha"
    CELULA = "célula"
    ENVIO = "envio"
    RESUMO = "resumo"


@dataclass(frozen=True, slots=True)
class Text:
    """One code of the catalogue: a table of `messages.toml`, whose head explains each key."""

    code: str
    family: Family
    severity: Severity
    title: str
    message: str
    hint: str
    example: str = ""
