"""3,000 rows of dates and amounts come back equal, whoever wrote them and in their own way."""

import json
import os
import random
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import xlsxwriter

from converter.brazil import dates, money
from converter.model.cells import RawValue
from converter.stages.read import read
from tests.reading.libreoffice import SOFFICE, converted

SHEETJS = Path(__file__).with_name("sheetjs")
ZONE = ZoneInfo("America/Sao_Paulo")
ROWS = 3_000
HEADER = ["Data", "Momento", "Valor"]
Row = tuple[date, datetime, Decimal]

pytestmark = pytest.mark.longo


def table() -> list[Row]:
    """Days and moments since daylight saving time ended, and amounts with cents."""
    chance = random.Random(2026)  # noqa: S311 - the same table each time
    rows = []
    for _ in range(ROWS):
        day = date(2020, 1, 1) + timedelta(days=chance.randrange(3_650))
        # A moment at midnight is a day, and is told as one.
        moment = datetime(2020, 1, 1) + timedelta(
            days=chance.randrange(3_650), seconds=chance.randrange(1, 86_400)
        )
        rows.append((day, moment, Decimal(chance.randrange(1, 10**9)) / 100))
    return rows


TABLE = table()


def check(path: Path) -> None:
    outcome = read(path.read_bytes(), path.name)
    assert outcome.book is not None, outcome.problems
    head, *rows = [row for row in outcome.book.sheets[0].rows if any(row)]
    assert list(head)[:3] == HEADER
    days, moments, amounts = (column(rows, at) for at in range(3))
    order = money.convention(amounts)
    found = [
        (
            dates.parse_date(day, dates.convention(days)).value,
            dates.parse(moment, dates.convention(moments), ZONE).value,
            money.parse(amount, order).value,
        )
        for day, moment, amount in zip(days, moments, amounts, strict=True)
    ]
    expected = [(day, moment.replace(tzinfo=ZONE), amount) for day, moment, amount in TABLE]
    differ = [pair for pair in zip(found, expected, strict=True) if pair[0] != pair[1]]
    assert differ[:3] == [], path.name


def column(rows: Sequence[Sequence[RawValue]], at: int) -> list[RawValue]:
    return [row[at] for row in rows]


def by_xlsxwriter(path: Path, **options: Any) -> Path:
    with xlsxwriter.Workbook(path, options) as book:
        forms = [
            book.add_format({"num_format": form})
            for form in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss", '"R$ "#,##0.00')
        ]
        sheet = book.add_worksheet("Notas")
        sheet.write_row(0, 0, HEADER)
        for row, (day, moment, amount) in enumerate(TABLE, 1):
            sheet.write_datetime(row, 0, day, forms[0])  # type: ignore[arg-type]  # takes days too
            sheet.write_datetime(row, 1, moment, forms[1])
            sheet.write_number(row, 2, float(amount), forms[2])
    return path


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}, {"date_1904": True}], ids=str)
def test_xlsxwriter(tmp_path: Path, options: dict[str, Any]) -> None:
    check(by_xlsxwriter(tmp_path / "livro.xlsx", **options))


@pytest.mark.parametrize("iso", [False, True])
def test_openpyxl(tmp_path: Path, iso: bool) -> None:
    book = openpyxl.Workbook(iso_dates=iso)
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER)
    for row in TABLE:
        sheet.append(row)
    book.save(tmp_path / "livro.xlsx")
    check(tmp_path / "livro.xlsx")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("kind", ["xls", "ods", "fods", "xlsx", "csv"])
def test_libreoffice(tmp_path: Path, kind: str) -> None:
    source = by_xlsxwriter(tmp_path / "livro.xlsx")
    (path,) = converted([source], kind, tmp_path / "feito").values()
    check(path)


@pytest.mark.skipif(
    not (shutil.which("node") and (SHEETJS / "node_modules").is_dir()),
    reason="npm ci --prefix tests/reading/sheetjs",
)
def test_sheetjs(tmp_path: Path) -> None:
    path = tmp_path / "linhas.json"
    rows = [(day.isoformat(), moment.isoformat(), float(amount)) for day, moment, amount in TABLE]
    path.write_text(json.dumps(rows), encoding="utf-8")
    subprocess.run(
        ["node", str(SHEETJS / "write.mjs"), str(path)],
        check=True, capture_output=True, timeout=300, env={**os.environ, "TZ": "UTC"},
    )  # fmt: skip
    books = sorted(tmp_path.glob("sheetjs-*"))
    assert len(books) == 7
    for book in books:
        check(book)
