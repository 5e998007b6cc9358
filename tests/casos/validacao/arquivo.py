"""The file of a case: rows of text alone become CSV, all else an xlsx."""

import csv
import io
from datetime import date, datetime
from typing import Any

import xlsxwriter

from converter.schemas.catalogue import BY_PATH
from tests.casos.validacao.origem import BASE, Como, Origem


def content(origem: Origem) -> tuple[str, bytes]:
    """The extension and the bytes of a case's file."""
    paths, table = _table(origem)
    header = [path if origem.leiaute == "api" else BY_PATH[path].label for path in paths]
    plain = all(isinstance(cell, str) for row in table for cell in row)
    if plain and not origem.formatadas:
        text = io.StringIO()
        csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([header, *table])
        return "csv", text.getvalue().encode("utf-8-sig")
    return "xlsx", _workbook(origem, header, table)


def _table(origem: Origem) -> tuple[list[str], list[list[object]]]:
    rows: list[dict[str, object]] = []
    for number, changes in enumerate(origem.linhas, 1):
        text = f"{BASE['servico.discriminacao']}, chamado {number}"
        own = {} if "referencia" in changes else {"servico.discriminacao": text}
        rows.append({**BASE, **own, **changes})
    dropped = {path for row in rows for path, value in row.items() if value is None}
    paths = [path for path in dict.fromkeys(p for row in rows for p in row) if path not in dropped]
    return paths, [[row.get(path, "") for path in paths] for row in rows]


def _workbook(origem: Origem, header: list[str], table: list[list[object]]) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **origem.opcoes})
    book.set_properties({"created": datetime(2026, 1, 1)})
    sheet = book.add_worksheet("Notas")
    sheet.write_row(0, 0, header)
    for number, row in enumerate(table, 1):
        for column, cell in enumerate(row):
            _write(book, sheet, number, column, cell)
    shaded = book.add_format({"bg_color": "#FFF2CC", "num_format": "#,##0.00"})
    for number in origem.formatadas:
        for column in range(len(header)):
            sheet.write_blank(number - 1, column, None, shaded)
    for number in origem.ocultas:
        sheet.set_row(number - 1, None, None, {"hidden": True})
    book.close()
    return target.getvalue()


def _write(book: Any, sheet: Any, row: int, column: int, cell: object) -> None:
    how = cell if isinstance(cell, Como) else Como(cell)
    style = book.add_format({"num_format": how.formato})
    if how.formula:
        value = "" if how.valor is None else how.valor
        sheet.write_formula(row, column, how.formula, style, value)
    elif isinstance(how.valor, bool):
        sheet.write_boolean(row, column, how.valor, style)
    elif isinstance(how.valor, date):
        sheet.write_datetime(row, column, how.valor, style)
    elif isinstance(how.valor, int | float):
        sheet.write_number(row, column, how.valor, style)
    elif how.valor:
        sheet.write_string(row, column, str(how.valor), style)
