"""A folder with a past, and what happens next in it, each time by what its journal remembers.

`past` is played by the version that made the journal, every entry of `NEXT` by the one at hand.
"""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from converter.model.run import RunReport
from tests.runs import DATA, VALOR, Rows, exemplo, of, run_in, sent, situacoes, tabela

TEXT = "Discriminação do serviço"
BAD = "quinta"
KEPT = "guardadas"
"""A folder of workbooks to mend that the user has put aside."""


def weekly(number: int, *days: str) -> Rows:
    """One service of client `number` on these days."""
    row = exemplo()[number]
    return [{**row, DATA: day, TEXT: f"Plantão {number}"} for day in days]


def workbook(pasta: Path, table: Rows, name: str) -> Path:
    """Put rows in `entrada/` as an xlsx: unlike a CSV its sheet keeps its name when it moves."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (list(table[0]), *(list(row.values()) for row in table)):
        sheet.append(row)
    book.save(pasta / "entrada" / name)
    return pasta / "entrada" / name


def mend(source: Path, target: Path, day: str) -> None:
    """The workbook to mend with its bad day typed right."""
    book = openpyxl.load_workbook(source)
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index(DATA) + 1
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, column).value == BAD:
            sheet.cell(row, column).value = day
    target.parent.mkdir(exist_ok=True)
    book.save(target)


def past(pasta: Path) -> None:
    """Some months of an office, after which the journal holds every kind of fact."""
    saida, entrada, kept = pasta / "saida", pasta / "entrada", pasta / KEPT
    table = exemplo()
    tabela(pasta, table, "a.csv")
    run_in(pasta, mapeamento="padrao")
    # Kin of the first by its rows: the second brings one of its own.
    tabela(pasta, [*table, {**table[0], TEXT: "Visita técnica"}], "b.csv")
    run_in(pasta)
    # Mended in its workbook, and the source thrown away.
    bad = workbook(pasta, weekly(1, BAD), "bytes.xlsx")
    run_in(pasta)
    kept.mkdir()
    shutil.copy(bad, kept / "bytes.xlsx")
    mend(saida / "bytes_corrigir.xlsx", entrada / "bytes_corrigir.xlsx", "10/09/2026")
    run_in(pasta)
    bad.unlink()
    # All of a file in error, and mended in its workbook; the file gone too.
    marks = workbook(pasta, [*weekly(2, BAD), *weekly(5, BAD)], "marcas.xlsx")
    run_in(pasta)
    mend(saida / "marcas_corrigir.xlsx", kept / "marcas_corrigir.xlsx", "11/09/2026")
    marks.unlink()
    # Sent but for one row, whose workbook waits.
    tabela(pasta, weekly(3, "01/09/2026", "08/09/2026", BAD), "ao lado.csv")
    run_in(pasta, parcial=True)
    mend(saida / "ao lado_corrigir.xlsx", kept / "ao lado_corrigir.xlsx", "15/09/2026")
    shutil.rmtree(saida)


def nothing(pasta: Path) -> RunReport:
    return run_in(pasta)


def only_own_rows_left(pasta: Path) -> RunReport:
    """Of the second file a row of the first is left, edited: kin are known from memory alone."""
    tabela(pasta, [{**exemplo()[4], VALOR: "77,00"}], "b.csv")
    return run_in(pasta)


def the_mended_bytes_return(pasta: Path) -> RunReport:
    """The file thrown away returns under another name, its mended workbook thrown away."""
    (pasta / "entrada" / "bytes_corrigir.xlsx").unlink()
    shutil.copy(pasta / KEPT / "bytes.xlsx", pasta / "entrada" / "de volta.xlsx")
    return run_in(pasta)


def mended_otherwise(pasta: Path) -> RunReport:
    """The file thrown away returns with its row mended, by hand and a day later."""
    workbook(pasta, weekly(1, "12/09/2026"), "bytes.xlsx")
    return run_in(pasta)


def a_copy_never_seen(pasta: Path) -> RunReport:
    """A workbook to mend comes at last; a copy of its source is seen, then mended by hand."""
    shutil.copy(pasta / KEPT / "marcas_corrigir.xlsx", pasta / "entrada")
    run_in(pasta)
    workbook(pasta, [*weekly(2, BAD), *weekly(5, BAD)], "marcas, cópia.xlsx")
    run_in(pasta)
    workbook(pasta, [*weekly(2, "12/09/2026"), *weekly(5, "12/09/2026")], "marcas, cópia.xlsx")
    return run_in(pasta)


def mended_beside_others(pasta: Path) -> RunReport:
    """The waiting workbook: its row is like those that were sent beside it, and none of them."""
    shutil.copy(pasta / KEPT / "ao lado_corrigir.xlsx", pasta / "entrada")
    return run_in(pasta)


NEXT: Mapping[str, Callable[[Path], RunReport]] = {
    one.__name__: one
    for one in (
        nothing, only_own_rows_left, the_mended_bytes_return, mended_otherwise, a_copy_never_seen,
        mended_beside_others,
    )
}  # fmt: skip


def told(run: RunReport) -> dict[str, Any]:
    """What became of every row, how many notes went and which rows are held for being edited."""
    return {
        "enviadas": sent(run),
        "arquivos": {
            done.arquivo: {
                "situacoes": " ".join(situacoes(run, done.arquivo)),
                "alteradas": [
                    [problem.row, problem.details["antes"]]
                    for problem in of(run, done.arquivo).problems
                    if problem.code == "linha-alterada"
                ],
            }
            for done in run.files
            if done.report
        },
    }
