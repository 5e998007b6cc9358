"""What was understood of each column of a sheet, and what is asked of the person.

Every column with data ends in exactly one of three ways; a question holds the rows it concerns
until it is answered, in the workbook, on the terminal or in a mapping.
"""

from dataclasses import dataclass
from enum import StrEnum


class ColumnUse(StrEnum):
    """`USADA` fills a field, `IGNORADA` is surely none of the note's, `PERGUNTA` is asked."""

    USADA = "usada"
    IGNORADA = "ignorada"
    PERGUNTA = "pergunta"


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """One column with data, as it was understood.

    `planilha`, `coluna` (the letter Excel shows) and `cabecalho` (as typed) are its address.
    `campo` is the API path it fills, None unless `USADA`. `sugestoes` are at most three API paths
    that could hold its values, the likeliest first; empty unless asked. `motivos` are sentences
    in Portuguese: what in the header, the group above or the values led here. `amostras` are its
    first distinct values, at most three, as shown.
    """

    planilha: str
    coluna: str
    cabecalho: str
    situacao: ColumnUse
    campo: str | None = None
    sugestoes: tuple[str, ...] = ()
    motivos: tuple[str, ...] = ()
    amostras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """Something only the person can say; the rows it names wait for the answer.

    `codigo` is a slug of the catalogue (`linhas-ocultas`, `coluna-duvidosa`, ...), `coluna` the
    letter it is about or None when it is about rows as such, `linhas` Excel rows in order,
    `texto` the question in Portuguese, `opcoes` the answers offered, in the words the drop-down
    shows. The same sheet asked the same thing gives the same `codigo`, `planilha` and `coluna`:
    that is how an answer finds its question.
    """

    codigo: str
    planilha: str
    coluna: str | None
    linhas: tuple[int, ...]
    texto: str
    opcoes: tuple[str, ...]
