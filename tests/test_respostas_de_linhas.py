"""Answers about rows: tables side by side, situations, and what of it holds next month."""

import shutil
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from converter.model.outcome import Situacao
from converter.model.report import FileReport
from tests.runs import EMAIL, VALOR, Rows, answer, exemplo, in_october, of, run_in, tabela

PRESTADOR, NOME = "CNPJ do prestador", "Nome ou razão social do tomador"
TABLES = ("Notas", "Notas (X-AS)")


def abreast(pasta: Path, *tables: Rows) -> None:
    """A workbook with tables side by side, an empty column between them."""
    book = openpyxl.Workbook()
    book.active.title = "Notas"
    for left, table in enumerate(tables):
        for row, values in enumerate([list(table[0]), *(each.values() for each in table)], 1):
            for column, value in enumerate(values, 1 + left * (len(table[0]) + 1)):
                book.active.cell(row, column).value = value
    (pasta / "entrada").mkdir(exist_ok=True)
    book.save(pasta / "entrada" / "notas.xlsx")


def test_each_of_two_tables_comes_in_a_sheet_of_its_own_and_goes_by_its_answer(
    tmp_path: Path,
) -> None:
    abreast(tmp_path, exemplo()[:3], exemplo()[3:6])
    held = of(run_in(tmp_path), "notas.xlsx")
    assert set(held.rows.situacao) == {Situacao.RETIDA}
    assert [each.planilha for each in held.sheets] == list(TABLES)

    sheets = answer(tmp_path, "enviar as notas desta tabela", "não enviar estas linhas")
    assert sheets[:2] == list(TABLES)
    mended = openpyxl.load_workbook(tmp_path / "saida" / "notas_corrigir.xlsx")[TABLES[1]]
    assert mended.column_dimensions["A"].hidden
    assert not mended.column_dimensions["X"].hidden
    first = openpyxl.load_workbook(tmp_path / "saida" / "notas_corrigir.xlsx")[TABLES[0]]
    assert not first.column_dimensions["A"].hidden

    run = run_in(tmp_path)
    sent = of(run, "notas_corrigir.xlsx").rows
    assert list(sent.row) == [2, 3, 4]
    assert set(sent.situacao) == {Situacao.AUTORIZADA}


def test_the_result_leads_to_the_cells_of_both_tables(tmp_path: Path) -> None:
    abreast(tmp_path, exemplo()[:3], exemplo()[3:6])
    run_in(tmp_path, enviar=False)
    book = openpyxl.load_workbook(tmp_path / "saida" / "notas_resultado.xlsx")
    places = {
        cell.hyperlink.location
        for row in book["Resultado"].iter_rows()
        for cell in row
        if cell.hyperlink
    }
    assert places
    assert not [place for place in places if "X-AS" in place]


def with_situations(rows: Rows) -> Rows:
    """Two situations nobody but the person knows the meaning of."""
    words = ("Fase Zulu", "Fase Xis", "FASE ZULU")
    return [{**row, "Situação": word} for row, word in zip(rows, words, strict=True)]


def test_each_situation_goes_by_its_word_this_month_and_next(tmp_path: Path) -> None:
    tabela(tmp_path, with_situations(exemplo()[:3]))
    run_in(tmp_path)
    answer(tmp_path, "enviar mesmo assim", "não enviar estas linhas")
    rows = of(run_in(tmp_path), "notas_corrigir.xlsx").rows
    assert list(rows.row) == [2, 4]
    assert set(rows.situacao) == {Situacao.AUTORIZADA}

    shutil.rmtree(tmp_path / "entrada")
    tabela(tmp_path, with_situations(in_october(exemplo()[:3])), "outubro.csv")
    october = of(run_in(tmp_path), "outubro.csv").rows
    assert list(october.row) == [2, 4]
    assert set(october.situacao) == {Situacao.AUTORIZADA}


def test_a_note_number_let_pass_once_is_asked_about_again_next_month(tmp_path: Path) -> None:
    def numbered(rows: Rows) -> Rows:
        return [{**row, "Nº da NFS-e": number} for row, number in zip(rows, "70", strict=True)]

    tabela(tmp_path, numbered(exemplo()[:2]))
    run_in(tmp_path)
    answer(tmp_path, "enviar mesmo assim")
    assert set(of(run_in(tmp_path), "notas_corrigir.xlsx").rows.situacao) == {Situacao.AUTORIZADA}

    shutil.rmtree(tmp_path / "entrada")
    tabela(tmp_path, numbered(in_october(exemplo()[:2])), "outubro.csv")
    assert of(run_in(tmp_path), "outubro.csv").asked


