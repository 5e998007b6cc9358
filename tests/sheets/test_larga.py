from pathlib import Path

import openpyxl

from converter.sheets.waiting_rows import MOST_COLUMNS
from tests.runs import VALOR, exemplo, run_in, tabela


def test_a_table_as_wide_as_excels_own_gets_no_cell_beyond(tmp_path: Path) -> None:
    rows = exemplo()[:2]
    extra = {f"x{index}": "" for index in range(MOST_COLUMNS - len(rows[0]))}
    tabela(tmp_path, [{**rows[0], VALOR: "abc", **extra}, {**rows[1], **extra}])
    run_in(tmp_path, enviar=False)
    book = openpyxl.load_workbook(tmp_path / "saida" / "notas_corrigir.xlsx", read_only=True)
    widest = max(len(row) for row in book.worksheets[0].iter_rows(max_row=2, values_only=True))
    book.close()
    assert widest == MOST_COLUMNS
