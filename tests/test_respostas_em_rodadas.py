"""Answers about rows in the next round: they hold for their rows and their column, and no more."""

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from converter.model.outcome import Situacao
from tests.runs import DATA, EMAIL, VALOR, Rows, answer, exemplo, in_october, of, run_in, tabela

PRESTADOR, NOME = "CNPJ do prestador", "Nome ou razão social do tomador"


def in_short_years(row: dict[str, str]) -> dict[str, str]:
    """A row whose year has two digits, of a sheet that lacks a column."""
    del row["Discriminação do serviço"]
    return {**row, DATA: row[DATA].replace("/2026", "/26")}


def with_a_remark(row: dict[str, str]) -> dict[str, str]:
    """A row of which a text says that it must not go."""
    return {**row, "Obs": "não emitir"}


@pytest.mark.parametrize(
    ("asked", "option"),
    [(in_short_years, "dia/mês/ano, de 2000 em diante"), (with_a_remark, "enviar mesmo assim")],
)
def test_what_was_answered_is_not_asked_again_by_the_next_workbook_to_mend(
    tmp_path: Path, asked: Callable[[dict[str, str]], dict[str, str]], option: str
) -> None:
    tabela(tmp_path, [{**asked(row), EMAIL: "torto"} for row in exemplo()[:2]])
    assert of(run_in(tmp_path)).asked == 1
    (tmp_path / "entrada" / "notas.csv").unlink()
    answer(tmp_path, option)
    run_in(tmp_path)
    (tmp_path / "entrada" / "notas_corrigir.xlsx").unlink()

    answer(tmp_path, name="notas_corrigir_2.xlsx")
    assert not of(run_in(tmp_path), "notas_corrigir_2.xlsx").asked

    shown = openpyxl.load_workbook(tmp_path / "saida" / "notas_corrigir_3.xlsx")["Perguntas"]
    assert option in {cell.value for row in shown.iter_rows(max_col=6) for cell in row}


def test_what_is_answered_in_the_second_round_holds_for_the_file_of_next_month(
    tmp_path: Path,
) -> None:
    tabela(tmp_path, [in_short_years({**row, EMAIL: "torto"}) for row in exemplo()[:2]])
    run_in(tmp_path)
    (tmp_path / "entrada" / "notas.csv").unlink()
    answer(tmp_path)
    run_in(tmp_path)
    (tmp_path / "entrada" / "notas_corrigir.xlsx").unlink()
    answer(tmp_path, "dia/mês/ano, de 2000 em diante", name="notas_corrigir_2.xlsx")
    run_in(tmp_path)

    tabela(tmp_path, list(map(in_short_years, in_october(exemplo()[:2]))), "outubro.csv")
    assert not of(run_in(tmp_path), "outubro.csv").asked


