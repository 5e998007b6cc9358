"""What is typed on the page of a file, how files stand, what is found and where one goes back."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from converter.model.outcome import LoteState, Situacao
from converter.model.run import FileDone
from converter.page import cadastros, lotes, work
from converter.page.ajuda import blueprint as ajuda
from converter.page.files import standing_of
from converter.page.table import File
from converter.page.typed import Drafts, typed_of
from converter.page.watching import KEPT, Switch
from converter.page.worker import Worker
from converter.registers.columns import PRESTADORES
from converter.runtime.environment import Environment
from converter.settings import Settings
from converter.texts.catalogue import CATALOGUE
from converter.texts.folhas import SITUACAO_DA_NOTA
from converter.texts.sentences import sentence
from tests.page.conftest import Browser
from tests.sheets.reports import report


def file(sha256: str = "00") -> File:
    """A file of one sheet whose A2 says “velho” and whose column B is the value."""
    table = SimpleNamespace(
        name="Notas",
        answers={"B": ("Valor", "")},
        text_at=lambda row, column: "velho" if (row, column) == (2, "A") else "",
    )
    seen = SimpleNamespace(report=SimpleNamespace(arquivo="a.csv", sha256=sha256))
    return cast("File", SimpleNamespace(tables=[table], seen=seen))


def test_only_what_differs_from_the_file_is_kept_and_by_its_bytes() -> None:
    drafts = Drafts()
    drafts.add(file(), {"c/0/2/A": "novo", "p/0/pergunta/A": "", "c/9/2/A": "x", "z/0/1": "x"})
    assert drafts.of(file()) == {"c/0/2/A": "novo"}
    assert drafts.of(file("ff")) == {}
    assert drafts.add(file(), {"c/0/2/A": "velho"}) == {}
    drafts.add(file(), {"c/0/2/A": "novo"})
    drafts.forget(file())
    assert drafts.of(file()) == {}


def test_what_was_typed_is_told_apart_by_its_kind() -> None:
    fields = {"c/0/2/A": "novo", "p/0/pergunta/A": "Não", "w/0/B": "cancelada"}
    typed = typed_of(file(), fields)
    assert typed.cells == {("Notas", 2, "A"): "novo"}
    assert typed.questions == {("Notas", "pergunta:A"): "Não"}
    assert typed.columns == {("Notas", "B"): ("Valor", "")}
    said = typed_of(file(), {**fields, "u/0/B": SITUACAO_DA_NOTA})
    assert said.columns["Notas", "B"] == (SITUACAO_DA_NOTA, "cancelada")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda made: made, sentence("pagina.com-erros")),
        (lambda made: replace(made, book=None), sentence("pagina.nao-lida")),
        (lambda made: replace(made, problems=(), rows=replace(
            made.rows, situacao=[Situacao.RECUSADA])), sentence("pagina.recusada")),
        (lambda made: replace(made, problems=(), rows=replace(
            made.rows, situacao=[Situacao.ENVIADA])), sentence("pagina.espera-prefeitura")),
    ],
)  # fmt: skip
def test_a_file_stands_by_the_first_thing_one_must_know(
    change: Callable[[Any], Any], word: str
) -> None:
    made = change(report(8)[0])
    assert standing_of(FileDone("a", made), made, "").word == word


def test_only_notes_that_wait_for_nothing_else_are_ready() -> None:
    waiting, _ = report(4, wrong=None, repeated=None, answered=False, state=LoteState.PREPARADO)
    assert (waiting.ready, report(4)[0].ready) == (4, 0)


def test_the_watch_is_off_until_it_is_turned_on_and_shows_its_last_lines() -> None:
    switch = Switch()
    assert not switch.on
    switch.lines.extendleft(str(number) for number in range(KEPT + 3))
    assert (len(switch.lines), switch.lines[0]) == (KEPT, str(KEPT + 2))
    switch.turn_off()


def test_a_watch_that_cannot_begin_says_why(tmp_path: Path) -> None:
    def load() -> Settings:
        raise PermissionError("planilote.toml")

    switch, environment = Switch(), Environment()
    with pytest.raises(PermissionError):
        switch.turn_on(load, environment, Worker(load, environment))
    switch.turn_off()
    assert not switch.on


def test_a_return_that_another_run_came_before_is_told_so(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser.worker, "start", lambda *_, **__: False)
    sent = {"retorno": (io.BytesIO(b"nada"), "nada.txt")}
    answer = browser.post("/lotes/retorno", sent, content_type="multipart/form-data")
    assert (answer.status_code, sentence("pagina.ocupado") in answer.text) == (409, True)


def test_help_finds_a_code_by_its_words_and_an_unknown_one_is_404(browser: Browser) -> None:
    code = next(iter(CATALOGUE))
    assert browser.get(f"/{ajuda.name}/{code}").status_code == 200
    assert browser.get("/ajuda/nao-existe").status_code == 404
    assert "cnpj-digito" in browser.get("/ajuda?q=cnpj digito").text


def test_a_register_is_made_where_it_is_asked_for_and_no_other_file_is(
    browser: Browser, pasta: Path
) -> None:
    assert browser.get(f"/{cadastros.blueprint.name}/{PRESTADORES}").data[:2] == b"PK"
    assert [path.name for path in (pasta / "cadastros").iterdir()] == [PRESTADORES]
    assert browser.get("/cadastros/planilote.toml").status_code == 404


@pytest.mark.parametrize(
    ("here", "goes"),
    [("/lotes", "/lotes"), ("//outro.example", "/"), ("/\\outro.example", "/"), ("", "/")],
)
def test_only_a_page_of_ours_is_gone_back_to(browser: Browser, here: str, goes: str) -> None:
    assert work.blueprint.name == "work"
    answer = browser.post("/conferir", {"aqui": here})
    assert (answer.status_code, answer.location) == (303, goes)


def test_a_lote_nobody_knows_is_404_and_any_page_number_is_taken(browser: Browser) -> None:
    assert browser.get(f"/{lotes.blueprint.name}/pl0").status_code == 404
    for number in ("0", "99", "x", "9" * 30):
        assert browser.get(f"/lotes?pagina={number}").status_code == 200
