"""Rows of a sheet as their distinct cells and where each stands, and how far they reach."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from converter.reading.limits import EXCEL_COLUMNS, EXCEL_ROWS, Limits
from converter.reading.marks import Marks
from converter.reading.refusal import too_extensive


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of a sheet in their order, each with at least one cell.

    `cells` are the distinct ones, as XML without `<c` and address, `attributes` those of each (its
    style, its type) and `marks` what they say that calamine does not hand on. `codes` tell which
    of them each cell of the rows is, row after row; `columns` those of each row's cells, from 1, in
    their order; `numbers` the rows' in Excel.
    """

    cells: Sequence[bytes]
    attributes: Sequence[bytes]
    marks: Marks
    codes: Sequence[int]
    columns: Sequence[tuple[int, ...]]
    numbers: Sequence[int]


def check_extent(planilha: str, blocks: Sequence[Block], already: int, limits: Limits) -> int:
    """The area of the rectangle a sheet spans plus `already`, that of the sheets before it.

    A stray cell at XFD1048576 makes it seventeen thousand million cells.

    Raises:
        FileRefused: `planilha-extensa`.
    """
    rows, columns = extent(blocks)
    area = rows * columns
    sparse = sum(len(block.codes) for block in blocks) * 8 < area
    beyond = rows > EXCEL_ROWS or columns > EXCEL_COLUMNS
    if beyond or area + already > (limits.sparse_cells if sparse else limits.cells):
        raise too_extensive(planilha, rows, columns)
    return area + already


def extent(blocks: Sequence[Block]) -> tuple[int, int]:
    """The last row and the last column."""
    shapes = chain.from_iterable({*block.columns} for block in blocks)
    return blocks[-1].numbers[-1] if blocks else 0, max((shape[-1] for shape in shapes), default=0)


def zoned(blocks: Iterable[Block]) -> frozenset[int]:
    """The columns, from 1, with moments that have a zone mark."""
    found = set()
    for block in blocks:
        marked = block.marks.zoned()
        if marked:
            columns = chain.from_iterable(block.columns)
            pairs = zip(block.codes, columns, strict=True)
            found |= {column for code, column in pairs if code in marked}
    return frozenset(found)
