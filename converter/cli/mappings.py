"""`mapear`, `mapeamentos` and `modelo`: which column is which field."""

from datetime import datetime

import click

from converter import terminal
from converter.cli.group import PASTA, file_of, main, settings_of
from converter.texts.sentences import sentence


@main.command()
@click.argument("arquivo")
@PASTA
def mapear(*, arquivo: str, pasta: str | None) -> None:
    """Pergunta o que é cada coluna de uma planilha; sem terminal, escreve um rascunho."""
    from converter.runtime import mapping_commands

    settings = settings_of(pasta=pasta)
    source = file_of(settings, arquivo, settings.folders.entrada)
    if terminal.may_ask():
        from converter.runtime import interview

        today = datetime.now().astimezone().date()
        asked = interview.interview(settings, today, source, terminal.ask, terminal.say)
        if asked is not None:
            return
    path = mapping_commands.draft_mapping(settings, source)
    terminal.say(sentence("comando.rascunho", caminho=path))


@main.command()
@click.argument("arquivo", required=False)
@PASTA
def mapeamentos(*, arquivo: str | None, pasta: str | None) -> None:
    """Lista os mapeamentos conhecidos; com ARQUIVO, explica qual serve e por quê."""
    from converter.runtime import mapping_commands

    settings = settings_of(pasta=pasta)
    path = file_of(settings, arquivo, settings.folders.entrada) if arquivo else None
    for line in mapping_commands.explain_mappings(settings, path):
        terminal.say(line)


@main.command()
@click.argument("nome", required=False)
@PASTA
def modelo(*, nome: str | None, pasta: str | None) -> None:
    """Escreve uma planilha-modelo para preencher."""
    from converter.runtime import mapping_commands

    path = mapping_commands.write_template(settings_of(pasta=pasta), nome)
    terminal.say(sentence("comando.modelo", caminho=path))
