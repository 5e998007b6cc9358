"""What all commands share: the group, their common options, and how each of them ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec

import click

from converter import __version__, terminal
from converter.model.abort import Abort
from converter.model.run import ExitCode
from converter.texts import ajuda

if TYPE_CHECKING:
    from converter.model.run import RunReport
    from converter.runtime.environment import World
    from converter.settings import Settings

P = ParamSpec("P")
DEPURAR = "PLANILOTE_DEPURAR"
"""The variable that shows a developer what went wrong inside."""

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


@click.group(
    cls=terminal.Commands,
    options_metavar=ajuda.OPCOES,
    subcommand_metavar=ajuda.COMANDO,
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


def guarded(command: Callable[P, int]) -> Callable[P, None]:
    """A command whose every failure is one sentence and an exit code, never a traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        from converter.settings import SettingsError
        from converter.texts.catalogue import abort, disk

        terminal.forgive()
        try:
            code = command(*args, **kwargs)
        except SettingsError as error:
            stop(str(error))
        except Abort as error:
            stop(abort(error))
        except (BrokenPipeError, click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except OSError as error:
            stop(disk(error))
        except Exception as error:
            if os.environ.get(DEPURAR):
                raise
            stop(ajuda.DEFEITO.format(nome=type(error).__name__, variavel=DEPURAR))
        except KeyboardInterrupt:
            stop(
                "Interrompido. O que já foi enviado está guardado; rode de novo para continuar.",
                ExitCode.REFUSED,
            )
        sys.exit(code)

    return run


def stop(sentence: str, code: ExitCode = ExitCode.USAGE) -> NoReturn:
    """End with one sentence on stderr."""
    terminal.say(sentence, err=True)
    sys.exit(code)


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


def surroundings() -> World:
    """The clock and the environment of this process."""
    from converter.runtime.environment import World

    return World(environ=os.environ)


def settings_of(**chosen: Any) -> Settings:
    """The settings of this command.

    Raises:
        SettingsError: A choice that cannot be followed.
    """
    from converter.settings import load

    return load(os.environ, **chosen)