def with_a_hidden_row(pasta: Path, name: str, **tabs: Rows) -> None:
    """A workbook whose tabs hide their second note."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, table in tabs.items():
        sheet = book.create_sheet(title)
        for values in (list(table[0]), *(list(one.values()) for one in table)):
            sheet.append(values)
        sheet.row_dimensions[3].hidden = True
    (pasta / "entrada").mkdir(exist_ok=True)
    book.save(pasta / "entrada" / name)


def test_an_answer_holds_for_no_row_moved_in_from_another_sheet_or_file(tmp_path: Path) -> None:
    of_one = [row for row in exemplo() if row[PRESTADOR] == exemplo()[0][PRESTADOR]]
    with_a_hidden_row(tmp_path, "notas.xlsx", Maio=of_one[:2], Junho=of_one[2:4])
    with_a_hidden_row(tmp_path, "outras.xlsx", Maio=of_one[4:6])
    run_in(tmp_path)
    shutil.rmtree(tmp_path / "entrada")
    (tmp_path / "entrada").mkdir()
    answer(tmp_path, "enviar mesmo assim")

    book = openpyxl.load_workbook(tmp_path / "entrada" / "notas_corrigir.xlsx")
    others = openpyxl.load_workbook(tmp_path / "saida" / "outras_corrigir.xlsx")
    for sheet in (book["Junho"], others["Maio"]):
        for row in sheet.iter_rows(min_row=2, values_only=True):
            book["Maio"].append(row)
    book["Junho"].delete_rows(2)
    book.save(tmp_path / "entrada" / "notas_corrigir.xlsx")

    done = of(run_in(tmp_path), "notas_corrigir.xlsx")
    assert list(done.rows.situacao) == [
        Situacao.AUTORIZADA,
        Situacao.RETIDA,
        Situacao.RETIDA,
    ]
    asked = openpyxl.load_workbook(tmp_path / "saida" / "notas_corrigir_2.xlsx")["Perguntas"]
    assert "2, 3" in {cell.value for row in asked.iter_rows() for cell in row}
    (kept,) = (tmp_path / "mappings").glob("respostas_*.toml")
    assert "linhas = [3]" in kept.read_text(encoding="utf-8")


def in_two_ways(rows: Rows) -> Rows:
    """Two columns of days whose years have two digits."""
    short = [in_short_years({**row, EMAIL: "torto"}) for row in rows]
    return [{DATA: "", "Competência": "03/04/26", **row} for row in short]


@pytest.mark.parametrize("left", [("Colunas",), ()])
def test_years_are_read_by_the_header_though_colunas_is_gone_and_columns_were_moved(
    tmp_path: Path, left: tuple[str, ...]
) -> None:
    tabela(tmp_path, in_two_ways(exemplo()[:2]))
    assert of(run_in(tmp_path)).asked == 2
    (tmp_path / "entrada" / "notas.csv").unlink()
    years = {"A": "dia/mês/ano, de 2000 em diante", "B": "mês/dia/ano, de 2000 em diante"}
    answer(tmp_path, *years.values())
    book = openpyxl.load_workbook(tmp_path / "entrada" / "notas_corrigir.xlsx")
    if not left:
        del book["Colunas"]
    for emissao, competencia in book["notas"].iter_rows(max_col=2):
        emissao.value, competencia.value = competencia.value, emissao.value
    book.save(tmp_path / "entrada" / "notas_corrigir.xlsx")

    (sheet,) = of(run_in(tmp_path), "notas_corrigir.xlsx").sheets
    said = {one.coluna: one.resposta for one in sheet.followed}
    assert said == {"B": years["A"], "A": years["B"]}
    (kept,) = (tmp_path / "mappings").glob("respostas_*.toml")
    assert sheet.signature not in kept.read_text(encoding="utf-8")


def test_of_two_columns_with_one_header_that_moved_neither_takes_the_others_answer(
    tmp_path: Path,
) -> None:
    book = openpyxl.Workbook()
    two = {VALOR: "100,00", "Valor": "777,00"}
    rows = [{**{name: row[name] for name in row if name != VALOR}, **two} for row in exemplo()[:2]]
    book.active.append(["Valor" if name == VALOR else name for name in rows[0]])
    for row in rows:
        book.active.append(list(row.values()))
    (tmp_path / "entrada").mkdir()
    book.save(tmp_path / "entrada" / "notas.xlsx")
    run_in(tmp_path)
    (tmp_path / "entrada" / "notas.xlsx").unlink()

    book = openpyxl.load_workbook(tmp_path / "saida" / "notas_corrigir.xlsx")
    for row in book["Colunas"].iter_rows():
        if row[1].value == "W":
            row[7].value = "Valor dos serviços"
    book["Sheet"].insert_cols(1)
    for row, text in enumerate(("Minha ordem", "primeira", "segunda"), 1):
        book["Sheet"].cell(row, 1).value = text
    book.save(tmp_path / "entrada" / "notas_corrigir.xlsx")

    done = of(run_in(tmp_path), "notas_corrigir.xlsx")
    assert "resposta-coluna-ausente" in {problem.code for problem in done.problems}
    assert not any(done.rows.valor)


def nobody(row: dict[str, str]) -> dict[str, str]:
    """A row of a city that takes notes without a customer, with nothing of the customer's."""
    kept = ("prestador", "Prestador", "serviço", "emissão", "ISS", "Simples", "(IBGE)", "município")
    said = {name: value if any(map(name.__contains__, kept)) else "" for name, value in row.items()}
    return elsewhere({**said, "Município do tomador": ""})


def elsewhere(row: dict[str, str]) -> dict[str, str]:
    """A row of a city that takes notes without a customer."""
    return {name: "3509502" if "IBGE" in name else value for name, value in row.items()}


def same_prestador() -> Rows:
    """The good rows of one prestador."""
    return [row for row in exemplo() if row[PRESTADOR] == exemplo()[0][PRESTADOR]]


def told(pasta: Path) -> dict[object, tuple[object, object]]:
    """The customer of each row of the workbook to mend, and what became of it."""
    book = openpyxl.load_workbook(pasta / "saida" / "notas_corrigir_resultado.xlsx")
    return {
        row[1]: (row[3], row[6]) for row in book["Resultado"].iter_rows(min_row=5, values_only=True)
    }


AS_ABOVE = "é o mesmo cliente da linha de cima"


