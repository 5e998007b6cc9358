"""`abrir`: the page."""

import webbrowser

import click

from converter import terminal
from converter.cli.group import AMBIENTE, PASTA, main, settings_of, surroundings
from converter.texts.sentences import sentence


@main.command()
@PASTA
@AMBIENTE
@click.option(
    "--porta",
    type=click.IntRange(0, 65535),
    default=0,
    metavar="PORTA",
    help="Porta. Sem ela, uma que esteja livre.",
)
@click.option("--sem-navegador", is_flag=True, help="Só mostra o endereço, e não abre o navegador.")
def abrir(*, pasta: str | None, ambiente: str | None, porta: int, sem_navegador: bool) -> None:
    """Abre uma página no navegador para soltar planilhas, conferir, corrigir e enviar."""
    from functools import partial

    from converter.page.server import PageServer

    load = partial(settings_of, pasta=pasta, ambiente=ambiente)
    load()
    server = PageServer(load, surroundings(), porta)
    terminal.say(sentence("pagina.aberta", url=server.opening))
    terminal.say(sentence("pagina.aberta-dica"))
    if not sem_navegador:
        webbrowser.open(server.opening)
    server.run()
    if server.worker.state.task:
        terminal.say(sentence("pagina.terminando"))
    server.close()
