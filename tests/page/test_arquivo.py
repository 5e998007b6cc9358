"""*Arquivo*: a spreadsheet as a table, mended and answered in place."""

import csv
import io
import re
from html import unescape
from typing import Any

import openpyxl
import pytest

from tests.page.conftest import Browser
from tests.runs import EMAIL, VALOR, arquivo, exemplo

NAME = "notas.csv"
NOME, SIMPLES = "Nome ou razão social do tomador", "Optante pelo Simples Nacional"
PAGE = f"/arquivo?nome={NAME}"


def sheet(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def put(browser: Browser, rows: list[dict[str, str]], name: str = NAME) -> None:
    arquivo(browser.pasta, name, sheet(rows))
    browser.post("/conferir")


def wrong() -> list[dict[str, str]]:
    rows = exemplo()
    rows[1][VALOR] = "abc"
    rows[3][EMAIL] = "x@"
    return rows


def fields(text: str, kind: str) -> dict[str, str]:
    """The inputs of a page whose name begins so, with what they hold."""
    found = re.findall(rf'<input [^>]*name="({kind}/[^"]*)" value="([^"]*)"', text)
    return {unescape(name): unescape(value) for name, value in found}


def test_the_rows_with_a_problem_come_first_each_with_its_message_and_fix(browser: Browser) -> None:
    put(browser, wrong())
    text = unescape(browser.get(PAGE).text)
    assert "“abc” não é um número." in text
    assert "Escreva só o número" in text
    for page in re.findall(r'href="(/ajuda/[^"]+)"', text):
        assert browser.get(page).status_code == 200
    assert re.findall(r'id="linha-(\d+)"', text) == ["3", "5"]
    everything = browser.get(f"{PAGE}&ver=tudo").text
    assert re.findall(r'id="linha-(\d+)"', everything) == [str(row) for row in range(2, 14)]


def test_mended_cells_go_into_a_copy_and_never_into_the_source(browser: Browser) -> None:
    put(browser, wrong())
    before = (browser.pasta / "entrada" / NAME).read_bytes()
    typed = fields(browser.get(PAGE).text, "c")
    assert typed == {"c/0/3/S": "abc", "c/0/5/G": "x@"}
    answer = browser.post(
        f"/arquivo/salvar?nome={NAME}", {"c/0/3/S": "1.500,00", "c/0/5/G": "a@b.example"}
    )
    assert answer.headers["Location"] == "/arquivo?nome=notas_corrigir.xlsx"
    assert (browser.pasta / "entrada" / NAME).read_bytes() == before
    report = browser.worker.state.files["notas_corrigir.xlsx"].report
    assert report is not None
    assert [len(outcome.lote.notas) for outcome in report.outcomes] == [7]
    home = unescape(browser.get("/").text)
    assert "12 notas</strong> prontas para enviar" in home
    assert "0 erros</strong>" in home


def test_a_second_round_of_mending_writes_over_nothing(browser: Browser) -> None:
    put(browser, wrong())
    browser.post(f"/arquivo/salvar?nome={NAME}", {"c/0/3/S": "1.500,00"})
    first = (browser.pasta / "entrada" / "notas_corrigir.xlsx").read_bytes()
    copy = "/arquivo?nome=notas_corrigir.xlsx"
    (name,) = fields(browser.get(copy).text, "c")
    browser.post("/arquivo/salvar?nome=notas_corrigir.xlsx", {name: "a@b.example"})
    assert (browser.pasta / "entrada" / "notas_corrigir.xlsx").read_bytes() == first
    assert (browser.pasta / "entrada" / "notas_corrigir_2.xlsx").is_file()
    assert "12 notas</strong> prontas para enviar" in browser.get("/").text


def test_a_field_that_no_column_has_may_be_filled_in(browser: Browser) -> None:
    rows = [{key: value for key, value in row.items() if key != VALOR} for row in exemplo()]
    put(browser, rows)
    text = browser.get(f"{PAGE}&ver=tudo&editar=2").text
    assert 'name="c/0/2/servico.valor_servicos"' in text
    browser.post(f"/arquivo/salvar?nome={NAME}", {"c/0/2/servico.valor_servicos": "10,00"})
    book = openpyxl.load_workbook(browser.pasta / "entrada" / "notas_corrigir.xlsx")
    assert "10,00" in [cell.value for cell in book.worksheets[0][2]]


def test_what_is_typed_survives_a_reload_and_may_be_discarded(browser: Browser) -> None:
    put(browser, wrong())
    told = browser.post(f"/arquivo/rascunho?nome={NAME}", {"c/0/3/S": "7,00"})
    assert told.get_json() == {"mudancas": 1}
    assert fields(browser.get(PAGE).text, "c")["c/0/3/S"] == "7,00"
    assert browser.post(f"/arquivo/rascunho?nome={NAME}", {"c/0/3/S": "abc"}).get_json() == {
        "mudancas": 0
    }
    browser.post(f"/arquivo/rascunho?nome={NAME}", {"c/0/3/S": "7,00"})
    browser.post(f"/arquivo/descartar?nome={NAME}")
    assert fields(browser.get(PAGE).text, "c")["c/0/3/S"] == "abc"


def test_a_row_that_waits_for_nothing_is_not_mended(browser: Browser) -> None:
    put(browser, exemplo())
    answer = browser.post(f"/arquivo/salvar?nome={NAME}", {"c/0/3/S": "1,00"})
    assert answer.status_code == 409
    assert not (browser.pasta / "entrada" / "notas_corrigir.xlsx").exists()


def test_a_file_that_changed_meanwhile_is_not_mended(browser: Browser) -> None:
    put(browser, wrong())
    arquivo(browser.pasta, NAME, sheet(exemplo()))
    answer = browser.post(f"/arquivo/salvar?nome={NAME}", {"c/0/3/S": "1,00"})
    assert answer.status_code == 409
    assert "mudou" in answer.text


@pytest.fixture
def asking(browser: Browser) -> Browser:
    """A sheet with two columns that may be the value: nobody but the person can tell."""
    put(browser, [{**row, "Preço": "123,45"} for row in exemplo()])
    assert "2 perguntas à sua espera" in browser.get(PAGE).text
    return browser


def test_a_question_is_told_once_and_warnings_are_folded_after_it(browser: Browser) -> None:
    rows = [{**row, "Contraparte": row[NOME]} for row in exemplo()]
    put(browser, [{key: row[key] for key in row if key not in {NOME, SIMPLES}} for row in rows])
    text = unescape(browser.get(PAGE).text)
    assert text.count("não conheço o cabeçalho") == 1
    assert "whole-sheet mau" not in text
    cards, folded = text.index("O que é a coluna"), text.index("1 aviso sobre a planilha inteira")
    assert cards < folded < text.index(f"não informa “{SIMPLES}”")


def test_what_two_columns_have_in_common_is_told_at_the_question(asking: Browser) -> None:
    text = unescape(asking.get(PAGE).text)
    assert text.count("querem dizer a mesma coisa") == 1
    assert "whole-sheet mau" not in text


def test_an_error_of_the_whole_sheet_that_asks_nothing_stays_in_sight(browser: Browser) -> None:
    put(browser, [{key: row[key] for key in row if key != VALOR} for row in exemplo()])
    text = unescape(browser.get(PAGE).text)
    assert VALOR in text.partition("whole-sheet mau")[2].partition("</ul>")[0]


def test_an_answer_about_a_column_is_kept_and_followed(asking: Browser) -> None:
    asking.post(f"/arquivo/salvar?nome={NAME}", {"u/0/S": VALOR, "u/0/W": "não é da nota"})
    (kept,) = (asking.pasta / "mappings").glob("respostas_*.toml")
    assert "Preço" in kept.read_text(encoding="utf-8")
    assert "à sua espera" not in asking.get(PAGE).text
    assert "12 prontas para enviar" in asking.get(PAGE).text
    assert not (asking.pasta / "entrada" / "notas_corrigir.xlsx").exists()


def test_an_answer_that_cannot_be_followed_is_refused_and_nothing_is_kept(asking: Browser) -> None:
    answer = asking.post(f"/arquivo/salvar?nome={NAME}", {"u/0/S": VALOR, "u/0/W": VALOR})
    assert answer.status_code == 409
    assert not list((asking.pasta / "mappings").glob("respostas_*.toml"))


def test_a_column_that_was_understood_may_be_said_to_be_another(browser: Browser) -> None:
    put(browser, exemplo())
    browser.post(f"/arquivo/salvar?nome={NAME}", {"u/0/K": "não é da nota"})
    assert "<option selected>não é da nota</option>" in browser.get(f"{PAGE}&ver=tudo").text


def test_no_field_of_a_sheet_becomes_part_of_the_page(browser: Browser) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    rows: list[dict[str, Any]] = [dict.fromkeys([*row, evil], evil) for row in exemplo()]
    rows += [{**row, evil: evil} for row in exemplo()]
    put(browser, rows, "<b onclick=x>.csv")
    for address in (
        "/",
        "/arquivo?nome=<b onclick=x>.csv",
        "/arquivo?nome=<b onclick=x>.csv&ver=tudo",
    ):
        text = browser.get(address).text
        assert "&lt;b onclick=x&gt;" in text
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "<b onclick" not in text
        assert "\"'><" not in text


def test_a_page_of_rows_is_one_of_many(browser: Browser) -> None:
    put(browser, exemplo() * 10)
    text = browser.get(f"{PAGE}&ver=tudo&pagina=2").text
    assert re.findall(r'id="linha-(\d+)"', text) == [str(row) for row in range(52, 102)]
    assert 'id="linha-110"' in browser.get(f"{PAGE}&ver=tudo&linha=110").text


@pytest.mark.parametrize(
    "query", ["aba=99", "pagina=0", "pagina=999999999999", "linha=x", "aba=-1"]
)
def test_an_odd_address_shows_something_all_the_same(browser: Browser, query: str) -> None:
    put(browser, wrong())
    assert browser.get(f"{PAGE}&{query}").status_code == 200


@pytest.mark.parametrize("name", ["outra.csv", "../planilote.toml", "", "/etc/passwd"])
def test_only_files_of_entrada_are_shown(browser: Browser, name: str) -> None:
    put(browser, wrong())
    for address in ("/arquivo", "/baixar/resultado", "/baixar/corrigir"):
        assert browser.get(address, query_string={"nome": name}).status_code == 404


def test_a_column_may_be_said_to_tell_which_rows_do_not_go(browser: Browser) -> None:
    rows = [{**row, "Fase": text} for row, text in zip(exemplo(), ["ok", "velha"] * 6, strict=True)]
    put(browser, rows)
    status = "situação da nota (não enviar quando …)"
    browser.post(f"/arquivo/salvar?nome={NAME}", {"u/0/W": status, "w/0/W": "velha"})
    (kept,) = (browser.pasta / "mappings").glob("respostas_*.toml")
    assert 'nao_enviar_quando = ["velha"]' in kept.read_text(encoding="utf-8")
    assert browser.get("/").text.count("6 notas</strong> prontas") == 1
