"""The page, over the real layouts."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests

from converter.simulator.pagina import leitura
from converter.simulator.server import RunningSimulator, serve
from converter.simulator.settings import MARK
from tests.simulator.modelo import TOKEN, lote

Send = Callable[[str, dict[str, Any]], None]


@pytest.fixture
def aberto(tmp_path: Path) -> Iterator[RunningSimulator]:
    with serve(tmp_path) as running:
        yield running


@pytest.fixture
def send(aberto: RunningSimulator, http: requests.Session) -> Send:
    def send(ref: str, body: dict[str, Any]) -> None:
        answer = http.post(f"{aberto.url}/v2/lotes_rps", params={"ref": ref}, json=body)
        assert answer.status_code == 201, answer.text

    return send


def _get(aberto: RunningSimulator, path: str, **headers: str) -> requests.Response:
    return requests.get(aberto.url + path, headers=headers, timeout=10)


def test_an_empty_simulator_says_how_to_send(aberto: RunningSimulator) -> None:
    page = _get(aberto, "/").text
    assert "Ainda não chegou nenhum lote" in page
    assert f"{aberto.url}/v2/lotes_rps?ref=" in page


def test_every_page_is_marked_a_simulation_and_runs_no_script(
    aberto: RunningSimulator, send: Send
) -> None:
    send("a1", lote())
    for path in ("/", "/simulador/lotes/a1"):
        answer = _get(aberto, path)
        assert answer.text.count(MARK) >= 2
        assert "<script" not in answer.text
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_cnpj_is_never_broken_over_two_lines(aberto: RunningSimulator, send: Send) -> None:
    send("a1", lote())
    rule = re.search(r"\.inteiro \{([^}]+)\}", _get(aberto, "/simulador/estilo.css").text)
    assert rule
    assert "white-space: nowrap" in rule[1]
    for path in ("/", "/simulador/lotes/a1"):
        assert re.search(r'class="inteiro">11\.222\.333/0001-81<', _get(aberto, path).text)


def test_a_lote_is_shown_with_its_file_field_by_field(aberto: RunningSimulator, send: Send) -> None:
    send("a1", lote(2))
    page = _get(aberto, "/simulador/lotes/a1").text
    assert "11.222.333/0001-81" in page
    assert "Barueri/SP (3505708)" in page
    assert "Suporte técnico 2" in page
    assert "<em>NumeroRPS</em> 16 a 25: 0000000002" in page


def test_the_button_plays_the_prefeitura_and_comes_back(
    aberto: RunningSimulator, send: Send
) -> None:
    send("a1", lote())
    form = re.search(r'action="([^"]+)"', _get(aberto, "/simulador/lotes/a1").text)
    assert form is not None
    url = aberto.url + form[1].replace("&amp;", "&")
    page = requests.post(url, headers={"Accept": "text/html", "Origin": aberto.url}, timeout=10)
    assert page.history[0].status_code == 303
    assert "A prefeitura aceitou o arquivo" in page.text
    returned = _get(aberto, "/simulador/lotes/a1/retorno")
    assert aberto.play("a1")[1] == returned.content


def test_the_files_are_downloaded_byte_for_byte(
    aberto: RunningSimulator, send: Send, http: requests.Session
) -> None:
    send("a1", lote())
    downloaded = _get(aberto, "/simulador/lotes/a1/arquivo")
    assert downloaded.content == http.get(f"{aberto.url}/v2/lotes_rps/a1").content
    assert downloaded.headers["Content-Disposition"].startswith("attachment; filename=")
    assert _get(aberto, "/simulador/lotes/a1/retorno").status_code == 404


def test_nothing_typed_by_others_becomes_markup(aberto: RunningSimulator, send: Send) -> None:
    body = lote()
    body["lista_nfse"][0]["servico"]["discriminacao"] = "</pre><img src=x onerror=alert(1)>&\"'"
    body["<b>chave"] = "<script>alert(2)</script>"
    send("a1", body)
    aberto.play("a1")
    page = _get(aberto, "/simulador/lotes/a1?linha=2").text
    assert "onerror=alert(1)&gt;" in page
    assert "<img" not in page
    assert "<script" not in page


def test_long_files_are_paged_and_a_line_finds_its_page(
    aberto: RunningSimulator, send: Send
) -> None:
    send("a1", lote(60))
    assert 'id="linha-1"' in _get(aberto, "/simulador/lotes/a1").text
    page = _get(aberto, "/simulador/lotes/a1?linha=61").text
    assert 'id="linha-61"' in page
    assert 'id="linha-1"' not in page
    assert "página 2 de" in page


@pytest.mark.parametrize("query", ["pagina=0", "pagina=-1", "pagina=99999999999", "linha=x"])
def test_a_page_that_is_not_there_shows_one_that_is(
    aberto: RunningSimulator, send: Send, query: str
) -> None:
    send("a1", lote())
    assert _get(aberto, f"/simulador/lotes/a1?{query}").status_code == 200
    assert _get(aberto, f"/?{query}").status_code == 200


@pytest.mark.parametrize("host", ["atacante.example", "127.0.0.1.atacante.example:80", "[::2]"])
def test_another_name_for_this_machine_is_refused(aberto: RunningSimulator, host: str) -> None:
    assert _get(aberto, "/", Host=host).status_code == 403


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:80", "LOCALHOST"])
def test_this_machine_has_several_names(aberto: RunningSimulator, host: str) -> None:
    assert _get(aberto, "/", Host=host).status_code == 200


@pytest.mark.parametrize("origin", ["https://atacante.example", "null", "http://localhost:1"])
def test_a_form_of_another_site_is_refused(
    aberto: RunningSimulator, send: Send, origin: str
) -> None:
    send("a1", lote())
    answer = requests.post(
        f"{aberto.url}/simulador/lotes/a1/retorno", headers={"Origin": origin}, timeout=10
    )
    assert answer.status_code == 403
    assert "espera a prefeitura" in _get(aberto, "/").text


def test_what_is_shown_is_readable() -> None:
    assert (
        leitura.moment(datetime(2026, 11, 22, 12, 30, 12, tzinfo=UTC)) == "22/11/2026 às 09:30:12"
    )
    assert leitura.shown("São".encode("latin-1")) == "São"
    assert leitura.shown(b'{"a":1}') == '{\n  "a": 1\n}'
    assert leitura.shown(b"{quebrado") == "{quebrado"
    assert leitura.shown(b"x" * 300_000).endswith("não cabe nesta página)")
    assert leitura.place("9999999") == "9999999"


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.mark.longo
@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
def test_a_browser_draws_it(aberto: RunningSimulator, send: Send, tmp_path: Path) -> None:
    send("a1", lote(3))
    aberto.play("a1")
    flags = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={tmp_path / 'perfil'}",
    ]  # fmt: skip
    page = f"{aberto.url}/simulador/lotes/a1"
    picture = tmp_path / "pagina.png"
    assert CHROMIUM is not None
    subprocess.run(
        [CHROMIUM, *flags, f"--screenshot={picture}", "--window-size=1200,1600", page],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    drawn = subprocess.run(
        [CHROMIUM, *flags, "--dump-dom", page], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    assert MARK in drawn
    assert "A prefeitura aceitou o arquivo" in drawn
    assert picture.stat().st_size > 20_000
    assert TOKEN not in drawn
