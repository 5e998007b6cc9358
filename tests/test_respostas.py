"""Asked in the workbook, answered in Excel, put back: it goes on, and is remembered."""

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from converter.mapping.answers import load_answers
from converter.model.exit_code import ExitCode
from converter.model.outcome import Situacao
from converter.texts.console import report_lines, verdict
from tests.runs import Rows, exemplo, in_october, of, run_in, tabela

USAR_COMO = 8
"""The column of *Usar como* in `Colunas`, from A = 1."""
RED = "FFF8B4B4"


def with_two_prices(rows: Rows) -> Rows:
    """Two columns that could be the value of the note: nobody but the person can tell."""
    return [{**row, "Preço": "123,45"} for row in rows]


def lines_of(sheet: Any) -> dict[str, Any]:
    """The *Usar como* cell of each column by its header."""
    return {row[2].value: row[USAR_COMO - 1] for row in sheet.iter_rows(min_row=6)}


def answered(pasta: Path, name: str = "notas_corrigir.xlsx", **answers: str) -> Path:
    """Answer in `Colunas` as in Excel, and put the workbook back."""
    book = openpyxl.load_workbook(pasta / "saida" / name)
    cells = lines_of(book["Colunas"])
    for header, answer in answers.items():
        cells[header].value = answer
    target = pasta / "entrada" / name
    book.save(target)
    return target


def test_a_question_holds_its_rows_and_says_where_it_is_answered(tmp_path: Path) -> None:
    tabela(tmp_path, with_two_prices(exemplo()[:3]))

    run = run_in(tmp_path)

    assert run.exit_code is ExitCode.REFUSED
    assert set(of(run).rows.situacao) == {Situacao.REJEITADA}
    told = "\n".join(report_lines(run, tmp_path))
    assert "2 perguntas" in told
    assert "para responder e corrigir: saida/notas_corrigir.xlsx" in told
    assert "responda nas abas Colunas e Perguntas" in verdict(run)


def test_the_sheet_shows_each_column_with_its_own_list(tmp_path: Path) -> None:
    tabela(tmp_path, with_two_prices(exemplo()[:3]))
    run_in(tmp_path, enviar=False)

    for name in ("notas_corrigir.xlsx", "notas_resultado.xlsx"):
        sheet = openpyxl.load_workbook(tmp_path / "saida" / name)["Colunas"]
        cells = lines_of(sheet)
        assert cells["CEP"].value == "CEP"
        assert cells["Preço"].value is None
        assert cells["Preço"].fill.fgColor.rgb == RED
        assert cells["CEP"].fill.fgColor.rgb != RED
        (rule,) = sheet.data_validations.dataValidation
        assert cells["Preço"].coordinate in rule.sqref
        listed = [cell.value for cell in sheet[cells["Preço"].row][10:]]
        assert listed[:3] == [
            "Valor dos serviços", "não é da nota", "situação da nota (não enviar quando …)",
        ]  # fmt: skip
        assert None not in listed


def test_answered_and_put_back_everything_goes_and_the_source_is_told(tmp_path: Path) -> None:
    tabela(tmp_path, with_two_prices(exemplo()[:3]))
    run_in(tmp_path)
    answered(tmp_path, Preço="não é da nota")

    run = run_in(tmp_path)

    assert run.exit_code is ExitCode.OK
    assert set(of(run, "notas_corrigir.xlsx").rows.situacao) == {Situacao.AUTORIZADA}
    assert set(of(run).rows.situacao) == {Situacao.REPETIDA}
    assert any("“Preço” não é da nota" in said for said in of(run).assumptions)


def test_next_month_goes_without_a_question(tmp_path: Path) -> None:
    tabela(tmp_path, with_two_prices(exemplo()[:3]))
    run_in(tmp_path)
    answered(tmp_path, Preço="não é da nota")
    run_in(tmp_path)
    shutil.rmtree(tmp_path / "entrada")
    tabela(tmp_path, with_two_prices(in_october(exemplo()[:3])), "outubro.csv")

    run = run_in(tmp_path)

    assert set(of(run, "outubro.csv").rows.situacao) == {Situacao.AUTORIZADA}
    (said,) = [one for one in of(run, "outubro.csv").assumptions if "respostas" in one]
    assert "notas_corrigir.xlsx em 22/11/2026" in said


def test_other_headers_are_asked_about_again(tmp_path: Path) -> None:
    tabela(tmp_path, with_two_prices(exemplo()[:3]))
    run_in(tmp_path)
    answered(tmp_path, Preço="não é da nota")
    run_in(tmp_path)
    other = [{**row, "Obs": "x"} for row in with_two_prices(in_october(exemplo()[:3]))]
    tabela(tmp_path, other, "outubro.csv")

    assert of(run_in(tmp_path), "outubro.csv").asked


def test_answering_anew_changes_what_is_kept(tmp_path: Path) -> None:
    tabela(tmp_path, with_two_prices(exemplo()[:3]))
    run_in(tmp_path, enviar=False)
    answered(tmp_path, Preço="não é da nota")
    run_in(tmp_path, enviar=False)
    book = openpyxl.load_workbook(tmp_path / "entrada" / "notas_corrigir.xlsx")
    cells = lines_of(book["Colunas"])
    cells["Valor dos serviços"].value, cells["Preço"].value = "não é da nota", "Valor dos serviços"
    book.save(tmp_path / "entrada" / "notas_corrigir.xlsx")

    run_in(tmp_path, enviar=False)

    ((_, kept),) = load_answers(tmp_path / "mappings").values()
    assert {one.titulo: one.campo for one in kept.colunas} == {
        "Valor dos serviços": None,
        "Preço": "servico.valor_servicos",
    }


