"""For which ambiente a token is kept, and what can be none, told before anything is kept."""

from pathlib import Path

import pytest

from converter.errors import SettingsError
from converter.settings import Ambiente, load
from converter.setup.token import ambiente_of, forget, keep


@pytest.mark.parametrize("ambiente", ["homologacao", "producao"])
def test_a_token_is_for_the_ambiente_that_was_said(tmp_path: Path, ambiente: str) -> None:
    assert ambiente_of(load({}, pasta=str(tmp_path), ambiente=ambiente)) == Ambiente(ambiente)


def test_a_rehearsal_keeps_and_forgets_no_token(tmp_path: Path) -> None:
    settings = load({}, pasta=str(tmp_path), ambiente="simulado")
    with pytest.raises(SettingsError, match="não usa token"):
        keep(settings, {}, None, "invented-token-123456")
    with pytest.raises(SettingsError, match="não usa token"):
        forget(settings, None)


@pytest.mark.parametrize("secret", ["", "curto", "com espaço no meio", "ação-12345", "x" * 201])
def test_what_can_be_no_token_is_refused_and_not_repeated(tmp_path: Path, secret: str) -> None:
    settings = load({}, pasta=str(tmp_path), ambiente="producao")
    with pytest.raises(SettingsError, match="não é um token") as refused:
        keep(settings, {}, None, secret)
    assert not secret or secret not in str(refused.value)
