"""*Enviar* and *Lotes*: what goes where, said yes to, sent once, answered."""

import io
import os
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from converter.journal.lock import FolderLock
from converter.model.outcome import LoteState
from converter.runtime.sending import Outgoing
from converter.simulator.server import RunningSimulator, serve
from converter.simulator.settings import Settings
from tests.page.conftest import Browser, opened
from tests.page.test_arquivo import NAME, put, sheet
from tests.runs import NOW, VALOR, arquivo, exemplo, real, refs, run_in


@pytest.fixture
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSimulator]:
    with serve(tmp_path_factory.mktemp("api"), settings=Settings(now=lambda: NOW)) as running:
        yield running


@pytest.fixture
def producao(pasta: Path, api: RunningSimulator) -> Iterator[Browser]:
    """A page over a folder whose lotes go to the API of a test, as in `producao`."""
    with opened(pasta, real(api.url), "producao") as made:
        assert made.enter().status_code == 303
        put(made, exemplo())
        yield made


def seal(browser: Browser) -> str:
    (found,) = re.findall(r'name="selo" value="(\w+)"', browser.get("/enviar").text)
    return str(found)


def states(browser: Browser) -> list[LoteState]:
    standing = browser.worker.state.standing
    return [outcome.state for outcome in standing.outcomes] if standing else []


def test_the_table_tells_what_goes_where(browser: Browser) -> None:
    put(browser, exemplo())
    text = unescape(browser.get("/enviar").text)
    for told in ("Barueri/SP", "Santana de Parnaíba/SP", "45.782.190/0001-84", "Enviar", "12"):
        assert told in text


def test_the_whole_loop_ends_with_numbers_in_the_table(browser: Browser) -> None:
    put(browser, exemplo())
    browser.post("/enviar", {"selo": seal(browser), "arquivo": NAME})
    assert states(browser) == [LoteState.RESPONDIDO, LoteState.RESPONDIDO]
    rows = browser.get(f"/arquivo?nome={NAME}&ver=tudo").text.partition("<thead")[2]
    assert rows.count(">autorizada</span>") == 12
    assert rows.count('<span class="quiet">nº ') == 12
    assert "12 notas" not in browser.get("/enviar").text
    home = browser.get("/").text
    assert "autorizada" in home


def test_in_producao_nothing_leaves_before_the_number_of_notes_is_typed(producao: Browser) -> None:
    form = {"selo": seal(producao), "arquivo": NAME}
    for typed in ("", "sim", "11", "012"):
        refused = producao.post("/enviar", {**form, "digitado": typed})
        assert refused.status_code == 409
        assert "digite 12" in refused.text
    assert states(producao) == []
    assert producao.post("/enviar", {**form, "digitado": " 12 "}).status_code == 303
    assert states(producao) == [LoteState.GERADO, LoteState.GERADO]


def test_a_second_tab_sends_nothing_again(producao: Browser) -> None:
    form = {"selo": seal(producao), "arquivo": NAME, "digitado": "12"}
    producao.post("/enviar", form)
    assert producao.post("/enviar", form).status_code == 409
    assert len(states(producao)) == 2


def test_what_changed_since_it_was_shown_does_not_leave(producao: Browser) -> None:
    form = {"selo": seal(producao), "arquivo": NAME, "digitado": "12"}
    changed = exemplo()
    changed[0][VALOR] = "1,00"
    arquivo(producao.pasta, NAME, sheet(changed) + b"\n")
    assert producao.post("/enviar", form).status_code == 409
    assert states(producao) == []


def test_what_another_tab_changed_does_not_leave(producao: Browser) -> None:
    form = {"selo": seal(producao), "arquivo": NAME, "digitado": "12"}
    changed = exemplo()
    changed[0][VALOR] = "1,00"
    put(producao, changed)
    refused = producao.post("/enviar", form)
    assert refused.status_code == 409
    assert "mudou" in refused.text
    assert states(producao) == []


