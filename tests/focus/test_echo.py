"""The token, sent back by the peer in thirty places: it is in nothing that is stored or shown."""

import base64
import json
from pathlib import Path
from urllib.parse import quote

import pytest

from converter.focus.echo import Echo
from converter.focus.import_file import objection
from converter.focus.tokens import Token
from converter.model.wire import ECHOED, Answer
from tests.faults import driver
from tests.faults.ledger import Fault, Ledger, Server
from tests.faults.samples import TOKEN
from tests.faults.shapes import answer
from tests.runs import exemplo, run_in, tabela
from tests.written import contents

BASIC = base64.b64encode(f"{TOKEN}:".encode()).decode()
SPELT = {
    "clara": TOKEN,
    "basic": BASIC,
    "basic-sem-igual": BASIC.rstrip("="),
    "cabeçalho": f"Authorization: Basic {BASIC}",
    "url": f"https://{quote(TOKEN)}:@api.exemplo.com.br/?token={quote(TOKEN)}",
    "maiúscula": TOKEN.upper(),
    "base64-no-meio": base64.b64encode(f"usuario={TOKEN}&x".encode()).decode(),
}
PLACES = {
    f"{status}-{kind}": (status, kind)
    for status in (200, 201, 400, 401, 403, 422, 500, 302)
    for kind in ("texto", "json", "página", "cabeçalho")
}


def shaped(status: int, kind: str, text: str) -> bytes:
    if kind == "cabeçalho":
        return answer(status, b"x", f"X-Eco: {text}", f"Location: /{text}")
    body = {
        "texto": text.encode(),
        "json": json.dumps({"codigo": text, "mensagem": f"eco {text}", "erros": [text]}).encode(),
        "página": f"<html><body>{text}</body></html>".encode(),
    }[kind]
    return answer(status, body)


def written(folder: Path) -> bytes:
    return b"\n".join(data for _, data in contents(folder))


@pytest.mark.parametrize("place", PLACES)
def test_no_place_keeps_it(place: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for text in SPELT.values():
        ledger = Ledger(script=[Fault("eco", stored=True, raw=shaped(*PLACES[place], text))])
        with Server(ledger) as server:
            driver.run(folder / text[:4], server.url)
    kept = written(folder).lower()
    shown = "".join(capfd.readouterr()).lower()
    for text in (TOKEN, BASIC.rstrip("="), quote(TOKEN)):
        assert text.lower().encode() not in kept
        assert text.lower() not in shown


@pytest.mark.parametrize("text", SPELT.values(), ids=SPELT)
def test_every_spelling_is_taken_out_and_nothing_else(text: str) -> None:
    echo = Echo(Token(TOKEN))
    told = echo.taken_out(f"antes {text} depois".encode())
    assert TOKEN.encode() not in told.lower()
    assert BASIC[:-4].encode() not in told
    assert told.startswith(b"antes ")
    assert told.endswith(b" depois")
    same = b"1PMB004 nada de mais"
    assert echo.taken_out(same) is same


def test_an_import_file_that_held_the_token_is_none() -> None:
    held = Answer(201, {ECHOED: "sim"}, b"11234567PMB004***\r\n9\r\n")
    assert "token" in (objection(held, "3505708") or "")


def test_its_knower_does_not_show_it() -> None:
    assert TOKEN not in repr(Echo(Token(TOKEN)))


SAID_BACK = {
    "201": (201, "texto"), "422": (422, "json"), "500": (500, "página"), "400": (400, "cabeçalho")
}  # fmt: skip


@pytest.mark.parametrize("said", SAID_BACK)
def test_no_sheet_of_a_result_holds_what_the_peer_sent_back(tmp_path: Path, said: str) -> None:
    """The program itself, its workbooks, its log and its journal, every part opened."""
    for number, text in enumerate((SPELT["clara"], SPELT["cabeçalho"])):
        pasta = tmp_path / str(number)
        tabela(pasta, exemplo()[:2])
        raw = shaped(*SAID_BACK[said], text)
        ledger = Ledger(script=[Fault("eco", stored=False, raw=raw)] * 3)
        with Server(ledger) as server:
            environ = {"FOCUS_TOKEN": TOKEN, "PLANILOTE_URL": server.url}
            run_in(pasta, ambiente="homologacao", environ=environ)
        assert ledger.fired
    names = [name for name, _ in contents(tmp_path)]
    assert any(".xlsx:xl/worksheets/" in name for name in names)
    assert any(name == "diario.sqlite3:content" for name in names)
    kept = written(tmp_path).lower()
    for text in (TOKEN, BASIC.rstrip("="), quote(TOKEN)):
        assert text.lower().encode() not in kept
