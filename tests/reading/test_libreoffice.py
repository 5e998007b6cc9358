"""The same files read by LibreOffice: every cell equal, in every format, or explained here."""

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from converter.model.cells import Fault, Percent
from converter.stages.read import read
from tests.reading.libreoffice import SOFFICE, Cells, as_told, cells_of, converted

pytestmark = [
    pytest.mark.longo,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed"),
]

SEEDS = range(10)
ROWS = 60
WORDS = (
    "João d’Ávila", "Lúmen Óptica & Cia", "“Aspas” – nº 1", 'com "aspas"; e ponto', "0107", "-",
    "linha 1\nlinha 2", "  com espaços  ", "R$ 1.500,00", "19/10/2026", "#N/D", "ção" * 30,
)  # fmt: skip


def table(seed: int) -> list[list[Any]]:
    """Rows of all kinds of values and of formats that show less than there is."""
    chance = random.Random(seed)  # noqa: S311 - the same table each time
    rows: list[list[Any]] = []
    for _ in range(ROWS):
        moment = datetime(2000, 1, 1) + timedelta(seconds=chance.randrange(36_000 * 86_400))
        rows.append(
            [
                chance.choice(WORDS),
                moment.date(),
                moment if moment.time() != datetime.min.time() else moment.date(),
                chance.randrange(10**9) / 100,
                chance.randrange(10**8) / 1000,
                chance.randrange(10**6) / 1_000_000,
                float(chance.randrange(10**14)),
                chance.random() < 0.5,
                chance.choice([None, "x", 0.0, -1.5]),
            ]
        )
    return rows


FORMATS = (
    None, "dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss", '"R$ "#,##0.00', "#,##0.00", "0.00%", "0", None,
    "0.0",
)  # fmt: skip


def by_xlsxwriter(rows: list[list[Any]], path: Path) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Notas")
        forms = [book.add_format({"num_format": form} if form else {}) for form in FORMATS]
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, datetime | date):
                    sheet.write_datetime(r, c, value, forms[c])  # type: ignore[arg-type]  # takes days too
                elif value is not None:
                    sheet.write(r, c, value, forms[c])
        sheet.merge_range(len(rows), 0, len(rows) + 1, 1, "mesclada")
        sheet.set_row(3, None, None, {"hidden": True})


def by_openpyxl(rows: list[list[Any]], path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            cell = sheet.cell(r, c)
            if isinstance(value, str):
                cell.data_type = "s"
                cell._value = value
            else:
                cell.value = value
            if FORMATS[c - 1] and value is not None:
                cell.number_format = FORMATS[c - 1]
    book.save(path)


WRITERS: dict[str, Callable[[list[list[Any]], Path], None]] = {
    "xlsxwriter": by_xlsxwriter,
    "openpyxl": by_openpyxl,
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """Sixty files: two writers, and LibreOffice in four formats."""
    folder = tmp_path_factory.mktemp("livros")
    made: dict[str, list[Path]] = {name: [] for name in WRITERS}
    for name, write in WRITERS.items():
        for seed in SEEDS:
            path = folder / f"{name}-{seed}.xlsx"
            write(table(seed), path)
            made[name].append(path)
    for kind in ("xls", "fods", "ods", "xlsx"):
        done = converted(made["xlsxwriter"], kind, folder / kind)
        made[f"libreoffice-{kind}"] = list(done.values())
    assert sum(map(len, made.values())) == 60
    return made


def ours(path: Path) -> Cells:
    outcome = read(path.read_bytes(), path.name)
    assert outcome.book is not None, outcome.problems
    found: Cells = {}
    for row, cells in enumerate(outcome.book.sheets[0].rows, 1):
        for column, value in enumerate(cells, 1):
            if value is None or value == "":
                continue
            number = value.fraction if isinstance(value, Percent) else value
            found[row, column] = ("e", "") if isinstance(value, Fault) else as_told(number)
    return found


def explained(mine: tuple[str, Any] | None, theirs: tuple[str, Any] | None) -> bool:
    """Where the two differ and both are right."""
    if mine is None or theirs is None:
        return False
    if mine[0] == theirs[0] == "n":
        # LibreOffice writes fifteen digits.
        return abs(mine[1] - theirs[1]) <= 1e-14 * abs(mine[1])
    if mine[0] == theirs[0] == "s":
        # A line break in a cell is one paragraph more, and what XML calls white space is one blank.
        return " ".join(mine[1].split()) == " ".join(theirs[1].split())
    # LibreOffice keeps true and false as one and zero.
    return {mine[0], theirs[0]} == {"b", "n"} and float(mine[1]) == float(theirs[1])


@pytest.mark.parametrize(
    "kind",
    ["xlsxwriter", "openpyxl", "libreoffice-xls", "libreoffice-fods", "libreoffice-ods",
     "libreoffice-xlsx"],
)  # fmt: skip
def test_every_cell_is_what_libreoffice_reads(
    kind: str, books: dict[str, list[Path]], tmp_path: Path
) -> None:
    for path, flat in converted(books[kind], "fods", tmp_path / "fods").items():
        theirs, mine = cells_of(flat), ours(path)
        differ = {
            at: (mine.get(at), theirs.get(at))
            for at in mine.keys() | theirs.keys()
            if mine.get(at) != theirs.get(at) and not explained(mine.get(at), theirs.get(at))
        }
        assert differ == {}, path.name
        assert len(mine) > ROWS * 8