def test_what_changed_under_our_hands_does_not_leave(producao: Browser) -> None:
    """The same size and moment of change: only the notes themselves tell."""
    form = {"selo": seal(producao), "arquivo": NAME, "digitado": "12"}
    path = producao.pasta / "entrada" / NAME
    seen = path.stat()
    path.write_bytes(path.read_bytes().replace(b"1.500,00", b"1.600,00"))
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    producao.post("/enviar", form)
    assert LoteState.GERADO not in states(producao)
    assert "2 lotes não saíram" in producao.get("/enviar").text


def test_only_chosen_files_leave(producao: Browser) -> None:
    form = {"selo": seal(producao), "digitado": "12"}
    assert producao.post("/enviar", form).status_code == 409
    assert producao.post("/enviar", {**form, "arquivo": "../outra.csv"}).status_code == 409
    assert states(producao) == []


def test_a_lote_gives_its_file_and_takes_its_return(
    producao: Browser, api: RunningSimulator
) -> None:
    producao.post("/enviar", {"selo": seal(producao), "arquivo": NAME, "digitado": "12"})
    standing = producao.worker.state.standing
    assert standing is not None
    lote = standing.outcomes[0]
    page = producao.get("/lotes").text
    assert "espera a prefeitura" in page
    given = producao.get(f"/baixar/lote/{lote.lote.ref}")
    assert "attachment" in given.headers["Content-Disposition"]
    path = producao.pasta / str(lote.import_file(standing.saida))
    assert given.data == path.read_bytes()
    name, back = api.play(lote.lote.ref)
    producao.post(
        "/lotes/retorno",
        {"retorno": (io.BytesIO(back), name), "ref": lote.lote.ref},
        content_type="multipart/form-data",
    )
    assert (producao.pasta / "retornos" / name).read_bytes() == back
    assert states(producao) == [LoteState.RESPONDIDO, LoteState.GERADO]
    assert "autorizada" in producao.get(f"/lotes/{lote.lote.ref}").text
    rows = producao.get(f"/arquivo?nome={NAME}&ver=tudo").text.partition("<thead")[2]
    assert rows.count(">autorizada</span>") == len(lote.lote.notas)


def test_a_return_that_is_none_is_said_so(producao: Browser) -> None:
    producao.post(
        "/lotes/retorno",
        {"retorno": (io.BytesIO(b"nada"), "nada.txt")},
        content_type="multipart/form-data",
    )
    assert "nada.txt" in producao.get("/lotes").text


@pytest.mark.parametrize("address", ["/lotes/pl0", "/baixar/lote/pl0", "/baixar/lote/..%2f..%2fx"])
def test_only_lotes_of_the_journal_are_shown(browser: Browser, address: str) -> None:
    put(browser, exemplo())
    assert browser.get(address).status_code == 404


def test_another_run_in_the_folder_is_told_of_and_waited_for(browser: Browser) -> None:
    arquivo(browser.pasta, NAME, sheet(exemplo()))
    with FolderLock(browser.pasta / "diario", lambda: NOW):
        browser.post("/conferir")
        assert "Outra execução do planilote" in browser.get("/").text
        assert "Tentar de novo" in browser.get("/").text
    browser.post("/conferir")
    assert "Outra execução" not in browser.get("/").text
    assert "pronta para enviar" in browser.get("/").text


def test_who_says_yes_hears_of_exactly_what_leaves(pasta: Path, api: RunningSimulator) -> None:
    asked: list[str] = []
    arquivo(pasta, NAME, sheet(exemplo()))
    said = {"ambiente": "producao", "environ": real(api.url)}
    run_in(pasta, confirm=lambda outgoing: bool(asked.append(outgoing)), **said)
    run = run_in(pasta, **said)
    (outgoing,) = asked
    assert isinstance(outgoing, Outgoing)
    assert outgoing.refs == set(refs(run).values())
