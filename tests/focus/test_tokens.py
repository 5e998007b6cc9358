import pickle

import pytest

from converter.focus.tokens import Token, find
from converter.model.wire import MissingToken
from converter.texts.catalogue import own_message

CNPJ = "11222333000181"
OWN, COMMON, STORED = "a" * 32, "b" * 32, "c" * 32


def keyring(service, user):
    return {("planilote-producao", CNPJ): STORED}.get((service, user))


@pytest.mark.parametrize(
    ("environ", "store", "expected"),
    [
        ({f"FOCUS_TOKEN_{CNPJ}": OWN, "FOCUS_TOKEN": COMMON}, keyring, OWN),
        ({"FOCUS_TOKEN": COMMON}, keyring, COMMON),
        ({"FOCUS_TOKEN": f"  {COMMON}\n"}, None, COMMON),
        ({f"FOCUS_TOKEN_{CNPJ}": ""}, keyring, STORED),
    ],
)
def test_the_prestadors_own_token_then_the_common_one_then_the_keyring(environ, store, expected):
    found = find(CNPJ, "producao", environ, store)
    assert isinstance(found, Token)
    assert found.reveal() == expected


def test_each_ambiente_has_its_own_keyring():
    assert find(CNPJ, "homologacao", {}, keyring) == MissingToken(CNPJ)


def test_a_common_token_may_stand_in_the_keyring():
    found = find(CNPJ, "producao", {}, lambda service, user: STORED if user == "padrao" else None)
    assert isinstance(found, Token)


@pytest.mark.parametrize("secret", ["com espaço 123", "usuario:senha12", "çççççççççç", "x\ny" * 9])
def test_a_token_that_would_change_the_header_is_refused(secret):
    assert find(CNPJ, "producao", {"FOCUS_TOKEN": secret}) == MissingToken(CNPJ, "token-ilegivel")


def test_a_short_token_is_not_said_to_hold_spaces() -> None:
    missing = find(CNPJ, "producao", {"FOCUS_TOKEN": "curto"})
    assert isinstance(missing, MissingToken)
    said = own_message(missing.code, cnpj=CNPJ).text
    assert "de 8 a 200 letras e algarismos" in said
    assert "tem espaços" not in said


def test_a_masked_or_lettered_cnpj_finds_its_variable():
    found = find("12.ABC.345/01de-35", "producao", {"FOCUS_TOKEN_12ABC34501DE35": OWN})
    assert isinstance(found, Token)


def test_a_token_shows_itself_to_nobody():
    token = Token(OWN)
    assert OWN not in f"{token!r} {token} {[token]}"
    with pytest.raises(TypeError):
        pickle.dumps(token)
