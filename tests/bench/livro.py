"""Adding the sheets of a result to a book: time and memory, beside what is used today.

`python -m tests.bench.livro 1000 100000` prints a table. Each figure is from a process of its
own; memory is its peak, Python included. Making the source does not count, imports neither.
"""

import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

COLUMNS = 22
TOOLS = ("planilote", "openpyxl", "xlsxwriter")
Figures = tuple[float, int]


def source(rows: int, path: Path) -> None:
    """A book with one sheet of text and numbers in turns."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Notas")
    for row in range(rows + 1):
        for column in range(COLUMNS):
            value = f"Texto {column} da linha {row % 977}" if column % 2 else row * 1.37 + column
            sheet.write(row, column, value)
    book.close()


def columns(rows: int) -> dict[str, list[object]]:
    """What `Resultado` says of each row, in the order of its columns."""
    numbers = range(rows)
    ref = "pl" + "0123456789" * 3
    return {
        "Planilha": ["Notas"] * rows,
        "Linha": [number + 2 for number in numbers],
        "Prestador": ["07.504.505/0001-32"] * rows,
        "Tomador": [f"Cliente {number % 977} Comércio Ltda" for number in numbers],
        "CPF ou CNPJ": ["51.916.585/0001-25"] * rows,
        "Valor": [Decimal(number) / 100 for number in numbers],
        "Situação": ["enviada"] * rows,
        "Ref": [ref] * rows,
        "Ordem": [number + 1 for number in numbers],
        "Mensagens": [""] * rows,
    }


def by_planilote(data: bytes, rows: int) -> bytes:
    from converter.workbook.new_sheet import NewColumn, NewSheet
    from converter.workbook.package import add_sheets

    table = columns(rows)
    links = [f"'Notas'!A{row}" for row in table["Linha"]]
    tables = tuple(
        NewColumn(
            title,
            values,
            {"Linha": "linkinteiro", "Valor": "valor", "Ordem": "inteiro"}.get(title, "codigo"),
            links=links if title == "Linha" else None,
        )
        for title, values in table.items()
    )
    lines = [f"2RPS  {number:010d}20261001E" + "SERVIÇO PRESTADO " * 8 for number in range(rows)]
    folhas = [
        NewSheet("Resumo"),
        NewSheet("Resultado", colunas=tables),
        NewSheet("Erros", colunas=(NewColumn("Onde", []),)),
        NewSheet("Lote 1", colunas=(NewColumn("Conteúdo", lines, "mono"),)),
        NewSheet("Resposta", colunas=tables[:1] + tables[2:]),
    ]
    target = io.BytesIO()
    add_sheets(data, folhas, target)
    return target.getvalue()


def by_openpyxl(data: bytes, rows: int) -> bytes:
    """One sheet only: it is slow enough as it is."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.create_sheet("Resultado")
    for row in zip(*columns(rows).values(), strict=True):
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def by_xlsxwriter(data: bytes, rows: int) -> bytes:
    """The source's cells and one sheet, written anew."""
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "in_memory": False})
    sheet = book.add_worksheet("Notas")
    for row in range(rows + 1):
        for column in range(COLUMNS):
            value = f"Texto {column} da linha {row % 977}" if column % 2 else row * 1.37 + column
            sheet.write(row, column, value)
    sheet = book.add_worksheet("Resultado")
    for number, row in enumerate(zip(*columns(rows).values(), strict=True)):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


BY_TOOL: dict[str, Callable[[bytes, int], bytes]] = {
    "planilote": by_planilote,
    "openpyxl": by_openpyxl,
    "xlsxwriter": by_xlsxwriter,
}


def measure(tool: str, rows: int) -> Figures:
    """Seconds and peak MB of one tool, in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "origem.xlsx"
        source(rows, path)
        command = [
            sys.executable,
            "-m",
            "tests.bench.livro",
            "--one",
            tool,
            str(rows),
            str(path),
        ]
        done = subprocess.run(command, capture_output=True, check=True)
    seconds, peak = json.loads(done.stdout)
    return seconds, peak


def _one(tool: str, rows: int, path: Path) -> None:
    data = path.read_bytes()
    run = BY_TOOL[tool]
    small = io.BytesIO()
    if tool == "planilote":
        from converter.workbook.new_sheet import NewSheet
        from converter.workbook.package import new_book

        new_book([NewSheet("Nada")], small)
        run(small.getvalue(), 1)
    start = time.perf_counter()
    run(data, rows)
    print(json.dumps([time.perf_counter() - start, _peak()]))


def _peak() -> int:
    try:
        import resource
    except ImportError:  # Windows tells it elsewhere
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        _one(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
        return
    print("| linhas | ferramenta | s | MB |\n|---|---|---|---|")
    for rows in map(int, sys.argv[1:] or ["1000"]):
        for tool in TOOLS:
            seconds, peak = measure(tool, rows)
            print(f"| {rows} | {tool} | {seconds:.2f} | {peak} |")


if __name__ == "__main__":
    main()
