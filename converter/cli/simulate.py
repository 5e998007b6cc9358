"""`simulador` and `retorno`: the embedded API and prefeitura."""

import click

from converter import terminal
from converter.cli.group import PASTA, main, settings_of, surroundings
from converter.texts.sentences import sentence


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
def simulador(*, porta: int, endereco: str | None, pasta: str | None) -> None:
    """Roda a API embutida em primeiro plano, com uma página em / para ver os lotes."""
    from converter.runtime import tasks

    settings = settings_of(pasta=pasta, ambiente="simulado")
    with tasks.simulator(settings, endereco, porta) as running:
        terminal.say(sentence("comando.simulador", url=running.url))
        running.wait()


@main.command()
@click.argument("ref")
@PASTA
def retorno(*, ref: str, pasta: str | None) -> None:
    """Faz o papel da prefeitura: escreve o arquivo de retorno de um lote do simulado."""
    from converter.runtime import tasks

    path = tasks.play_prefeitura(settings_of(pasta=pasta, ambiente="simulado"), surroundings(), ref)
    terminal.say(sentence("comando.retorno", caminho=path, ambiente="simulado"))
