"""`abrir`, `vigiar`, `simulador` and `retorno`: what runs until it is ended, and its prefeitura."""

import webbrowser
from threading import Event
from time import monotonic

import click

from converter import __version__, terminal
from converter.cli.group import AMBIENTE, PASTA, PRODUCAO, main, settings_of, surroundings
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


@main.command()
@PASTA
@AMBIENTE
@click.option(
    "--enviar-em-producao",
    is_flag=True,
    help="Envia também em producao, sem perguntar. Sem ele, em producao só confere.",
)
@click.option("--sem-avisos", is_flag=True, help="Não mostra avisos na área de trabalho.")
def vigiar(
    *, pasta: str | None, ambiente: str | None, enviar_em_producao: bool, sem_avisos: bool
) -> None:
    """Fica de olho na pasta e converte cada planilha que chega.

    Uma planilha é convertida quando para de mudar, e uma só vez; um retorno posto em retornos/ é
    lido. O que tem pergunta ou erro espera você. Ctrl-C encerra.
    """
    from converter.texts import console, vigia
    from converter.watching import notice, wakeups
    from converter.watching.alone import watching_alone
    from converter.watching.watch import Watch

    settings = settings_of(pasta=pasta, ambiente=ambiente)
    folders, environment = settings.folders, surroundings()
    terminal.say(console.opening(__version__, settings.ambiente))
    if settings.ambiente == PRODUCAO and not enviar_em_producao:
        terminal.say(vigia.so_confere())
    watch = Watch(
        folders.pasta,
        load=lambda: settings_of(pasta=pasta, ambiente=ambiente),
        environment=environment,
        say=terminal.say,
        notify=(lambda _: None) if sem_avisos else notice.notify,
        seconds=monotonic,
        send_for_real=enviar_em_producao,
    )
    with watching_alone(folders, environment):
        terminal.say(
            sentence("vigia.comecou", pasta=folders.pasta.resolve(), ambiente=settings.ambiente)
        )
        try:
            for _ in wakeups.wakeups([folders.entrada, folders.retornos], Event()):
                watch.look()
        except KeyboardInterrupt:
            terminal.say(sentence("vigia.parou"))


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
