"""`mapear`, `mapeamentos` and `modelo`: which column is which field."""

from __future__ import annotations

from datetime import datetime

import click

from converter import terminal
from converter.cli.group import PASTA, file_of, guarded, main, settings_of
from converter.model.run import ExitCode
from converter.texts.sentences import sentence


@main.command()
@click.argument("arquivo")
@PASTA
@guarded
def mapear(*, arquivo: str, pasta: str | None) -> int:
    """Pergunta o que é cada coluna de uma planilha; sem terminal, escreve um rascunho."""
    from converter.runtime import mapping_memory

    settings = settings_of(pasta=pasta)
    source = file_of(settings, arquivo, settings.folders.entrada)
    if terminal.may_ask():
        from converter.runtime import interview

        if interview.has_notes(settings, source):
            today = datetime.now().astimezone().date()
            interview.interview(settings, today, source, terminal.ask, terminal.say)
            return ExitCode.OK
    path = mapping_memory.draft_mapping(settings, source)
    terminal.say(sentence("comando.rascunho", caminho=path))
    return ExitCode.OK


@main.command()
@click.argument("arquivo", required=False)
@PASTA
@guarded
def mapeamentos(*, arquivo: str | None, pasta: str | None) -> int:
    """Lista os mapeamentos conhecidos; com ARQUIVO, explica qual serve e por quê."""
    from converter.runtime import mapping_memory

    settings = settings_of(pasta=pasta)
    path = file_of(settings, arquivo, settings.folders.entrada) if arquivo else None
    for line in mapping_memory.explain_mappings(settings, path):
        terminal.say(line)
    return ExitCode.OK


@main.command()
@click.argument("nome", required=False)
@PASTA
@guarded
def modelo(*, nome: str | None, pasta: str | None) -> int:
    """Escreve uma planilha-modelo para preencher."""
    from converter.runtime import mapping_memory

    path = mapping_memory.write_template(settings_of(pasta=pasta), nome)
    terminal.say(sentence("comando.modelo", caminho=path))
    return ExitCode.OK
