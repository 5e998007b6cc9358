"""`situacao`, `resposta`, `cancelar` and `diario`: what became of the lotes, and who keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from converter import __version__, terminal
from converter.cli.group import (
    AMBIENTE,
    JSON,
    PASTA,
    PRODUCAO,
    Command,
    file_of,
    main,
    settings_of,
    stop,
    surroundings,
    tell_report,
)
from converter.model.exit_code import ExitCode
from converter.texts.sentences import sentence

if TYPE_CHECKING:
    from converter.model.cancelling import Cancelling
    from converter.settings import Chosen


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


@main.command()
@click.argument("ref")
@click.argument("linhas", nargs=-1, metavar="[LINHA]...")
@click.option(
    "--motivo",
    type=click.Choice(["dados-incorretos", "extravio"]),
    default="dados-incorretos",
    show_default=True,
    help="O motivo, como a prefeitura o classifica.",
)
@click.option("--descricao", metavar="TEXTO", help="Por que as notas são canceladas.")
@click.option("--sim", is_flag=True, help="Não pergunta antes de cancelar em producao.")
@PASTA
@AMBIENTE
@JSON
def cancelar(
    *,
    ref: str,
    linhas: tuple[str, ...],
    motivo: str,
    descricao: str | None,
    sim: bool,
    as_json: bool,
    **chosen: Unpack[Chosen],
) -> int:
    """Faz o arquivo que cancela notas de um lote, ou diz como cancelar no site.

    LINHA é a linha da planilha, como o Excel a numera (7, ou Planilha1!7). Sem ela, todas as notas
    do lote.
    """
    from converter.runtime.cancelling import Reason, cancel
    from converter.texts import cancelamento

    settings = settings_of(**chosen)
    asking = not sim and settings.ambiente == PRODUCAO
    if asking and as_json:
        stop(sentence("console.json-sem-pergunta"), code="pergunta-sem-resposta", as_json=True)

    def confirm(plan: Cancelling) -> bool:
        return terminal.ask_first(cancelamento.to_cancel(plan), sentence("cancelamento.pergunta"))

    done = cancel(
        settings,
        surroundings(),
        ref,
        linhas,
        reason=Reason(motivo, lambda: descricao or _why(as_json=as_json)),
        confirm=confirm if asking else None,
    )
    ending = ExitCode.OK if done.outcome else ExitCode.REFUSED
    if as_json:
        terminal.say_json(cancelamento.cancel_json(done, int(ending)))
        return ending
    for line in cancelamento.lines(done):
        terminal.say(line)
    return ending


def _why(*, as_json: bool) -> str:
    """The reason, asked for where somebody can answer."""
    from converter.errors import SettingsError

    silent = as_json or not terminal.may_ask()
    said = "" if silent else terminal.ask(sentence("cancelamento.descricao"))
    if not said.strip():
        raise SettingsError(sentence("cancelamento.sem-descricao"))
    return said.strip()


@main.group()
def diario() -> None:
    """Cuida do diário, que sabe o que já foi enviado."""


@diario.command(cls=Command)
@PASTA
@AMBIENTE
def restaurar(*, pasta: str | None, ambiente: str | None) -> int:
    """Volta à última cópia do diário e diz o que foi enviado depois dela."""
    from converter.runtime import guarding
    from converter.texts import diario as texts

    done = guarding.restore(settings_of(pasta=pasta, ambiente=ambiente), surroundings())
    for line in texts.restored_lines(done):
        terminal.say(line)
    return ExitCode.UNKNOWN if done.unasked else ExitCode.OK


@diario.command(cls=Command)
@PASTA
def compactar(*, pasta: str | None) -> None:
    """Diminui o diário, as cópias dele e a memória da simulação, sem perder nada."""
    from converter.runtime import guarding
    from converter.texts import diario as texts

    for line in texts.compacted_lines(guarding.compact(settings_of(pasta=pasta), surroundings())):
        terminal.say(line)
