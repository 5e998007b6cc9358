"""*Painel*, *Cadastros*, *Ajuda* and the switch of the watch, asked as a browser asks."""

import re
import webbrowser
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest

from converter.model.notas import Lote, Nota, Prestador
from converter.model.outcome import LoteOutcome, LoteState, NotaAnswer, Situacao
from converter.model.run import Standing
from converter.page.figures import BAR, Sum, figures
from converter.page.worker import Task
from converter.registers import books
from converter.texts.catalogue import CATALOGUE
from tests.page.conftest import Browser, opened
from tests.runs import exemplo, tabela

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
A, B = "45782190000184", "11222333000181"
_S = LoteState


def standing(*given: tuple[str, LoteState, list[tuple[str, str]]]) -> Standing:
    """A lote for each prestador, its notes as month and R$; the first of one answered was refused.

    Each lote is a day older than the next.
    """
    outcomes, months = [], {}
    for days, (cnpj, state, notes) in enumerate(reversed(given)):
        notas = tuple(
            Nota(f"{cnpj}{number}", "notas", number + 1, number, "", "", Decimal(valor))
            for number, (_, valor) in enumerate(notes, 1)
        )
        answers = [
            NotaAnswer(nota.ordem, Situacao.RECUSADA if nota.ordem == 1 else Situacao.AUTORIZADA)
            for nota in notas
        ]
        lote = Lote(f"pl{cnpj}", "notas.csv", Prestador(cnpj, "1", "3505708"), b"", notas)
        outcomes.append(
            LoteOutcome(
                lote,
                state,
                updated_at=NOW - timedelta(days=days),
                answers=tuple(answers) if state is _S.RESPONDIDO else (),
            )
        )
        months[lote.ref] = tuple(month for month, _ in notes)
    return Standing("saida", tuple(outcomes), months=months)


def test_every_note_is_counted_once_in_each_table() -> None:
    given = standing(
        (B, _S.GERADO, [("2026-10", "49.50")]),
        (A, _S.RESPONDIDO, [("2026-09", "100"), ("2026-10", "50.50")]),
    )
    found = figures(given, NOW, {A: "Alfa"})
    assert found.whole == {
        Situacao.RECUSADA: Sum(1, Decimal(100)),
        Situacao.AUTORIZADA: Sum(1, Decimal("50.50")),
        Situacao.ENVIADA: Sum(1, Decimal("49.50")),
    }
    assert [(group.name, group.whole) for group in found.months] == [
        ("2026-10", Sum(2, Decimal(100))),
        ("2026-09", Sum(1, Decimal(100))),
    ]
    assert [(group.name, group.whole.valor) for group in found.prestadores] == [
        ("Alfa", Decimal("150.50")),
        (B, Decimal("49.50")),
    ]
    ((waiting),) = found.waiting
    assert (waiting.outcome.lote.prestador.cnpj, waiting.days) == (B, 1)


def test_the_longest_bar_is_whole_and_pieces_meet() -> None:
    given = standing(
        (A, _S.RESPONDIDO, [("2026-09", "1"), ("2026-09", "2")]),
        (B, _S.GERADO, [("2026-09", "0.5")]),
    )
    longest, other = figures(given, NOW, {}).prestadores
    assert sum(piece.width for piece in longest.bar) == BAR
    assert longest.bar[0].start + longest.bar[0].width == longest.bar[1].start
    assert sum(piece.width for piece in other.bar) == round(BAR / 6)


def test_nothing_sent_is_told() -> None:
    found = figures(standing(), NOW, {})
    assert (found.months, found.prestadores, found.waiting) == ((), (), ())


def test_the_panel_tells_what_the_journal_holds(browser: Browser) -> None:
    assert "O painel aparece quando a conferência termina." in browser.get("/painel").text
    tabela(browser.pasta, exemplo()[:2])
    browser.post("/conferir")
    assert "Nenhum lote ainda" in browser.get("/painel").text
    browser.worker.start(Task.ENVIAR)
    browser.worker.wait()
    text = browser.get("/painel").text
    assert '<th scope="row">set/2026</th>' in text
    assert "Autorizadas" in text


def test_what_a_sheet_says_is_shown_and_never_obeyed(browser: Browser) -> None:
    (browser.pasta / "cadastros").mkdir()
    data = books.prestadores((A, "<script>alert(1)</script>", "", "1", "3505708"))
    (browser.pasta / "cadastros" / "prestadores.xlsx").write_bytes(data)
    text = browser.get("/cadastros").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "45.782.190/0001-84" in text


def test_a_register_is_made_downloaded_and_replaced(browser: Browser) -> None:
    empty = browser.get("/cadastros/tomadores.xlsx")
    assert empty.data[:2] == b"PK"
    answer = browser.post(
        "/cadastros/prestadores.xlsx",
        {"cadastro": (BytesIO(books.prestadores((A, "Alfa", "", "1", "3505708"))), "x.xlsx")},
    )
    assert answer.status_code == 303
    assert "Alfa" in browser.get("/cadastros").text
    browser.post(
        "/cadastros/prestadores.xlsx", {"cadastro": (BytesIO(b"PK\x03\x04 cut"), "x.xlsx")}
    )
    assert list((browser.pasta / "diario" / "substituidos").iterdir())
    assert 'role="alert"' in browser.get("/cadastros").text


@pytest.mark.parametrize("name", ["..%2Fplanilote.toml", "outro.xlsx", "prestadores.xls"])
def test_only_the_two_registers_are_handed_out(browser: Browser, name: str) -> None:
    assert browser.get(f"/cadastros/{name}").status_code == 404
    assert browser.post(f"/cadastros/{name}/abrir").status_code == 404


def test_a_register_is_opened_by_this_machine(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: not opened.append(address))
    assert browser.post("/cadastros/prestadores.xlsx/abrir").status_code == 303
    assert opened == [(browser.pasta / "cadastros" / "prestadores.xlsx").resolve().as_uri()]
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    assert "Abra-o pela pasta" in browser.post("/cadastros/prestadores.xlsx/abrir").text


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser that only reads."""
    with opened(tmp_path_factory.mktemp("ajuda"), {}, "simulado") as made:
        made.enter()
        yield made


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_code_has_its_page(reader: Browser, code: str) -> None:
    answer = reader.get(f"/ajuda/{code}")
    assert answer.status_code == 200
    assert f"<code>{code}</code>" in answer.text
    assert not re.search(r"\{\w+\}", answer.text.partition("<main")[2])


def test_help_is_searched_by_words(browser: Browser) -> None:
    text = browser.get("/ajuda", query_string={"q": "cnpj digito"}).text
    assert "/ajuda/cnpj-digito" in text
    assert "/ajuda/arquivo-vazio" not in text
    nothing = browser.get("/ajuda", query_string={"q": "<b>xyz"}).text
    assert "Nenhuma mensagem tem essas palavras." in nothing
    assert "<b>xyz" not in nothing
    assert browser.get("/ajuda/nada").status_code == 404


def test_the_switch_watches_and_stops(browser: Browser) -> None:
    assert "Vigiar a pasta" in browser.get("/").text
    assert browser.post("/vigia/ligar").status_code == 303
    assert "A pasta está sendo vigiada." in browser.get("/").text
    assert browser.post("/vigia/ligar").status_code == 303
    assert browser.post("/vigia/desligar").status_code == 303
    assert "A pasta está sendo vigiada." not in browser.get("/").text
