"""Rows mended in a `_corrigir` workbook: sent once, whichever of the copies is converted first."""

import shutil
from pathlib import Path

import openpyxl

from converter.model.exit_code import ExitCode
from converter.model.run import RunReport
from tests.runs import DATA, VALOR, exemplo, of, run_in, sent, situacoes, tabela, told

MENDED = "notas_corrigir.xlsx"


def mend(pasta: Path, name: str, **days: str) -> None:
    """Put a workbook to mend into `entrada/`, the bad days typed in these replaced."""
    source = pasta / "saida" / name
    book = openpyxl.load_workbook(source)
    sheet = book.worksheets[0]
    column = [cell.value for cell in sheet[1]].index(DATA) + 1
    for row in range(2, sheet.max_row + 1):
        cell = sheet.cell(row, column)
        cell.value = days.get(str(cell.value), cell.value)
    book.save(pasta / "entrada" / name)
    source.unlink()


def weekly(pasta: Path, *days: str) -> RunReport:
    """The same service for the same client on these days."""
    tabela(pasta, [{**exemplo()[0], DATA: day} for day in days])
    return run_in(pasta, parcial=True)


def test_a_mended_row_is_not_taken_for_one_sent_beside_it_runs_ago(tmp_path: Path) -> None:
    assert sent(weekly(tmp_path, "01/09/2026", "08/09/2026", "quinta")) == 2
    assert sent(run_in(tmp_path, parcial=True)) == 0
    mend(tmp_path, MENDED, quinta="15/09/2026")
    assert sent(run_in(tmp_path)) == 1


def test_what_is_still_to_mend_is_not_taken_for_what_stood_beside_it_at_first(
    tmp_path: Path,
) -> None:
    assert sent(weekly(tmp_path, "01/09/2026", "quinta", "sexta")) == 1
    mend(tmp_path, MENDED, quinta="15/09/2026")
    assert sent(run_in(tmp_path, parcial=True)) == 1
    mend(tmp_path, "notas_corrigir_2.xlsx", sexta="22/09/2026")
    assert sent(run_in(tmp_path)) == 1


def test_the_source_tells_of_its_mended_rows_and_has_nothing_left_to_mend(tmp_path: Path) -> None:
    weekly(tmp_path, "01/09/2026", "quinta")
    mend(tmp_path, MENDED, quinta="15/09/2026")
    run = run_in(tmp_path)
    assert situacoes(run) == ["autorizada", "repetida"]
    assert "Corrigida em notas_corrigir.xlsx" in of(run).rows.mensagens[1]
    assert run.exit_code == ExitCode.OK
    assert not (tmp_path / "saida" / MENDED).exists()


def test_the_copy_gone_its_row_mended_otherwise_in_the_source_is_held(tmp_path: Path) -> None:
    weekly(tmp_path, "01/09/2026", "quinta")
    mend(tmp_path, MENDED, quinta="15/09/2026")
    run_in(tmp_path)
    (tmp_path / "entrada" / MENDED).unlink()
    run = weekly(tmp_path, "01/09/2026", "16/09/2026")
    assert (sent(run), told(run, "linha-alterada")) == (0, [3])


def test_a_mended_workbook_renamed_and_mended_again_is_one_note(tmp_path: Path) -> None:
    weekly(tmp_path, "01/09/2026", "quinta")
    copy = tmp_path / "kept.xlsx"
    shutil.copy(tmp_path / "saida" / MENDED, copy)
    mend(tmp_path, MENDED, quinta="15/09/2026")
    assert sent(run_in(tmp_path)) == 1
    shutil.copy(copy, tmp_path / "saida" / "outra.xlsx")
    mend(tmp_path, "outra.xlsx", quinta="22/09/2026")
    run = run_in(tmp_path)
    assert sent(run) == 0
    assert situacoes(run, "outra.xlsx") == ["repetida"]


def test_an_edited_amount_of_a_mended_row_is_told_in_its_workbook(tmp_path: Path) -> None:
    weekly(tmp_path, "01/09/2026", "quinta")
    mend(tmp_path, MENDED, quinta="15/09/2026")
    run_in(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "entrada" / MENDED)
    sheet = book.worksheets[0]
    sheet.cell(2, [cell.value for cell in sheet[1]].index(VALOR) + 1).value = "75,00"
    book.save(tmp_path / "entrada" / MENDED)
    run = run_in(tmp_path)
    assert (sent(run), told(run, "linha-alterada", MENDED)) == (0, [2])
