"""How the command line looks on a screen: click in Portuguese, the spinner, the one question."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from time import monotonic
from typing import TYPE_CHECKING

import click

from converter.brazil.headers import fold
from converter.model.progress import Begun, News, Tell, unheard
from converter.texts.formato import uma_linha
from converter.texts.sentences import sentence, table

if TYPE_CHECKING:
    from converter.setup.answers import SetupQuestion


class Ambientes(click.Choice[str]):
    """The ambientes, with or without their accents."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The ambiente as the settings name it."""
        plain = fold(value)
        return super().convert(plain if plain in self.choices else value, param, ctx)


@contextmanager
def progress(*, silent: bool, asking: bool) -> Iterator[tuple[Tell, Callable[[str], bool]]]:
    """Who hears what a run tells while it works, and who shows before sending what is to leave.

    Without `asking` it is shown all the same, and goes; a silent run shows only what it asks.
    On a terminal a spinner shows the file at hand, its step and the time gone by; elsewhere a line
    comes now and then, so that a short run has none.
    """
    from converter.texts import progress_lines

    confirm = ask_to_send if asking else show_and_send
    if silent:
        yield unheard, confirm if asking else lambda _: True
    elif sys.stdout.isatty():
        with _spinner(confirm) as heard:
            yield heard
    else:
        pulse = progress_lines.Pulse(monotonic())
        yield lambda news: _mention(pulse.told(news, monotonic())), confirm


@contextmanager
def _spinner(
    confirm: Callable[[str], bool],
) -> Iterator[tuple[Tell, Callable[[str], bool]]]:
    from rich import progress as bars
    from rich.console import Console

    from converter.texts import progress_lines

    words = bars.TextColumn("{task.description}", markup=False)
    columns = bars.SpinnerColumn(), words, bars.TimeElapsedColumn()
    said = progress_lines.ProgressLine()
    with bars.Progress(*columns, console=Console(highlight=False), transient=True) as spinner:
        task = spinner.add_task(sentence("andamento.trabalhando"), total=None)

        @contextmanager
        def aside() -> Iterator[None]:
            spinner.stop()
            yield
            spinner.start()

        def tell(news: News) -> None:
            if not isinstance(news, Begun):
                spinner.update(task, description=uma_linha(said.at(news)))
            elif ahead := said.ahead(news):
                with aside():
                    say(ahead)

        def ask(summary: str) -> bool:
            with aside():
                return confirm(summary)

        yield tell, ask


def say(line: str, *, err: bool = False) -> None:
    """Print a line, whatever strangers wrote into what it tells of: a sheet commands no screen."""
    click.echo(uma_linha(line), err=err)


def say_json(text: str) -> None:
    """Print JSON in UTF-8, which is what it is made of, on every system."""
    click.echo(text.encode("utf-8", "replace"))


def forgive() -> None:
    """Let a screen without some letter show another, rather than end the run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Some stand-ins for a screen cannot; they show what they can.
            with suppress(OSError, ValueError):
                stream.reconfigure(errors="replace")


def _mention(line: str | None) -> None:
    """Print what may also be missed: a closed pipe ends no run, and costs no file its result."""
    if line is not None:
        with suppress(OSError):
            say(line)


def ask_to_send(summary: str) -> bool:
    """Show what is about to leave and hear whether it may; no answer is a no."""
    return ask_first(summary, sentence("envio.pergunta"))


def ask_first(summary: str, question: str) -> bool:
    """Show what is about to be done and hear whether it may; no answer is a no."""
    show_and_send(summary)
    try:
        said = click.prompt(question, default="n", show_default=False)
    except click.Abort:
        click.echo()
        say(sentence("console.sem-resposta"))
        return False
    return str(said).strip().lower() in {"s", "sim"}


def show_and_send(summary: str) -> bool:
    """Show what is about to leave, line by line; it may."""
    for line in summary.split("\n"):
        say(line)
    return True


def may_ask() -> bool:
    """Whether somebody sits at a terminal, to read a question and to type an answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str) -> str:
    """What is typed at a question, "" for Enter alone."""
    return str(click.prompt(question, default="", show_default=False))


def answer(asked: SetupQuestion, name: str, said: str | None) -> object:
    """What was answered to a question: by its flag, else at the terminal, asked until it serves.

    Raises:
        SettingsError: The flag's answer cannot be used, or there is no one to ask.
    """
    from converter.errors import SettingsError

    interactive = said is None and sys.stdin.isatty()
    if said is None and not interactive:
        if asked.default is None:
            what = f"{asked.text[:1].lower()}{asked.text[1:]}"
            raise SettingsError(sentence("comando.falta", opcao=name, pergunta=what))
        said = asked.default
    while True:
        typed = said
        if typed is None:
            typed = str(click.prompt(asked.text, default=asked.default, show_default=False))
        parsed = asked.read(typed)
        if parsed.problem is None:
            return parsed.value
        refusal = asked.refusal(typed, parsed)
        if not interactive:
            raise SettingsError(f"--{name}: {refusal}")
        say(refusal)


def speak_portuguese() -> None:
    """Let click find our sentences where it looks for the translations of its own."""
    for name in ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types"):
        words = vars(import_module(f"click.{name}"))
        words["_"] = _in_portuguese
        if "ngettext" in words:
            words["ngettext"] = _counted_in_portuguese


def _in_portuguese(said: str) -> str:
    return table("clique").get(said, said)


def _counted_in_portuguese(one: str, many: str, count: int) -> str:
    return _in_portuguese(one if count == 1 else many)
