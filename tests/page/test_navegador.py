"""What a person does on the page, in a real Chromium."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.page.chromium import IN_BROWSER, PATIENCE, Office, chromium, office, window
from tests.page.test_arquivo import sheet
from tests.page.test_killed import started
from tests.runs import VALOR, Rows, arquivo, exemplo

pytestmark = [*IN_BROWSER]
expect.set_options(timeout=PATIENCE)


@pytest.fixture
def place(pasta: Path) -> Iterator[Office]:
    with office(pasta) as opened:
        yield opened


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    with chromium() as started_once:
        yield started_once


@pytest.fixture
def page(place: Office, running: Browser) -> Iterator[Page]:
    with window(running) as opened:
        opened.goto(place.server.opening)
        yield opened


def drop(page: Page, name: str, data: bytes) -> None:
    """Choose a file, as dropping it does."""
    page.set_input_files(
        "#solte input[name=arquivos]",
        {"name": name, "mimeType": "text/csv", "buffer": data},
    )


def open_with_a_fault(page: Page, rows: Rows) -> None:
    """Choose `notas.csv`, with a value that is none in its second row, and open it whole."""
    rows[1][VALOR] = "mil e poucos"
    drop(page, "notas.csv", sheet(rows))
    line = page.locator("tr[data-file='notas.csv']")
    expect(line).to_contain_text("tem erros")
    line.get_by_role("link").click()
    page.wait_for_url("**/arquivo?*")


def send(page: Page) -> None:
    page.locator("nav a", has_text="Enviar").click()
    page.get_by_role("button", name=re.compile("Enviar")).click()


def mend(page: Page, copy: str) -> None:
    """Put a value where there is none; the copy it goes into is ready to be sent."""
    cell = page.locator(".fix input[value='mil e poucos']")
    cell.fill("1.500,00")
    cell.press("Tab")
    page.get_by_role("button", name="Salvar e conferir").click()
    expect(page.locator("h1")).to_contain_text(copy)
    expect(page.locator("h1 .pill")).to_have_text("pronta para enviar")


def test_from_a_spreadsheet_with_faults_to_numbers_in_the_table(page: Page, place: Office) -> None:
    open_with_a_fault(page, exemplo()[:7])
    mend(page, "notas_corrigir.xlsx")
    send(page)
    expect(page.locator("#envio")).to_contain_text("lote enviado")
    page.locator("nav a", has_text="Lotes").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Baixar o arquivo").click()
    sent = downloading.value.path().read_bytes()
    assert sent in [path.read_bytes() for path in (place.pasta / "saida" / "lotes").iterdir()]
    page.set_input_files("#arquivo-retorno", place.answer())
    page.get_by_role("button", name="Ler este retorno").click()
    page.get_by_role("link", name="ver nota a nota").click()
    expect(page.locator("td[data-label=NFS-e]").first).to_contain_text(re.compile(r"\d"))
    page.locator("nav a", has_text="Painel").click()
    expect(page.locator("#painel")).to_contain_text("Autorizadas")
    expect(page.locator("#painel")).to_contain_text("Nenhum lote espera a prefeitura.")


LATE = """() => {
  const real = window.fetch, late = (go) => setTimeout(go, 500);
  window.fetch = async (address, how) => {
    if (String(address).includes("rascunho")) await new Promise(late);
    return real(address, how);
  };
}"""
"""Has the server hear late of what is typed."""


def test_what_is_typed_while_the_page_is_drawn_anew_stays(page: Page) -> None:
    open_with_a_fault(page, exemplo()[:2])
    page.evaluate(LATE)
    cell = page.locator(".fix input[value='mil e poucos']")
    cell.fill("1.500,00")
    cell.press("Tab")
    page.evaluate("planilote.redraw()")
    expect(page.locator(".fix input[value='1.500,00']")).to_have_count(1)
    expect(page.get_by_role("button", name="Salvar e conferir")).to_be_visible()


UNKNOWN = {
    "Data de emissão": "Dia do faturamento",
    "CPF/CNPJ do tomador": "Doc. do cliente",
    "Nome ou razão social do tomador": "Contraparte",
    "E-mail do tomador": "Correio eletrônico",
    "CEP": "CEP",
    "Logradouro": "Rua/Av.",
    "Número do endereço": "Nº",
    "Bairro": "Bairro",
    "Município do tomador": "Cidade",
    "UF": "Est.",
    "Discriminação do serviço": "Descrição dos serviços",
    "Item da lista de serviços (LC 116)": "Item LC",
    "Código tributário do município": "Cód. trib. mun.",
    VALOR: "Quanto",
    "Alíquota do ISS (%)": "% ISS",
    "ISS retido": "Reteve?",
}
"""What an office calls the columns of the example; who issues is in no column."""
PRESTADOR = """
[[prestadores]]
cnpj = "45.782.190/0001-84"
inscricao_municipal = "4521873"
codigo_municipio = "3505708"
"""


def test_an_unknown_spreadsheet_is_asked_mended_sent_and_numbered(
    pasta: Path, running: Browser
) -> None:
    rows = [{new: row[old] for old, new in UNKNOWN.items()} for row in exemplo()[:7]]
    rows[1]["Quanto"] = "mil e poucos"
    arquivo(pasta, "cliente.csv", sheet(rows), PRESTADOR)
    with office(pasta, "simulado") as place, window(running) as page:
        page.goto(place.server.opening)
        line = page.locator("tr[data-file='cliente.csv']")
        expect(line).to_contain_text("tem perguntas")
        line.get_by_role("link").click()
        question = page.get_by_label(re.compile("O que é a coluna C, “Contraparte”"))
        question.select_option("Nome ou razão social do tomador")
        page.get_by_role("button", name="Salvar e conferir").click()
        expect(page.locator(".asked")).to_have_count(0)

        mend(page, "cliente_corrigir.xlsx")

        send(page)
        expect(page.locator("#envio")).to_contain_text("lote enviado")
        page.locator("nav a", has_text="Entrada").click()
        page.locator("tr[data-file='cliente_corrigir.xlsx']").get_by_role("link").first.click()
        page.get_by_role("link", name="Todas as linhas").click()
        numbered = page.locator(".grid tbody th", has_text=re.compile(r"autorizada\s+nº \d"))
        expect(numbered).to_have_count(len(rows))


def test_a_question_is_answered_on_the_page(page: Page) -> None:
    rows = [{**row, "VALOR DA PARCELA (emitir)": row[VALOR]} for row in exemplo()[:3]]
    drop(page, "perguntas.csv", sheet(rows))
    line = page.locator("tr[data-file='perguntas.csv']")
    expect(line).to_contain_text("tem perguntas")
    line.get_by_role("link").click()
    for question in page.locator(".asked select").all():
        options = question.locator("option").all_inner_texts()
        wanted = next((one for one in options if one.lower().startswith("ignorar")), options[1])
        question.select_option(wanted)
    page.get_by_role("button", name="Salvar e conferir").click()
    expect(page.locator(".asked")).to_have_count(0)


def test_a_refused_lote_says_why_and_what_to_do(page: Page) -> None:
    rows = [{**exemplo()[0], "CNPJ do prestador": "11.222.333/0001-00"}]
    drop(page, "recusada.csv", sheet(rows))
    expect(page.locator("tr[data-file='recusada.csv']")).to_contain_text("pronta para enviar")
    send(page)
    page.locator("nav a", has_text="Lotes").click()
    expect(page.locator(".lotes .mau").first).to_contain_text("CNPJ ou token inválido")


def test_what_one_tab_sent_the_other_does_not_send_again(page: Page, place: Office) -> None:
    drop(page, "notas.csv", sheet(exemplo()[:1]))
    expect(page.locator("tr[data-file='notas.csv']")).to_contain_text("pronta para enviar")
    other = page.context.new_page()
    for tab in (page, other):
        tab.goto(f"{place.server.address}/enviar")
    other.get_by_role("button", name=re.compile("Enviar")).click()
    expect(other.locator("#envio")).to_contain_text("lote enviado")
    # The stale button may be gone by itself: whoever is still there to be clicked is, at once.
    stale = page.get_by_role("button", name=re.compile("Enviar"))
    stale.evaluate_all("buttons => buttons.forEach(button => button.click())")
    expect(page.locator("main")).to_contain_text(
        re.compile("mudou|lote enviado|Nenhuma nota pronta")
    )
    assert len(list((place.pasta / "saida" / "lotes").iterdir())) == 1


@pytest.mark.longo
def test_a_server_killed_while_sending_is_said_and_nothing_goes_twice(
    pasta: Path, running: Browser
) -> None:
    (pasta / "entrada").mkdir(exist_ok=True)
    (pasta / "entrada" / "notas.csv").write_bytes(sheet(exemplo()[:1]))
    with window(running) as page:
        with started(pasta, "enviando-depois") as (program, opening):
            page.goto(opening)
            expect(page.locator("tr[data-file='notas.csv']")).to_contain_text("pronta")
            send(page)
            assert program.wait() == 86
            expect(page.locator("#trabalho")).to_contain_text("não está respondendo")
        with started(pasta) as (_, opening):
            page.goto(opening)
            page.locator("nav a", has_text="Lotes").click()
            expect(page.locator("#lotes")).to_contain_text("envio interrompido")
            page.get_by_role("button", name="Ler retornos e perguntar à API").click()
            expect(page.locator("#lotes")).to_contain_text("respondido")
            expect(page.locator("ol.lotes > li")).to_have_count(1)


def test_the_keyboard_alone_reaches_every_page(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Ir para o conteúdo")
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert [name for name in reached if name in {"Enviar", "Lotes", "Painel", "Cadastros", "Ajuda"}]
    page.locator("nav a", has_text="Painel").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Painel")


def test_what_a_sheet_says_never_runs(page: Page) -> None:
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: ran.append(str(error)))
    script = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
    rows = [{key: f"{script}{value}" for key, value in exemplo()[0].items()}, exemplo()[1]]
    drop(page, "ataque.csv", sheet(rows))
    page.locator("tr[data-file='ataque.csv'] a").click()
    expect(page.locator("main")).to_contain_text("onerror=alert(1)")
    assert not ran