def in_colours(pasta: Path, *lines: dict[str, str]) -> None:
    """A workbook whose title says what a colour means, with notes below."""
    book = openpyxl.Workbook()
    book.active.title = "Notas"
    book.active.append(["Verde = nota já emitida"])
    book.active.append([])
    for values in (list(lines[0]), *(list(one.values()) for one in lines)):
        book.active.append(values)
    (pasta / "entrada").mkdir(exist_ok=True)
    book.save(pasta / "entrada" / "notas.xlsx")


def test_where_colours_say_what_is_done_only_the_rows_that_are_left_go(tmp_path: Path) -> None:
    in_colours(tmp_path, *exemplo()[:3])
    assert of(run_in(tmp_path), "notas.xlsx").rows.situacao == [Situacao.RETIDA] * 3

    # Put back as it came, it is asked again: the legend is not in it, and yet it holds.
    answer(tmp_path)
    unanswered = of(run_in(tmp_path), "notas_corrigir.xlsx").rows
    assert set(unanswered.situacao) == {Situacao.RETIDA}

    book = openpyxl.load_workbook(tmp_path / "entrada" / "notas_corrigir.xlsx")
    shown = book["Notas"]
    shown.delete_rows(shown.max_row)
    book.save(tmp_path / "saida" / "notas_corrigir.xlsx")
    answer(tmp_path, "enviar mesmo assim")
    run = run_in(tmp_path)
    assert list(of(run, "notas_corrigir.xlsx").rows.situacao) == [Situacao.AUTORIZADA] * 2
    source = of(run, "notas.xlsx").rows
    assert source.situacao.count(Situacao.AUTORIZADA) == 0
    assert source.situacao[-1] is Situacao.RETIDA


def without_customer(row: dict[str, str]) -> dict[str, str]:
    """A row whose customer is left blank."""
    return {name: "" if "tomador" in name else value for name, value in row.items()}


def test_the_customer_of_the_row_above_stays_though_that_row_goes(tmp_path: Path) -> None:
    table = [{**row, EMAIL: ""} for row in exemplo()]
    wrong, blank, *_ = (row for row in table if row[PRESTADOR] == table[0][PRESTADOR])
    goes = next(row for row in table if row[PRESTADOR] != table[0][PRESTADOR])
    rows = [{**wrong, VALOR: "abc"}, {**goes, NOME: "Zilda Ltda"}, without_customer(blank)]
    tabela(tmp_path, rows)
    run_in(tmp_path)
    (tmp_path / "entrada" / "notas.csv").unlink()
    answer(tmp_path, "é o mesmo cliente da linha de cima")
    run_in(tmp_path)

    left = openpyxl.load_workbook(tmp_path / "saida" / "notas_corrigir_2.xlsx")["notas"]
    assert [left.cell(row, 6).value for row in (2, 3)] == [wrong[NOME], "Zilda Ltda"]


def marked(pasta: Path) -> None:
    """Five notes: one struck through, one with a comment, one painted, one with a word beside."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Notas"
    for values in [list(exemplo()[0]), *(each.values() for each in exemplo()[:5])]:
        sheet.append(list(values))
    sheet["D3"].font = Font(strike=True)
    sheet["D4"].comment = Comment("ver o valor com a Ana", "Rui")
    sheet["D5"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet.cell(6, len(exemplo()[0]) + 1).value = "não emitir"
    (pasta / "entrada").mkdir(exist_ok=True)
    book.save(pasta / "entrada" / "notas.xlsx")


def test_what_is_seen_on_the_sheet_holds_its_rows_until_each_is_answered(tmp_path: Path) -> None:
    marked(tmp_path)
    held = of(run_in(tmp_path), "notas.xlsx")
    assert [row for row, fate in rows_of(held) if fate is Situacao.RETIDA] == [3, 4, 5, 6]
    assert [each.codigo for each in held.sheets[0].row_questions] == [
        "celula-sem-cabecalho",
        "comentario-na-linha",
        "linha-riscada",
        "linhas-pintadas",
    ]
    # Three are answered; what is painted waits on, though the workbook to mend does not paint it.
    answer(tmp_path, "não enviar estas linhas", "enviar mesmo assim", "não enviar estas linhas")
    run = run_in(tmp_path)
    rest = of(run, "notas_corrigir.xlsx")
    assert [fate for _, fate in rows_of(rest)] == [Situacao.AUTORIZADA, Situacao.RETIDA]
    assert {each.codigo for each in rest.sheets[0].row_questions} == {"linhas-pintadas"}


def rows_of(report: FileReport) -> list[tuple[int, Situacao]]:
    return list(zip(report.rows.row, report.rows.situacao, strict=True))
