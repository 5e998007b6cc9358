"""`simulador` and `retorno`: the embedded API and prefeitura."""

from __future__ import annotations

import click

from converter import terminal
from converter.cli.group import PASTA, guarded, main, settings_of, surroundings
from converter.model.run import ExitCode


@main.command()
@click.option(
    "--porta",
    metavar="PORTA",
    type=click.IntRange(0, 65535),
    default=8008,
    show_default=True,
    help="Porta.",
)
@click.option(
    "--endereco",
    metavar="ENDEREÇO",
    help="Outro endereço desta máquina. Sem ele, só ela mesma a vê.",
)
@PASTA
@guarded
def simulador(*, porta: int, endereco: str | None, pasta: str | None) -> int:
    """Roda a API embutida em primeiro plano, com uma página em / para ver os lotes."""
    from converter.runtime import tasks
    from converter.texts import console

    settings = settings_of(pasta=pasta, ambiente="simulado")
    with tasks.simulator(settings, endereco, porta) as running:
        terminal.say(f"API embutida em {running.url} · {console.SIMULACAO} · Ctrl-C encerra")
        running.wait()
    return ExitCode.OK


@main.command()
@click.argument("ref")
@PASTA
@guarded
def retorno(*, ref: str, pasta: str | None) -> int:
    """Faz o papel da prefeitura: escreve o arquivo de retorno de um lote do simulado."""
    from converter.runtime import tasks
    from converter.texts.command import command

    path = tasks.play_prefeitura(settings_of(pasta=pasta, ambiente="simulado"), surroundings(), ref)
    terminal.say(f"Retorno escrito em {path}. Rode: {command('converter', 'simulado')}")
    return ExitCode.OK
