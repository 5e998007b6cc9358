"""What a new sheet is, before it is XML: free rows on top, then one table held as columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

Valor = str | int | Decimal | float | bool | date | datetime | None

MAX_ROWS = 1_048_576
MAX_NAME = 31


class TopCell(NamedTuple):
    """One cell of a free row. `colunas` above 1 merges it with its neighbours to the right.

    `link` is a place in the book (`'Notas'!A7`) or an https address.
    """

    valor: Valor
    estilo: str = "texto"
    link: str | None = None
    colunas: int = 1


class TopLine(NamedTuple):
    """A free row: cells from column A on, None leaves one empty. `altura` is in points."""

    celulas: tuple[TopCell | None, ...] = ()
    altura: float | None = None


_NUMBERS = frozenset({"inteiro", "linkinteiro", "valor"})


@dataclass(frozen=True, slots=True)
class NewColumn:
    """A column of the table; one shorter than its neighbours ends with cells left out.

    `estilo` names an entry of `styles.STYLES` and `estilos` overrides it per cell. `links` are
    as in `TopCell`. `largura` is in characters, as Excel shows it.
    """

    titulo: str
    valores: Sequence[Valor]
    estilo: str = "texto"
    largura: float = 14
    links: Sequence[str | None] | None = None
    estilos: Sequence[str | None] | None = None

    @property
    def estilo_titulo(self) -> str:
        """Numbers stand to the right, and their title over them."""
        return "titulodireita" if self.estilo in _NUMBERS else "titulo"


@dataclass(frozen=True, slots=True)
class Serie:
    """One series of a chart: its name, its values' range (`$B$3:$B$9`) and colour (RRGGBB)."""

    nome: str
    valores: str
    numeros: tuple[Decimal, ...]
    cor: str


@dataclass(frozen=True, slots=True)
class Grafico:
    """Stacked horizontal bars over ranges of the sheet itself.

    `categorias` is a range and `nomes` what stands in it; `ancora` is the zero-based (first
    column, first row, last column, last row) the chart covers.
    """

    titulo: str
    categorias: str
    nomes: tuple[str, ...]
    series: tuple[Serie, ...]
    ancora: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Escolha:
    """A drop-down on the cells of `area` (`G5:G20`): the values of the range `fonte`.

    A relative `fonte` (`$L5:$DQ5`) moves with the row, as in a formula of the first cell. What is
    not listed is refused with `recusa`, or accepted where that is empty; `dica` shows beside the
    chosen cell.
    """

    area: str
    fonte: str
    titulo: str = ""
    dica: str = ""
    recusa: str = ""


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A sheet to be written: `topo`, then the header and rows of `colunas`.

    Without `com_titulo` the table has no header, so no filter. `larguras` overrides the widths of
    `colunas`, for sheets made of free rows only. `linhas_fixas` freezes that many rows instead of
    those down to the header; `ocultas` are the zero-based columns not shown; `notas` are notes on
    cells by zero-based (row, column) of the sheet, in the order of the rows; `no_papel` heads each
    printed page. `escolhas` are drop-downs; `oculta` hides the whole sheet. `filtro_desde` is the
    zero-based column where the filter begins; it ends with the rows of that column. Without
    `enderecos` the cells of the table do not say where they are, which a reader counts (ECMA-376
    part 1, 18.3.1.4): two fifths of a compressed sheet. For sheets that planilote never reads back.
    """

    nome: str
    topo: tuple[TopLine, ...] = ()
    colunas: tuple[NewColumn, ...] = ()
    larguras: tuple[float, ...] = ()
    filtro: bool = True
    grafico: Grafico | None = None
    tab_color: str | None = None
    mostrar_grade: bool = False
    com_titulo: bool = True
    linhas_fixas: int | None = None
    ocultas: frozenset[int] = frozenset()
    no_papel: str = ""
    notas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    escolhas: tuple[Escolha, ...] = ()
    oculta: bool = False
    filtro_desde: int = 0
    enderecos: bool = True

    @property
    def linhas(self) -> int:
        """Rows of the table, the header not counted."""
        return max((len(column.valores) for column in self.colunas), default=0)

    @property
    def tem_filtro(self) -> bool:
        """Whether its rows can be filtered by the header."""
        return bool(self.filtro and self.com_titulo and self.linhas)

    @property
    def congeladas(self) -> int:
        """How many rows stay in sight."""
        if self.linhas_fixas is not None:
            return self.linhas_fixas
        return self.linha_do_titulo if self.colunas and self.com_titulo else 0

    @property
    def linha_do_titulo(self) -> int:
        """The row Excel shows for the table's header; without one, the row before the table."""
        return len(self.topo) + self.com_titulo


def place(sheet: str, cell: str) -> str:
    """A link to a cell of this book: `'O''Brien'!A7`."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"
