"""What was understood of each column of a sheet, and what is asked of the person.

Every column with data ends in exactly one of three ways; a question holds the rows it concerns
until it is answered, in the workbook, on the terminal or in a mapping.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

COLUMN_QUESTION = "coluna-duvidosa"
"""The `Question.codigo` that asks what one column is. It is answered where the column is listed,
in `Colunas` (a `ColumnAnswer`); every other question is about rows and is answered in `Perguntas`
(a `RowAnswer`)."""

HIDDEN_ROWS = "linhas-ocultas"
"""The question about rows not shown; a workbook to mend shows them, and remembers."""
COLOURS = "cor-com-sentido"
"""The question about a sheet that says in colours what is done, and shows none in its rows."""
PAINTED = "linhas-pintadas"
"""The question about rows in a colour."""
NOTICE = "aviso-fora-das-notas"
"""The question about a text above or below the notes that says something of whether they go."""
ACCOUNTS = "contas-abaixo-da-tabela"
"""The question about amounts under the total that change what the notes are of."""
CUSTOMER_ABOVE = "cliente-acima-da-tabela"
"""The question about a customer who is named above the table alone."""
IN_THE_LIST = "dados-na-lista"
"""The question about what a list of customers in the book says of their notes."""
OF_ONE_FILE = frozenset(
    {COLOURS, PAINTED, NOTICE, ACCOUNTS, CUSTOMER_ABOVE, IN_THE_LIST}
    | {"comentario-na-linha", "observacao-que-muda-a-nota", "celula-sem-cabecalho"}
)
"""Questions about what is another thing in every file: an answer is of that file alone."""
ABOUT_NEIGHBOURS = frozenset({"cliente-em-branco"})
"""Questions answered by what stands in the rows around: those must be seen where it is answered."""
STATUS_QUESTION = "situacao-da-nota"
"""The question about a situation; each word of its column is asked about by itself."""
CAUTION_QUESTION = "linha-a-conferir"
"""The question about a word for which a note may be another than the sheet makes it, likewise."""
BY_WORD = frozenset({STATUS_QUESTION, CAUTION_QUESTION})
"""Questions each of whose words is asked about by itself, and answered for the next files too."""
ABOUT_THE_SHEET = frozenset(
    {"csv-virgula-decimal", "coluna-ano-curto", "coluna-dia-ou-mes", "tabelas-lado-a-lado"}
)
"""Questions about how a sheet is written: the answer is as good for the next file with its headers.
To send certain rows all the same is said of those rows alone."""


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
    shows. `valor` is the word of the cells it is about, where each word is asked about by itself.
    The same sheet asked the same thing gives the same `planilha` and `key`: that is how an answer
    finds its question. `resposta` is the option chosen, empty while the rows wait.
    """

    codigo: str
    planilha: str
    coluna: str | None
    linhas: tuple[int, ...]
    texto: str
    opcoes: tuple[str, ...]
    valor: str = ""
    resposta: str = ""

    @property
    def key(self) -> str:
        """What an answer is found by."""
        return question_key(self.codigo, self.coluna, self.valor)


def question_key(codigo: str, coluna: str | None, valor: str = "") -> str:
    """`codigo:coluna`, or `codigo:coluna:valor`, as a row that waits for the answer carries it."""
    return ":".join((codigo, coluna or "", *filter(None, [valor])))


class AnswerUse(StrEnum):
    """What the person said of a column: it fills a field, is none of the note's, or is a status."""

    CAMPO = "campo"
    NADA = "nada"
    SITUACAO = "situacao"


@dataclass(frozen=True, slots=True)
class ColumnAnswer:
    """What the person said one column is.

    `coluna` is the letter and `cabecalho` the folded header (`brazil.headers.fold`); where two
    columns share a header the letter tells them apart, elsewhere the header alone finds the
    column. `campo` is the API path, only with `CAMPO`. `nao_enviar` are the words, as typed,
    that make a row not go, only with `SITUACAO`; they are compared folded, with the whole cell.
    `titulo` is the header as typed, for showing. `dita` is False where the person left what was
    understood as it was shown: it holds in that workbook alone, and is not kept.
    """

    coluna: str
    cabecalho: str
    uso: AnswerUse
    campo: str | None = None
    nao_enviar: tuple[str, ...] = ()
    titulo: str = field(default="", compare=False)
    dita: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """The option chosen for the question `codigo` about `coluna` (None: rows as such) and `valor`.

    `opcao` is one of that question's `opcoes`, word by word. `linhas` are the Excel rows that
    were asked about, None for whatever rows the question names (an answer kept for next month).
    `sha256` and `planilha` are the file and the sheet they are rows of, empty where the answer was
    not given of one. `titulo` is the header of the column as typed, "" where it is not known: kept
    for next month, the answer is of the column with that header.
    """

    codigo: str
    coluna: str | None
    opcao: str
    linhas: tuple[int, ...] | None = None
    sha256: str = ""
    planilha: str = ""
    valor: str = ""
    titulo: str = field(default="", compare=False)

    @property
    def key(self) -> str:
        """The question's."""
        return question_key(self.codigo, self.coluna, self.valor)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person said of the sheets with one header. `arquivo` and `data`: where and when."""

    colunas: tuple[ColumnAnswer, ...] = ()
    perguntas: tuple[RowAnswer, ...] = ()
    arquivo: str = ""
    data: date | None = None

    def __bool__(self) -> bool:
        return bool(self.colunas or self.perguntas)

    def about(self, planilha: str) -> "Answers":
        """Without what was said of the rows of other sheets."""
        rows = tuple(one for one in self.perguntas if one.planilha in ("", planilha))
        return self if len(rows) == len(self.perguntas) else replace(self, perguntas=rows)


NO_ANSWERS = Answers()


@dataclass(frozen=True, slots=True)
class Answered:
    """All answers at hand: `here` by sheet name, said in this very book; `kept` by signature."""

    here: Mapping[str, Answers] = field(default_factory=dict)
    kept: Mapping[str, Answers] = field(default_factory=dict)

    def of(self, planilha: str, signature: str) -> Answers:
        """What holds for a sheet: what its own book says goes before what was kept."""
        here = self.here.get(planilha, NO_ANSWERS)
        kept = self.kept.get(signature, NO_ANSWERS).about(planilha)
        if not here or not kept:
            return here or kept
        letters = {one.coluna for one in here.colunas}
        asked = {one.key for one in here.perguntas}
        return Answers(
            (*here.colunas, *(one for one in kept.colunas if one.coluna not in letters)),
            (
                *here.perguntas,
                *(one for one in kept.perguntas if one.key not in asked),
            ),
            here.arquivo,
            here.data,
        )


NOTHING_ANSWERED = Answered()
