"""What a sheet says that calamine does not hand on: errors, missing results, number formats."""

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from converter.model.address import letters_of
from converter.model.cells import Fault, FaultKind, RawValue
from converter.reading.formats import Form, clock, has_zone, typed
from converter.reading.limits import EXCEL_COLUMNS, EXCEL_ROWS, Limits
from converter.reading.refusal import FileRefused

Address = tuple[int, int]
"""Row and column, both from 1."""

NOT_CALCULATED = Fault(FaultKind.FORMULA_WITHOUT_VALUE, "fórmula sem resultado")


@dataclass(slots=True)
class Marks:
    """The rectangle of a sheet that holds content, and its cells that need more than a value.

    `cells` counts the cells seen; where it counts formatted ones too the rectangle is an upper
    bound. `corner` is the cell farthest from A1.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    faults: dict[Address, Fault] = field(default_factory=dict)
    shown: defaultdict[Form, list[Address]] = field(default_factory=partial(defaultdict, list))
    moments: dict[Address, str] = field(default_factory=dict)

    @property
    def zoned(self) -> frozenset[int]:
        """The columns whose moments have a zone mark, which is not heeded."""
        return frozenset(column for (_, column), text in self.moments.items() if has_zone(text))

    def reach(self, row: int, column: int) -> None:
        """Grow the rectangle to hold this cell."""
        self.cells += 1
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)


def check_extent(planilha: str, marks: Marks, already: int, limits: Limits) -> int:
    """The rectangle's area plus `already`, the area of the sheets before it.

    calamine reserves the whole rectangle at once, and a stray cell at XFD1048576 makes that half
    a terabyte: the process is aborted, with nothing to catch.

    Raises:
        FileRefused: `planilha-extensa`.
    """
    area = marks.rows * marks.columns
    sparse = marks.cells * 8 < area
    beyond = marks.rows > EXCEL_ROWS or marks.columns > EXCEL_COLUMNS
    if beyond or area + already > (limits.sparse_cells if sparse else limits.cells):
        column = letters_of(marks.columns)
        raise FileRefused(
            "planilha-extensa",
            planilha=planilha,
            row=marks.rows,
            column=column,
            celula=f"{column}{marks.rows}",
        )
    return area + already


def apply(rows: list[list[RawValue]], marks: Marks, date1904: bool) -> None:
    """Put faults, moments and numbers shown otherwise in their cells, in place."""
    for form, places in marks.shown.items():
        known: dict[float, RawValue] = {}
        for row, column in places:
            if row > len(rows) or column > len(rows[row - 1]):
                continue
            value = rows[row - 1][column - 1]
            if type(value) is float or type(value) is int:
                if value not in known:
                    known[value] = typed(float(value), form, date1904)
                rows[row - 1][column - 1] = known[value]
    for (row, column), text in marks.moments.items():
        # What is no date stays the text it is.
        with suppress(ValueError, IndexError, OverflowError):
            rows[row - 1][column - 1] = clock(text)
    for (row, column), fault in marks.faults.items():
        rows.extend([] for _ in range(row - len(rows)))
        cells = rows[row - 1]
        cells.extend("" for _ in range(column - len(cells)))
        cells[column - 1] = fault
