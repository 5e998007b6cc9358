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
    """One code of the catalogue.

    `message` says what is wrong and `hint` what to do; both may hold `{placeholders}` filled
    from the problem: `{valor}`, `{cabecalho}`, `{campo}`, `{rotulo}` and its own details.
    `example` is a short typed value that provokes it, shown in `docs/erros.md`.
    """

    code: str
    family: Family
    severity: Severity
    title: str
    message: str
    hint: str
    example: str = ""


def erro(code: str, title: str, message: str, hint: str, example: str = "") -> Text:
    """An entry about one cell that holds the note back."""
    return Text(code, Family.CELULA, Severity.ERRO, title, message, hint, example)


def aviso(code: str, title: str, message: str, hint: str, example: str = "") -> Text:
    """An entry about one cell that travels with the note."""
    return Text(code, Family.CELULA, Severity.AVISO, title, message, hint, example)