def test_a_run_that_hears_nothing_new_writes_nothing(tmp_path: Path) -> None:
    tabela(tmp_path, with_two_prices(exemplo()[:3]))
    run_in(tmp_path)
    answered(tmp_path, Preço="não é da nota")
    run_in(tmp_path)
    (path,) = (tmp_path / "mappings").iterdir()
    before = path.stat().st_mtime_ns

    run_in(tmp_path)

    assert path.stat().st_mtime_ns == before


def test_a_file_of_the_user_is_never_written_over(tmp_path: Path) -> None:
    tabela(tmp_path, with_two_prices(exemplo()[:3]))
    run_in(tmp_path)
    answered(tmp_path, Preço="não é da nota")
    run_in(tmp_path)
    (path,) = (tmp_path / "mappings").iterdir()
    path.write_text('nome = "meu"\ndescricao = "meu"\nbase = "padrao"\n', encoding="utf-8")

    run_in(tmp_path)

    assert path.read_text(encoding="utf-8").startswith('nome = "meu"')
    assert len(list((tmp_path / "mappings").iterdir())) == 2


def test_an_answer_that_is_none_holds_and_is_told_at_its_cell(tmp_path: Path) -> None:
    tabela(tmp_path, with_two_prices(exemplo()[:3]))
    run_in(tmp_path)
    answered(tmp_path, Preço="Valor dos servisos")

    run = run_in(tmp_path)

    report = of(run, "notas_corrigir.xlsx")
    (problem,) = [one for one in report.problems if one.code == "resposta-desconhecida"]
    assert (problem.planilha, problem.column, problem.value) == (
        "Colunas", "H", "Valor dos servisos",
    )  # fmt: skip
    assert "Valor dos serviços" in problem.details["opcoes"]
    assert set(report.rows.situacao) == {Situacao.REJEITADA}
    assert not (tmp_path / "mappings").exists()


def test_a_mended_cell_is_red_no_more_in_the_result(tmp_path: Path) -> None:
    rows = exemplo()[:2]
    rows[0]["E-mail do tomador"], rows[1]["E-mail do tomador"] = "torto", "torto também"
    tabela(tmp_path, rows)
    run_in(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "saida" / "notas_corrigir.xlsx")
    column = next(cell.column for cell in book["notas"][1] if cell.value == "E-mail do tomador")
    assert book["notas"].cell(2, column).fill.fgColor.rgb == RED
    book["notas"].cell(2, column).value = "ana@exemplo.com.br"
    book.save(tmp_path / "entrada" / "notas_corrigir.xlsx")

    run_in(tmp_path)

    result = openpyxl.load_workbook(tmp_path / "saida" / "notas_corrigir_resultado.xlsx")
    assert result["notas"].cell(2, column).fill.fgColor.rgb != RED
    assert result["notas"].cell(3, column).fill.fgColor.rgb == RED


def test_a_missing_column_comes_empty_and_red_under_its_header(tmp_path: Path) -> None:
    rows = exemplo()[:2]
    for row in rows:
        del row["Discriminação do serviço"]
    tabela(tmp_path, rows)

    run_in(tmp_path)

    sheet = openpyxl.load_workbook(tmp_path / "saida" / "notas_corrigir.xlsx")["notas"]
    added = {cell.value: cell.column for cell in sheet[1]}["Discriminação do serviço"]
    assert sheet.cell(2, added).value is None
    assert sheet.cell(2, added).fill.fgColor.rgb == RED
    assert sheet.cell(2, 1).fill.fgColor.rgb != RED


@pytest.mark.parametrize(("meant", "day"), [("Competência", "05/10/2026"), ("Data de emissão", "")])
def test_where_a_day_may_be_another_the_day_of_the_notes_is_asked_for_at_once(
    tmp_path: Path, meant: str, day: str
) -> None:
    renamed = {"Data de emissão": "Dt. Atend."}
    rows = [
        {renamed.get(name, name): value for name, value in row.items()} for row in exemplo()[:3]
    ]
    tabela(tmp_path, rows)
    run_in(tmp_path)
    target = answered(tmp_path, **{"Dt. Atend.": meant})
    book = openpyxl.load_workbook(target)
    sheet = book["notas"]
    column = next(cell.column for cell in sheet[1] if cell.value == "Data de emissão")
    for row in range(2, 5):
        assert sheet.cell(row, column).fill.fgColor.rgb != RED
        sheet.cell(row, column).value = day or None
    book.save(target)

    rows_sent = of(run_in(tmp_path), "notas_corrigir.xlsx").rows
    assert set(rows_sent.situacao) == {Situacao.AUTORIZADA}


@pytest.mark.parametrize("left_out", [(), ("Município do tomador", "UF")])
def test_of_an_address_without_its_city_the_city_is_asked_for(
    tmp_path: Path, left_out: tuple[str, ...]
) -> None:
    without = ("Discriminação do serviço", *left_out)
    rows = [{**row, "CPF/CNPJ do tomador": "11.444.777/0001-61"} for row in exemplo()[:2]]
    tabela(tmp_path, [{k: v for k, v in row.items() if k not in without} for row in rows])
    run_in(tmp_path, enviar=False)

    sheet = openpyxl.load_workbook(tmp_path / "saida" / "notas_corrigir.xlsx")["notas"]
    added = [cell.value for cell in sheet[1]][len(rows[0]) - len(without) :]
    assert added[: len(without)] == list(without)
