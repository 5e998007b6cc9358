"""`situacao` and `resposta`: what became of the lotes."""

import click

from converter import __version__, terminal
from converter.cli.group import (
    AMBIENTE,
    JSON,
    PASTA,
    file_of,
    main,
    settings_of,
    surroundings,
    tell_report,
)


@main.command()
@PASTA
@AMBIENTE
@JSON
def situacao(*, pasta: str | None, ambiente: str | None, as_json: bool) -> None:
    """Mostra cada lote, em que pé está e o que fazer a seguir."""
    from converter.runtime import tasks
    from converter.texts import console

    settings = settings_of(pasta=pasta, ambiente=ambiente)
    standing = tasks.situacao(settings, surroundings())
    if as_json:
        from converter.texts.machine import situacao_json

        terminal.say_json(situacao_json(settings.ambiente, standing))
        return
    terminal.say(console.opening(__version__, settings.ambiente, settings.other_url))
    for line in console.situacao_lines(standing, settings.ambiente):
        terminal.say(line)


@main.command()
@click.argument("ref")
@click.argument("arquivo")
@PASTA
@AMBIENTE
@JSON
def resposta(
    *, ref: str, arquivo: str, pasta: str | None, ambiente: str | None, as_json: bool
) -> int:
    """Envia o arquivo de retorno da prefeitura para um lote."""
    from converter.runtime import tasks

    settings = settings_of(pasta=pasta, ambiente=ambiente)
    path = file_of(settings, arquivo, settings.folders.retornos)
    report = tasks.answer(settings, surroundings(), ref, path)
    return tell_report(report, settings, as_json=as_json, quieto=False)