@pytest.mark.parametrize(
    ("blank", "gone", "expected"),
    [
        ((0,), (), {2: (None, Situacao.RETIDA)}),
        ((1,), (2,), {2: (None, Situacao.RETIDA)}),
        ((1, 2), (5, 6, 7), {3: ("own", Situacao.AUTORIZADA), 4: ("own", Situacao.AUTORIZADA)}),
    ],
)
def test_no_note_goes_without_the_customer_said_to_be_that_of_the_row_above(
    tmp_path: Path,
    blank: tuple[int, ...],
    gone: tuple[int, ...],
    expected: dict[int, tuple[str | None, Situacao]],
) -> None:
    rows = [elsewhere(row) for row in same_prestador()[:6]]
    rows = [nobody(row) if at in blank else row for at, row in enumerate(rows)]
    tabela(tmp_path, rows)
    assert of(run_in(tmp_path)).asked == 1
    (tmp_path / "entrada" / "notas.csv").unlink()
    answer(tmp_path, AS_ABOVE)
    book = openpyxl.load_workbook(tmp_path / "entrada" / "notas_corrigir.xlsx")
    for row in sorted(gone, reverse=True):
        book["notas"].delete_rows(row)
    book.save(tmp_path / "entrada" / "notas_corrigir.xlsx")

    run_in(tmp_path)
    found = told(tmp_path)
    own = {"own": rows[0][NOME], None: None}
    assert {row: found[row] for row in expected} == {
        row: (own[who], what) for row, (who, what) in expected.items()
    }


def test_a_customer_taken_from_above_passes_through_a_row_that_does_not_go(tmp_path: Path) -> None:
    own, *rest = (elsewhere(row) for row in same_prestador()[:6])
    rows = [own, nobody(rest[0]), nobody(rest[1]), *rest[2:]]
    with_a_hidden_row(tmp_path, "notas.xlsx", notas=rows)
    run_in(tmp_path)
    (tmp_path / "entrada" / "notas.xlsx").unlink()
    answer(tmp_path, "não enviar estas linhas", AS_ABOVE)
    run_in(tmp_path)
    assert told(tmp_path)[4] == (own[NOME], Situacao.AUTORIZADA)


def test_a_customer_written_into_the_row_is_as_good_as_an_answer(tmp_path: Path) -> None:
    own, other, *rest = (elsewhere(row) for row in same_prestador()[:4])
    tabela(tmp_path, [own, nobody(other), *rest])
    run_in(tmp_path)
    (tmp_path / "entrada" / "notas.csv").unlink()
    answer(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "entrada" / "notas_corrigir.xlsx")
    for cell, value in zip(book["notas"][3], other.values(), strict=False):
        cell.value = value
    book.save(tmp_path / "entrada" / "notas_corrigir.xlsx")
    done = of(run_in(tmp_path), "notas_corrigir.xlsx")
    assert not done.asked
    assert done.rows.situacao[1] is Situacao.AUTORIZADA


def test_years_answered_are_read_next_month_by_the_header_though_an_empty_column_came_before(
    tmp_path: Path,
) -> None:
    tabela(tmp_path, [{**row, EMAIL: ""} for row in in_two_ways(exemplo()[:2])])
    run_in(tmp_path)
    (tmp_path / "entrada" / "notas.csv").unlink()
    years = ("dia/mês/ano, de 2000 em diante", "mês/dia/ano, de 2000 em diante")
    answer(tmp_path, *years)
    run_in(tmp_path)

    next_month = [{**row, EMAIL: ""} for row in in_two_ways(in_october(exemplo()[2:4]))]
    tabela(tmp_path, [{"": "", **row} for row in next_month], "outubro.csv")
    done = of(run_in(tmp_path), "outubro.csv")
    assert not done.asked
    (sheet,) = done.sheets
    assert {one.coluna: one.opcao for one in sheet.answers.perguntas} == dict(
        zip("BC", years, strict=True)
    )


@pytest.mark.parametrize("option", [None, "não enviar estas linhas"])
def test_nothing_goes_where_the_rows_no_longer_tell_what_was_asked_of_them(
    tmp_path: Path, option: str | None
) -> None:
    of_one = same_prestador()
    with_a_hidden_row(tmp_path, "notas.xlsx", Maio=of_one[:2], Junho=of_one[2:4])
    run_in(tmp_path)
    (tmp_path / "entrada" / "notas.xlsx").unlink()
    answer(tmp_path, *([option] * 2 if option else []))
    book = openpyxl.load_workbook(tmp_path / "entrada" / "notas_corrigir.xlsx")
    for title in ("Maio", "Junho"):
        book[title].delete_cols(book[title].max_column)
        book.save(tmp_path / "entrada" / "notas_corrigir.xlsx")
        done = of(run_in(tmp_path), "notas_corrigir.xlsx")
        assert "respostas-de-outro-arquivo" in {problem.code for problem in done.problems}
        assert Situacao.AUTORIZADA not in done.rows.situacao
