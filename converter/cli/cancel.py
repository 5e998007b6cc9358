"""`cancelar`: notes that were issued and must not stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import click

from converter import terminal
from converter.cli.group import (
    AMBIENTE,
    JSON,
    PASTA,
    PRODUCAO,
    main,
    settings_of,
    stop,
    surroundings,
)
from converter.model.run import ExitCode
from converter.texts.sentences import sentence

if TYPE_CHECKING:
    from converter.model.cancelling import Cancelling
    from converter.settings import Chosen


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
