"""The token kept in the keyring: tried first, never shown, never in a file."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from click.testing import CliRunner, Result
from keyring.backend import KeyringBackend

from converter import cli
from converter.focus import client

SECRET = "invented-token-123456"


class Memory(KeyringBackend):
    priority = 1  # type: ignore[assignment] # a plain number is what the docs show

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        from keyring.errors import PasswordDeleteError

        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Memory]:
    monkeypatch.setenv("PLANILOTE_PASTA", str(tmp_path))
    # Nobody listens there: what cannot be tried is kept and said so.
    monkeypatch.setenv("PLANILOTE_URL", "http://127.0.0.1:9")
    monkeypatch.setattr(client, "PAUSES", (0.0, 0.0, 0.0))
    before = keyring.get_keyring()
    own = Memory()
    keyring.set_keyring(own)
    yield own
    keyring.set_keyring(before)


def token(*words: str, typed: str = SECRET) -> Result:
    return CliRunner().invoke(cli.main, ["token", *words], input=f"{typed}\n")


def test_it_is_kept_for_one_company_or_for_all_and_never_shown(memory: Memory) -> None:
    every = token("--ambiente", "homologacao")
    one = token("--ambiente", "homologacao", "--cnpj", "11.222.333/0001-81")
    assert memory.kept == {
        ("planilote-homologacao", "padrao"): SECRET,
        ("planilote-homologacao", "11222333000181"): SECRET,
    }
    assert every.exit_code == one.exit_code == 0
    assert SECRET not in every.output + one.output
    assert "Não foi possível experimentá-lo agora" in every.output


def test_it_can_be_taken_away(memory: Memory) -> None:
    token("--ambiente", "producao")
    assert token("--ambiente", "producao", "--apagar").exit_code == 0
    assert memory.kept == {}
    assert "Não há token" in token("--ambiente", "producao", "--apagar").output


@pytest.mark.parametrize("typed", ["curto", "com espaço no meio", "acentuação-no-token"])
def test_what_cannot_be_a_token_is_refused(memory: Memory, typed: str) -> None:
    result = token("--ambiente", "homologacao", typed=typed)
    assert result.exit_code == 2
    assert "8 a 200" in result.output
    assert typed not in result.output
    assert memory.kept == {}


def test_a_rehearsal_needs_none(memory: Memory) -> None:
    result = token()
    assert result.exit_code == 2
    assert "--ambiente homologacao" in result.output


def test_a_computer_without_a_keyring_is_told_the_other_way(memory: Memory) -> None:
    from keyring.backends import fail

    keyring.set_keyring(fail.Keyring())
    result = token("--ambiente", "homologacao")
    assert result.exit_code == 2
    assert "FOCUS_TOKEN" in result.output
