"""What became of a lote and of each of its notes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from converter.model.notas import Lote


class LoteState(StrEnum):
    """`preparado -> enviando -> gerado | recusado | desconhecido -> respondido`."""

    PREPARADO = "preparado"
    ENVIANDO = "enviando"
    GERADO = "gerado"
    RECUSADO = "recusado"
    DESCONHECIDO = "desconhecido"
    RESPONDIDO = "respondido"


UNSETTLED = frozenset({LoteState.ENVIANDO, LoteState.DESCONHECIDO})
"""A lote that may or may not be at the API: its rows must not travel in another."""


class Situacao(StrEnum):
    """The word a row gets in the `Resultado` sheet."""

    REJEITADA = "rejeitada"
    RETIDA = "retida"
    REPETIDA = "repetida"
    ENVIADA = "enviada"
    AUTORIZADA = "autorizada"
    RECUSADA = "recusada"
    CANCELADA = "cancelada"
    DESCONHECIDA = "desconhecida"


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the API or of the prefeitura, kept word for word.

    `field` is the API path it names (`servico.aliquota`), when it names one; `ordem` the note
    (1-based) it speaks of, when it speaks of one.
    """

    code: str
    text: str
    field: str | None = None
    ordem: int | None = None
    correction: str | None = None


@dataclass(frozen=True, slots=True)
class NotaAnswer:
    """The prefeitura's answer for one note, joined to its place in the lote."""

    ordem: int
    situacao: Situacao
    numero: str | None = None
    codigo_verificacao: str | None = None
    data_emissao: str | None = None
    uri: str | None = None
    caminho_xml: str | None = None
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class LoteOutcome:
    """A lote after sending: its state, the import file byte for byte, and what was said.

    `sent_now` tells a lote posted by this run from one an earlier run had sent. `file_name` is
    the name in the folder of import files. `cancels` is the ref of the lote whose notes it
    cancels, where it does: such a lote was made here, and no API knows it.
    """

    lote: Lote
    state: LoteState
    sent_now: bool = False
    content: bytes | None = None
    file_name: str | None = None
    updated_at: datetime | None = None
    messages: tuple[Message, ...] = ()
    answers: tuple[NotaAnswer, ...] = ()
    cancels: str | None = None

    def import_file(self, saida: str) -> str | None:
        """Its import file as seen from the working folder, `saida` being that of the results."""
        return f"{saida}/lotes/{self.file_name}" if self.file_name else None
