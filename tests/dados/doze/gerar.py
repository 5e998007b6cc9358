"""Writes the same twelve notes in every format: typed where the format has types, else as typed.

Usage: python -m tests.dados.doze.gerar

`notas.xls` and `notas.ods` are made by LibreOffice from `notas.xlsx`, when `soffice` is there.
"""

import csv
import io
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import xlsxwriter

from converter.schemas.catalogue import BY_PATH
from scripts.exemplos import PATHS, XLSX, rows
from tests.casos import biff12

FOLDER = Path(__file__).parent
RATE = "servico.aliquota"
MOMENT = "dd/mm/yyyy hh:mm"
MONEY = "#,##0.00"
PERCENT = "0.00%"

Note = dict[str, object]
NOTES: list[Note] = rows(XLSX, "outubro")
HEADER = [BY_PATH[path].label for path in PATHS]


def typed_xlsx() -> bytes:
    """Dates, amounts and percentages with types; codes as text."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 11, 3)})
        formats = {form: book.add_format({"num_format": form}) for form in (MOMENT, MONEY, PERCENT)}
        sheet = book.add_worksheet("Notas")
        sheet.write_row(0, 0, HEADER)
        for row, note in enumerate(NOTES, start=1):
            for column, path in enumerate(PATHS):
                value = note[path]
                if isinstance(value, datetime):
                    sheet.write_datetime(row, column, value, formats[MOMENT])
                elif path == RATE:
                    sheet.write_number(row, column, fraction(value), formats[PERCENT])
                elif isinstance(value, Decimal):
                    sheet.write_number(row, column, float(value), formats[MONEY])
                else:
                    sheet.write_string(row, column, str(value))
    return buffer.getvalue()


def typed_xlsb() -> bytes:
    """The same cells, as Excel's binary format holds them."""
    return biff12.book("Notas", [HEADER, *([cell(note, path) for path in PATHS] for note in NOTES)])


def cell(note: Note, path: str) -> biff12.Cell:
    """One cell with its number format."""
    value = note[path]
    if isinstance(value, datetime):
        days = value - datetime(1899, 12, 30)
        return biff12.Styled(days.days + days.seconds / 86_400, MOMENT)
    if path == RATE:
        return biff12.Styled(fraction(value), PERCENT)
    if isinstance(value, Decimal):
        return biff12.Styled(float(value), MONEY)
    return str(value) or None


def fraction(value: object) -> float:
    """A rate in percent as the fraction a cell shown as a percentage holds."""
    return float(Decimal(str(value)) / 100)


def text(note: Note) -> list[str]:
    """A note as somebody types it."""
    return [as_typed(path, note[path]) for path in PATHS]


def as_typed(path: str, value: object) -> str:
    """A value as a Brazilian types it."""
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    if path == RATE:
        return f"{value}%".replace(".", ",")
    if isinstance(value, Decimal):
        return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
    return str(value)


def delimited(separator: str) -> str:
    """Everything as text, columns separated."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerows([HEADER, *map(text, NOTES)])
    return buffer.getvalue()


def page() -> str:
    """Everything as text, in an HTML table."""

    def line(cells: Sequence[str], tag: str) -> str:
        shown = (cell.replace("&", "&amp;").replace("<", "&lt;") for cell in cells)
        return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in shown) + "</tr>\r\n"

    body = line(HEADER, "th") + "".join(line(text(note), "td") for note in NOTES)
    return f'<html><head><meta charset="utf-8"></head><body><table>{body}</table></body></html>'


FILES: dict[str, Callable[[], bytes]] = {
    "notas.xlsx": typed_xlsx,
    "notas.xlsb": typed_xlsb,
    "notas-utf8.csv": lambda: delimited(";").encode("utf-8-sig"),
    "notas-cp1252.csv": lambda: delimited(";").encode("cp1252"),
    "notas-utf16.txt": lambda: b"\xff\xfe" + delimited("\t").encode("utf-16-le"),
    "notas.tsv": lambda: delimited("\t").encode(),
    "notas-html.xls": lambda: page().encode(),
}


def main() -> None:
    """Write every file."""
    for name, make in FILES.items():
        (FOLDER / name).write_bytes(make())
    soffice = shutil.which("soffice")
    for kind in ("xls", "ods"):
        if soffice:
            command = [soffice, "--headless", "--convert-to", kind, "--outdir", str(FOLDER)]
            subprocess.run([*command, str(FOLDER / "notas.xlsx")], check=True)


if __name__ == "__main__":
    main()
