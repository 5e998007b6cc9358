"""A workbook to mend that still has errors: the next one, by a name a person can follow."""

from pathlib import Path

import openpyxl
import pytest

from converter.sheets.corrigir import numbered
from tests.runs import EMAIL, VALOR, exemplo, run_in, sent, situacoes, tabela


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("notas", "notas_corrigir.xlsx"),
        ("notas_corrigir", "notas_corrigir_2.xlsx"),
        ("cliente/notas_corrigir_2", "cliente/notas_corrigir_3.xlsx"),
        ("notas_corrigir_9", "notas_corrigir_10.xlsx"),
        ("notas_corrigir_1", "notas_corrigir_1_corrigir.xlsx"),
        ("notas_corrigir_02", "notas_corrigir_02_corrigir.xlsx"),
        ("notas_corrigir_csv", "notas_corrigir_csv_corrigir.xlsx"),
    ],
)
def test_no_name_says_corrigir_twice_and_none_is_given_to_two(source: str, name: str) -> None:
    assert numbered(f"{source}_corrigir.xlsx") == name


def mended(path: Path, **cells: str) -> bytes:
    """A workbook to mend with these cells of its first row changed, by header."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headers = [cell.value for cell in sheet[1]]
    for header, value in cells.items():
        sheet.cell(2, headers.index(header) + 1).value = value
    book.save(path)
    return path.read_bytes()


def test_what_is_still_wrong_comes_numbered_and_nothing_edited_is_written_over(
    tmp_path: Path,
) -> None:
    saida, entrada = tmp_path / "saida", tmp_path / "entrada"
    first, *others = exemplo()[:7]
    tabela(tmp_path, [{**first, VALOR: "abc", EMAIL: "sem arroba"}, *others])
    run_in(tmp_path)
    (entrada / "notas.csv").unlink()

    copy = (saida / "notas_corrigir.xlsx").rename(entrada / "notas_corrigir.xlsx")
    mended(copy, **{EMAIL: "contas@trigodourado.example"})
    (done,) = run_in(tmp_path).files
    assert done.corrigir == saida / "notas_corrigir_2.xlsx"
    assert not [path for path in saida.iterdir() if "corrigir_corrigir" in path.name]
    assert done.resultado is not None
    said = openpyxl.load_workbook(done.resultado)["Resumo"]
    steps = [str(cell.value) for row in said.rows for cell in row if cell.value]
    assert any("notas_corrigir_2.xlsx" in step for step in steps)

    edited = mended(saida / "notas_corrigir_2.xlsx", **{VALOR: "1.500,00"})
    mended(copy, **{VALOR: "abcd"})
    run_in(tmp_path)
    (kept,) = saida.glob("notas_corrigir_2 (editado em *).xlsx")
    assert kept.read_bytes() == edited

    kept.rename(entrada / "notas_corrigir_2.xlsx")
    run = run_in(tmp_path)
    assert sent(run) == 7
    assert set(situacoes(run, "notas_corrigir_2.xlsx")) == {"autorizada"}
    assert not (saida / "notas_corrigir_3.xlsx").exists()
