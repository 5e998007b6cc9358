"""How the command line looks on a screen: click in Portuguese, the spinner, the one question."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from time import monotonic

import click

from converter.brazil.headers import fold
from converter.texts import ajuda
from converter.texts.formato import uma_linha

SAME_AS = {"convert": "converter", "situação": "situacao"}
"""What is typed for a command by those who know the make target, or spell well."""


class Ambientes(click.Choice[str]):
    """The ambientes, with or without their accents."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The ambiente as the settings name it."""
        plain = fold(value)
        return super().convert(plain if plain in self.choices else value, param, ctx)


class Commands(click.Group):
    """The commands, each told in a whole sentence and found by its other name too."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        return super().get_command(ctx, SAME_AS.get(cmd_name, cmd_name))

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Register a command; click would cut its first sentence to the width of the terminal."""
        cmd.options_metavar = ajuda.OPCOES
        cmd.short_help = (cmd.help or "").partition("\n")[0]
        super().add_command(cmd, name)


@contextmanager
def progress(*, silent: bool) -> Iterator[tuple[Callable[[str], None], Callable[[str], bool]]]:
    """Who hears of each file that was read, and who asks before sending.

    On a terminal a spinner tells the file at hand; elsewhere a line comes now and then, so that a
    short run has none.
    """
    from converter.texts import console

    if silent or not sys.stdout.isatty():
        pulse = console.Pulse(monotonic())
        yield (
            (lambda _: None) if silent else (lambda name: _pulse(pulse.told(name, monotonic()))),
            ask_to_send,
        )
        return
    from rich.console import Console
    from rich.markup import escape

    with Console(highlight=False).status(console.TRABALHANDO) as status:

        def ask(summary: str) -> bool:
            status.stop()
            said = ask_to_send(summary)
            status.start()
            return said

        yield lambda name: status.update(f"{console.TRABALHANDO} {escape(name)}"), ask


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


def _pulse(line: str | None) -> None:
    if line is not None:
        say(line)


def ask_to_send(summary: str) -> bool:
    """Show what is about to leave and hear whether it may; no answer is a no."""
    from converter.texts import console

    say(summary)
    try:
        said = click.prompt("Enviar agora? [s/N]", default="n", show_default=False)
    except click.Abort:
        click.echo()
        say(console.SEM_RESPOSTA)
        return False
    return str(said).strip().lower() in {"s", "sim"}


def speak_portuguese() -> None:
    """Let click find our sentences where it looks for the translations of its own."""
    for name in ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types"):
        words = vars(import_module(f"click.{name}"))
        words["_"] = ajuda.em_portugues
        if "ngettext" in words:
            words["ngettext"] = ajuda.em_portugues_contado
