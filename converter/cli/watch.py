"""`vigiar`: the folder that converts what is dropped into it."""

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
