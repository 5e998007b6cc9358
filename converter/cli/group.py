"""What all commands share: the group, their common options, and how each of them ends."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Unpack

import click

from converter import __version__, terminal
from converter.model.exit_code import ExitCode
from converter.texts.sentences import sentence

if TYPE_CHECKING:
    from converter.model.run import RunReport
    from converter.runtime.environment import Environment
    from converter.runtime.workspace import Stopped
    from converter.settings import Chosen, Settings

DEPURAR = "PLANILOTE_DEPURAR"
"""The variable that shows a developer what went wrong inside."""

SAME_AS = {"convert": "converter", "situação": "situacao"}
"""What is typed for a command by those who know the make target, or spell well."""
PRODUCAO = "producao"
PASTA = click.option(
    "--pasta", metavar="PASTA", help="Pasta de trabalho. Sem ela, PLANILOTE_PASTA ou a atual."
)
AMBIENTE = click.option(
    "--ambiente",
    type=terminal.Ambientes(["simulado", "homologacao", PRODUCAO]),
    help="Para onde vão os lotes. Sem ele, simulado.",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Responde em JSON, e nada mais.")


class Command(click.Command):
    """A command whose every failure is one sentence and an exit code, never a traceback.

    It gives its exit code, or nothing where all is well.
    """

    def invoke(self, ctx: click.Context) -> NoReturn:
        """Run the command and end."""
        terminal.forgive()
        tell = partial(stop, as_json=bool(ctx.params.get("as_json")))
        try:
            code = super().invoke(ctx)
        except (BrokenPipeError, click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            told = _stopped(error, ctx.params.get("pasta"))
            if told.ours and os.environ.get(DEPURAR):
                raise
            tell(told.message, told.hint, code=told.code)
        except KeyboardInterrupt:
            line = sentence("comando.interrompido", comando=_typed())
            tell(line, code="interrompido", ending=ExitCode.REFUSED)
        sys.exit(code or ExitCode.OK)


class Program(click.Group):
    """The commands, each told in a whole sentence and found by its other name too.

    Their wrong use is one JSON object too where JSON was asked for.
    """

    command_class = Command

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        return super().get_command(ctx, SAME_AS.get(cmd_name, cmd_name))

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Register a command; click would cut its first sentence to the width of the terminal."""
        cmd.options_metavar = sentence("comando.opcoes")
        cmd.short_help = (cmd.help or "").partition("\n")[0]
        super().add_command(cmd, name)

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """Run a command; click itself tells what is wrong where no JSON was asked for."""
        words = sys.argv[1:] if args is None else list(args)
        extra["obj"] = words
        if "--json" not in words:
            return super().main(args, *more, **extra)
        try:
            return super().main(args, *more, **{**extra, "standalone_mode": False})
        except click.UsageError as error:
            stop(error.format_message(), code="uso", as_json=True)
        except click.Abort:
            stop(
                sentence("comando.interrompido-json"),
                code="interrompido",
                as_json=True,
                ending=ExitCode.REFUSED,
            )


@click.group(
    cls=Program,
    options_metavar=sentence("comando.opcoes"),
    subcommand_metavar=sentence("comando.comando"),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    __version__,
    prog_name="planilote",
    message="%(prog)s %(version)s",
    help="Mostra a versão.",
)
def main() -> None:
    """Planilhas de notas de serviço em lotes de RPS.

    Ponha as planilhas na pasta entrada/ e rode: planilote converter
    """


def _stopped(error: Exception, pasta: object) -> Stopped:
    """What an exception says to the person who typed the command."""
    from converter.runtime.workspace import stopped
    from converter.settings import folders

    named = str(pasta) if pasta else None
    return stopped(error, lambda: folders(os.environ, named), _typed())


def _typed() -> str:
    """What was typed, to be typed again: its ambiente stands in it where one was said."""
    from converter.texts.command import command

    verb, *words = click.get_current_context().find_root().obj
    return command(verb, "simulado", *words)


def stop(
    message: str,
    hint: str = "",
    *,
    code: str,
    as_json: bool = False,
    ending: ExitCode = ExitCode.USAGE,
) -> NoReturn:
    """End with a sentence on stderr, or with one JSON object on stdout where that was asked for."""
    if as_json:
        error = {"codigo": code, "mensagem": message, "sugestao": hint}
        told = {"erro": error, "codigo_saida": int(ending)}
        terminal.say_json(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        terminal.say(f"{message} {hint}".strip(), err=True)
    sys.exit(ending)


def tell_report(report: RunReport, settings: Settings, *, as_json: bool, quieto: bool) -> int:
    """Say what a run did, as JSON or in words; its exit code."""
    from converter.texts import console, machine

    if as_json:
        terminal.say_json(machine.run_json(report, settings.folders.pasta))
        return report.exit_code
    if not quieto:
        for line in console.report_lines(report, settings.folders.pasta):
            terminal.say(line)
    terminal.say(console.verdict(report))
    return report.exit_code


def surroundings() -> Environment:
    """The clock and the environment of this process."""
    from converter.runtime.environment import Environment

    return Environment(environ=os.environ)


def settings_of(**chosen: Unpack[Chosen]) -> Settings:
    """The settings of this command.

    Raises:
        SettingsError: A choice that cannot be followed.
    """
    from converter.settings import load

    return load(os.environ, **chosen)


def file_of(settings: Settings, name: str, room: Path) -> Path:
    """The file a command is about, found from anywhere by its name in the folder it belongs to.

    Raises:
        SettingsError: There is no such file.
    """
    from converter.errors import SettingsError

    found = settings.folders.find(name, room)
    if found is None:
        raise SettingsError(sentence("comando.sem-arquivo", nome=name, pasta=room.name))
    return found
