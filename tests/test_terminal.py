"""What a screen shows while a run works, and what it is spared."""

import io
import sys

import click
import pytest

from converter import terminal
from converter.model.progress import Begun, Progress, Step

LONG = Begun(1, 126 * 2**20, 115.0, enviar=False)
SAID = "1 planilha, 126 MB: deve levar uns 2 minutos."


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.skipif(sys.platform == "win32", reason="old consoles are drawn on by system calls")
def test_a_terminal_shows_the_step_with_rows_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(sys, "stdout", screen)
    with terminal.progress(silent=False, asking=True) as (tell, _):
        tell(LONG)
        tell(Progress("[b]a\x1b.xlsx", Step.CONFERINDO, 1_048_575))
    shown = click.unstyle(screen.getvalue())
    assert f"{SAID}\n" in shown
    assert "[b]a\ufffd.xlsx: conferindo 1.048.575 linhas 0:00:0" in shown


def test_elsewhere_the_time_is_said_before_the_first_step(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with terminal.progress(silent=False, asking=True) as (tell, _):
        tell(LONG)
        tell(Progress("a.xlsx", Step.LENDO))
    assert capsys.readouterr().out.splitlines() == [SAID, "a.xlsx: lendo"]


def test_who_wants_silence_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    with terminal.progress(silent=True, asking=True) as (tell, _):
        tell(LONG)
        tell(Progress("a.xlsx", Step.LENDO))
    assert capsys.readouterr().out == ""


def test_a_listener_who_left_ends_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: str) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(terminal, "say", gone)
    with terminal.progress(silent=False, asking=True) as (tell, _):
        tell(LONG)


def test_what_click_says_is_said_in_portuguese_and_the_unknown_stays() -> None:
    assert terminal._in_portuguese("Missing command.") == "Falta dizer o comando."
    assert terminal._in_portuguese("Something new.") == "Something new."
    one, many = (f"Got unexpected extra argument{s} ({{args}})" for s in ("", "s"))
    assert terminal._counted_in_portuguese(one, many, 2).startswith("Sobraram")
