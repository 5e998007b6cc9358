"""A worksheet part, streamed in slices of rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise, repeat

from converter.model.address import column_of, letters_of
from converter.workbook.cells import Looks, attribute, escape, escape_all
from converter.workbook.dialect import Dialect
from converter.workbook.links import MAX_LINK_TEXT, Links, is_address, too_many
from converter.workbook.new_sheet import (
    Escolha,
    NewColumn,
    NewSheet,
    TopCell,
    TopLine,
    Valor,
)
from converter.workbook.parts import DECLARATION, part
from converter.workbook.styles import STYLES

SLICE = 2_000
DRAWING_ID, NOTES_ID = "rIdDrawing", "rIdNotas"
"""How a sheet calls the part of its chart, and that of the shapes of its notes."""
# What Excel takes of the title and of the text of a drop-down; past it the book is repaired.
MAX_CHOICE_TITLE, MAX_CHOICE_TEXT = 32, 255
# A column's width counts zeros; letters are narrower, and words leave gaps at the end of a line.
LETTERS_PER_WIDTH = 1.05


def stream(
    folha: NewSheet, dialect: Dialect, looks: Looks, links: Links, *, selected: bool = False
) -> Iterator[bytes]:
    """The worksheet part in pieces; `links` is filled on the way and read before the end."""
    yield _head(folha, dialect, selected=selected).encode()
    yield from _top(folha, looks, links)
    yield from _table(folha, looks, links)
    yield _tail(folha, links).encode()


def _head(folha: NewSheet, dialect: Dialect, *, selected: bool) -> str:
    tab = f'<tabColor rgb="FF{folha.tab_color}"/>' if folha.tab_color else ""
    spans = (sum(cell.colunas if cell else 1 for cell in row.celulas) for row in folha.topo)
    width = max(len(folha.colunas), *spans, 1)
    height = max(len(folha.topo) + (folha.com_titulo + folha.linhas if folha.colunas else 0), 1)
    frozen = folha.congeladas
    grid = "" if folha.mostrar_grade else ' showGridLines="0"'
    chosen = ' tabSelected="1"' if selected else ""
    return DECLARATION + part(
        "head",
        ns=dialect,
        tab=tab,
        dimension=f"A1:{letters_of(width)}{height}",
        view=f"{grid}{chosen}",
        pane=part("pane", rows=frozen, first=f"A{frozen + 1}") if frozen else "",
        widths=_widths(folha),
    )


def _widths(folha: NewSheet) -> str:
    widths = folha.larguras or tuple(column.largura for column in folha.colunas)
    if not widths:
        return ""
    hidden = dict.fromkeys(folha.ocultas, ' hidden="1"')
    columns = "".join(
        f'<col min="{index + 1}" max="{index + 1}" width="{width + 0.7109375:g}"'
        f'{hidden.get(index, "")} customWidth="1"/>'
        for index, width in enumerate(widths)
    )
    return f"<cols>{columns}</cols>"


def _top(folha: NewSheet, looks: Looks, links: Links) -> Iterator[bytes]:
    for number, row in enumerate(folha.topo, 1):
        height = f' ht="{row.altura:g}" customHeight="1"' if row.altura else ""
        cells = []
        for letter, cell in _placed(row):
            if cell is None:
                continue
            where = f"{letter}{number}"
            cells.append(f'<c r="{where}"{looks.cell(cell.valor, cell.estilo)}')
            if cell.link:
                links.add([where], [cell.link])
            first = column_of(letter)
            cells.extend(
                f'<c r="{letters_of(first + beside)}{number}" s="{looks.styles[cell.estilo]}"/>'
                for beside in range(1, cell.colunas)
            )
        yield f'<row r="{number}"{height}>{"".join(cells)}</row>'.encode()


def _placed(row: TopLine) -> Iterator[tuple[str, TopCell | None]]:
    index = 0
    for cell in row.celulas:
        yield letters_of(index + 1), cell
        index += cell.colunas if cell else 1


def _merges(folha: NewSheet) -> list[str]:
    return [
        f"{letter}{number}:{letters_of(column_of(letter) + cell.colunas - 1)}{number}"
        for number, row in enumerate(folha.topo, 1)
        for letter, cell in _placed(row)
        if cell is not None and cell.colunas > 1
    ]


Renderer = Callable[[int, int], Iterable[str]]
"""The cells of a column from one row to another."""


def _table(folha: NewSheet, looks: Looks, links: Links) -> Iterator[bytes]:
    if not folha.colunas:
        return
    header = folha.linha_do_titulo
    letters = [letters_of(index + 1) for index in range(len(folha.colunas))]
    if folha.com_titulo:
        yield _header(folha, letters, looks)
    kept = None if too_many(folha.colunas) else links
    renderers = [
        _renderer(column, looks, kept, (letter, header + 1))
        for letter, column in zip(letters, folha.colunas, strict=True)
    ]
    ends = {len(column.valores) for column in folha.colunas}
    for start, stop in pairwise(sorted({*range(0, folha.linhas, SLICE), *ends, 0})):
        yield _slice(folha, letters, renderers, start, stop)


def _slice(
    folha: NewSheet, letters: Sequence[str], renderers: Sequence[Renderer], start: int, stop: int
) -> bytes:
    """The rows from `start` to `stop`, whole."""
    first = folha.linha_do_titulo + 1
    rows = list(map(str, range(first + start, first + stop)))
    full = [one for one in folha.colunas if len(one.valores) >= stop]
    pieces: list[Iterable[str]] = [repeat('<row r="'), rows, repeat('"')]
    pieces += [_heights(full, start, stop), repeat(">")]
    for letter, cells in zip(letters, _cells(folha, renderers, start, stop), strict=False):
        pieces += _pieces(letter if folha.enderecos else "", rows, cells)
    pieces.append(repeat("</row>"))
    # The repeats never end, so the rows decide where the slice does.
    return "".join(chain.from_iterable(zip(*pieces, strict=False))).encode()


def _cells(
    folha: NewSheet, renderers: Sequence[Renderer], start: int, stop: int
) -> Iterator[Iterable[str] | None]:
    """The cells of each column up to the last with any; None of one that ended before."""
    ends = [len(column.valores) for column in folha.colunas]
    width = max(index for index, end in enumerate(ends, 1) if end >= stop)
    for render, end in zip(renderers[:width], ends, strict=False):
        yield render(start, stop) if end >= stop else None


def _pieces(
    letter: str, rows: Sequence[str], cells: Iterable[str] | None
) -> tuple[Iterable[str], ...]:
    """What a column adds to each of the rows; its cells are told by place where it has a letter."""
    if letter:
        return () if cells is None else (repeat(f'<c r="{letter}'), rows, repeat('"'), cells)
    return repeat("<c"), repeat("/>") if cells is None else cells


def _header(folha: NewSheet, letters: Sequence[str], looks: Looks) -> bytes:
    row = folha.linha_do_titulo
    cells = "".join(
        f'<c r="{letter}{row}"{looks.cell(column.titulo, column.estilo_titulo)}'
        for letter, column in zip(letters, folha.colunas, strict=True)
    )
    return f'<row r="{row}" ht="32" customHeight="1">{cells}</row>'.encode()


def _heights(columns: Sequence[NewColumn], start: int, stop: int) -> Iterable[str]:
    """The height of each row: Excel fits rows to wrapped text only once they are edited."""
    counts = [lines for column in columns if max(lines := _wrapped(column, start, stop)) > 1]
    if not counts:
        return repeat("", stop - start)
    most = list(map(max, zip(*counts, repeat(1), strict=False)))
    heights = {lines: _height(lines) for lines in set(most)}
    return map(heights.__getitem__, most)


def _wrapped(column: NewColumn, start: int, stop: int) -> Sequence[int]:
    """How many lines each cell takes; one number where that is one for all."""
    styles = column.estilos[start:stop] if column.estilos else ()
    wraps = {name for name in {*styles} if name and STYLES[name].wrap}
    if not wraps and not STYLES[column.estilo].wrap:
        return (1,)
    values = column.valores[start:stop]
    lines = {value: _lines(value, column.largura) for value in set(values)}
    if STYLES[column.estilo].wrap:
        return [lines[value] for value in values]
    return [
        lines[value] if name in wraps else 1 for value, name in zip(values, styles, strict=True)
    ]


def _height(lines: int) -> str:
    return f' ht="{min(15 * lines + 1, 409)}" customHeight="1"' if lines > 1 else ""


def _lines(value: Valor, width: float) -> int:
    """How many lines a text takes in a cell that shows about `width` characters."""
    if not isinstance(value, str):
        return 1
    room = max(int(width * LETTERS_PER_WIDTH), 1)
    return sum(max(1, -(-len(line) // room)) for line in value.split("\n"))


def _renderer(
    column: NewColumn,
    looks: Looks,
    links: Links | None,
    first: tuple[str, int],
) -> Renderer:
    """How to render rows `start` to `stop` of a column; `first` is the cell of the first of all.

    With `links` None its links become formulas that carry their own value.
    """
    plain = looks.column(column.estilo)
    special = {name: looks.column(name) for name in set(column.estilos or ()) if name}

    def render(start: int, stop: int) -> Iterable[str]:
        values = column.valores[start:stop]
        if column.estilos is None:
            return plain.many(values)
        return [
            (special[name] if name else plain)[value]
            for value, name in zip(values, column.estilos[start:stop], strict=True)
        ]

    if column.links is None:
        return render
    targets = column.links

    def render_linked(start: int, stop: int) -> Iterable[str]:
        values, slice_targets = column.valores[start:stop], targets[start:stop]
        cells = render(start, stop)
        if links is None:
            return _formulas(values, slice_targets, cells, looks.styles[column.estilo])
        letter, top = first
        places = enumerate(slice_targets, top + start)
        linked = {f"{letter}{row}": link for row, link in places if link is not None}
        links.add([*linked], [*linked.values()])
        return cells

    return render_linked


def _formulas(
    values: Sequence[Valor], links: Sequence[str | None], cells: Iterable[str], style: int
) -> list[str]:
    """Cells that lead to `links` by formula; those Excel would not take stay as they are."""
    pairs = list(zip(values, links, strict=True))
    distinct = list(dict.fromkeys(pairs))
    made = dict(zip(distinct, _links_by_formula(distinct, style), strict=True))
    return [made[pair] or cell for pair, cell in zip(pairs, cells, strict=True)]


def _links_by_formula(
    pairs: Sequence[tuple[Valor, str | None]], style: int
) -> Iterator[str | None]:
    """A cell for each value and link, None where Excel would not take the formula."""
    targets = [_target(link) for _, link in pairs]
    places = escape_all([target.replace('"', '""') for target in targets])
    shown = escape_all([str(value) for value, _ in pairs])
    for (value, _), target, place, text in zip(pairs, targets, places, shown, strict=True):
        yield _link_cell(value, place, text, style) if _fits_formula(value, target) else None


def _target(link: str | None) -> str:
    if link is None:
        return ""
    return link if link[:4] == "http" and is_address(link) else f"#{link}"


def _link_cell(value: Valor, place: str, text: str, style: int) -> str:
    if type(value) is int:
        return f' s="{style}"><f>HYPERLINK("{place}",{value})</f><v>{value}</v></c>'
    label = text.replace('"', '""')
    return f' s="{style}" t="str"><f>HYPERLINK("{place}","{label}")</f><v>{text}</v></c>'


def _fits_formula(value: Valor, target: str) -> bool:
    """Text in a formula has at most 255 characters, and none that cannot be typed."""
    if not target or len(target) > MAX_LINK_TEXT:
        return False
    if type(value) is int:
        return True
    return type(value) is str and len(value) <= MAX_LINK_TEXT and value.isprintable()


def _tail(folha: NewSheet, links: Links) -> str:
    parts = ["</sheetData>"]
    header = f"<oddHeader>&amp;C{escape(folha.no_papel)}</oddHeader>" if folha.no_papel else ""
    if folha.tem_filtro:
        parts.append(f'<autoFilter ref="{filter_range(folha)}"/>')
    merges = _merges(folha)
    if merges:
        ranges = "".join(f'<mergeCell ref="{merge}"/>' for merge in merges)
        parts.append(f'<mergeCells count="{len(merges)}">{ranges}</mergeCells>')
    if folha.escolhas:
        choices = "".join(map(_choice, folha.escolhas))
        parts.append(f'<dataValidations count="{len(folha.escolhas)}">{choices}</dataValidations>')
    if links.elements:
        parts.append(f"<hyperlinks>{''.join(links.elements)}</hyperlinks>")
    parts.append(part("foot", header=header))
    if folha.grafico:
        parts.append(f'<drawing r:id="{DRAWING_ID}"/>')
    if folha.notas:
        parts.append(f'<legacyDrawing r:id="{NOTES_ID}"/>')
    parts.append("</worksheet>")
    return "".join(parts)


def _choice(one: Escolha) -> str:
    stops = ' showErrorMessage="1"' if one.recusa else ""
    told = ' showInputMessage="1"' if one.dica else ""
    return part(
        "choice",
        shown=f"{told}{stops}",
        titulo=attribute(one.titulo[:MAX_CHOICE_TITLE]),
        recusa=attribute(one.recusa[:MAX_CHOICE_TEXT]),
        dica=attribute(one.dica[:MAX_CHOICE_TEXT]),
        area=attribute(one.area),
        fonte=escape(one.fonte),
    )


def filter_range(folha: NewSheet) -> str:
    """The range the filter covers, header included."""
    first, last = letters_of(folha.filtro_desde + 1), letters_of(len(folha.colunas))
    end = folha.linha_do_titulo + len(folha.colunas[folha.filtro_desde].valores)
    return f"{first}{folha.linha_do_titulo}:{last}{end}"
