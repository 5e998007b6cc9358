"""The command, the wake-ups of the real system, and the desktop notice."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import CliRunner

from converter import cli
from converter.errors import Abort
from converter.runtime.environment import Environment
from converter.settings import Folders
from converter.watching import alone, notice, wakeups
from tests.runs import exemplo, tabela

A_LONG_TICK = 600.0


def vigiar(pasta: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """What the command prints until Ctrl-C, which comes after two looks an hour apart."""

    def looks(*_: object) -> Iterator[None]:
        yield
        yield
        raise KeyboardInterrupt

    moments = iter(range(0, 100_000, 3600))
    monkeypatch.setattr(cli.running, "monotonic", lambda: next(moments))
    monkeypatch.setattr(wakeups, "wakeups", looks)
    result = CliRunner().invoke(
        cli.main, ["vigiar", "--pasta", str(pasta), "--sem-avisos", *words], env={"HOME": "/"}
    )
    assert result.exit_code == 0, result.output
    return result.output


def test_the_command_converts_and_ends_with_ctrl_c(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tabela(tmp_path, exemplo()[:1])
    said = vigiar(tmp_path, monkeypatch)
    assert "notas.csv: 1 nota, R$ 1.500,00; 1 autorizada" in said
    assert said.endswith("Parei de vigiar. O que já foi enviado está guardado.\n")


def test_in_producao_it_says_that_it_only_checks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tabela(tmp_path, exemplo()[:1])
    said = vigiar(tmp_path, monkeypatch, "--ambiente", "producao")
    assert "vigiar só confere" in said
    assert "1 pronta para enviar" in said


def test_a_folder_already_watched_is_told(tmp_path: Path) -> None:
    with alone.watching_alone(Folders(tmp_path), Environment()):
        result = CliRunner().invoke(cli.main, ["vigiar", "--pasta", str(tmp_path)])
    assert result.exit_code == 2
    assert "já está sendo vigiada" in result.output


def test_a_file_that_arrives_wakes_the_watch_at_once(tmp_path: Path) -> None:
    stop = Event()
    woken = wakeups.wakeups([tmp_path], stop, A_LONG_TICK)
    next(woken)
    writer = Thread(target=write_until, args=(tmp_path, stop))
    writer.start()
    try:
        next(woken)
    finally:
        stop.set()
        writer.join()


def write_until(folder: Path, stop: Event) -> None:
    """Write again and again: the watch may begin after the first time."""
    while not stop.wait(0.05):
        (folder / "notas.csv").write_text("x", encoding="utf-8")


def test_a_folder_that_is_not_there_is_looked_for_again(tmp_path: Path) -> None:
    stop = Event()
    woken = wakeups.wakeups([tmp_path / "away"], stop, 0.01)
    for _ in range(3):
        next(woken)
    (tmp_path / "away").mkdir()
    for _ in range(3):
        next(woken)
    stop.set()
    assert next(woken, "ended") == "ended"


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_a_notice_is_never_part_of_a_script(platform: str) -> None:
    text = '"; calc.exe #'
    words, environ = notice._command(platform, text)
    assert all(word == text or text not in word for word in words)
    assert text in (*words, *environ.values())


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for the desktop")
@pytest.mark.parametrize("ending", [0, 1])
def test_the_desktop_is_told_and_may_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: int
) -> None:
    monkeypatch.setattr(notice.sys, "platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    program = tmp_path / "notify-send"
    program.write_text(f'#!/bin/sh\necho "$4" > "{tmp_path}/told"\nexit {ending}\n')
    program.chmod(0o755)
    notice.notify("1 planilha convertida")
    assert (tmp_path / "told").read_text() == "1 planilha convertida\n"


def test_without_a_desktop_nothing_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    notice.notify("1 planilha convertida")


def test_an_error_of_the_disk_is_not_taken_for_a_watched_folder(tmp_path: Path) -> None:
    (tmp_path / "diario").write_text("a file in its place", encoding="utf-8")
    with (
        pytest.raises(Abort) as caught,
        alone.watching_alone(Folders(tmp_path), Environment()),
    ):
        pass
    assert caught.value.code == "diario-somente-leitura"
