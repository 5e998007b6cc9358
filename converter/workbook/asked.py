"""The hidden cell by which a line of `Colunas` or `Perguntas` remembers what it asks.

It tells a sheet copied from another workbook from one that belongs here.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

from converter.model.cells import RawValue
from converter.model.columns import question_key
from converter.workbook import hidden

COLUMN_HEADER = "_planilote_coluna"
QUESTION_HEADER = "_planilote_pergunta"
# Three samples and a few sentences at most; anything longer was not written here.
_LONGEST = 32_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A line about a sheet of a source; `assinatura` is the fingerprint of the sheet's headers."""

    arquivo: str
    sha256: str
    planilha: str
    assinatura: str

    @property
    def source(self) -> tuple[str, str]:
        """The file and the sheet the line is about."""
        return self.sha256, self.planilha


@dataclass(frozen=True, slots=True)
class AskedColumn(Asked):
    """A column of a source and what stood in *Usar como* when the line was written.

    `coluna` is the letter, `cabecalho` the header's text as understood and `celula` what the
    header's own cell shows. `usar_como` is the label written, "" where the person was asked;
    `respondida` tells that the person had said it, `firme` that the label alone says how the
    column was read: no part of it, nothing joined to it.
    """

    coluna: str
    cabecalho: str
    celula: str
    usar_como: str
    nao_enviar: str
    respondida: bool
    firme: bool = False


@dataclass(frozen=True, slots=True)
class AskedRows(Asked):
    """A question about rows of a source; `coluna` and `valor` are "" where it is about neither.

    `resposta` is what the person had answered before, "" where nothing. `cabecalho` is the header
    of its column as understood and `celula` what the header's own cell shows, "" too where an older
    workbook does not tell.
    """

    codigo: str
    coluna: str
    texto: str
    opcoes: tuple[str, ...]
    resposta: str
    valor: str = ""
    cabecalho: str = ""
    celula: str = ""

    @property
    def question(self) -> str:
        """The key of the question."""
        return question_key(self.codigo, self.coluna, self.valor)


def written(asked: Asked) -> str:
    """The text of the hidden cell."""
    return hidden.written(astuple(asked))


def read_column(value: RawValue) -> AskedColumn | None:
    """What a hidden cell of `Colunas` tells of, None where it was cleared or altered."""
    told = _told(value, [*[str] * 9, bool, bool])
    return None if told is None else AskedColumn(*told)


def read_rows(value: RawValue) -> AskedRows | None:
    """What a hidden cell of `Perguntas` tells of, None where it was cleared or altered."""
    kinds = [*[str] * 7, list, str, str]
    told = _told(value, [*kinds, str, str]) or _told(value, kinds)
    if told is None or not all(isinstance(option, str) for option in told[7]):
        return None
    told[7] = tuple(told[7])
    return AskedRows(*told)


def _told(value: RawValue, kinds: Sequence[type]) -> list[Any] | None:
    told = hidden.read(value, _LONGEST)
    return told if told is not None and [type(each) for each in told] == list(kinds) else None
