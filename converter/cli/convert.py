"""`converter` and `conferir`: the whole pipeline, with and without sending."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Unpack

import click

from converter import __version__, terminal
from converter.cli.group import (
    AMBIENTE,
    JSON,
    PASTA,
    PRODUCAO,
    main,
    settings_of,
    stop,
    surroundings,
    tell_report,
)
from converter.texts.sentences import sentence

if TYPE_CHECKING:
    from converter.settings import Chosen

    class RunOptions(Chosen):
        """What both commands take."""

        arquivos: tuple[str, ...]
        as_json: bool
        quieto: bool


def run_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that both have."""
    for option in reversed(
        (
            click.argument("arquivos", nargs=-1, metavar="[ARQUIVO]..."),
            PASTA,
            AMBIENTE,
            click.option("--mapeamento", metavar="NOME", help="Usa este mapeamento."),
            click.option(
                "--parcial",
                is_flag=True,
                help="Envia as linhas boas de um prestador mesmo que outras tenham erro.",
            ),
            click.option(
                "--processos",
                type=click.IntRange(1, 64),
                metavar="N",
                help="Quantos processos usar. Sem ele, os núcleos da máquina.",
            ),
            click.option(
                "--dask",
                metavar="ENDEREÇO",
                help="Trabalha num cluster Dask, por exemplo tls://10.0.0.5:8786.",
            ),
            JSON,
            click.option("--quieto", is_flag=True, help="Mostra só a última linha."),
        )
    ):
        command = option(command)
    return command


@main.command()
@run_options
@click.option("--sim", is_flag=True, help="Não pergunta antes de enviar em producao.")
@click.option(
    "--reenviar",
    multiple=True,
    metavar="REF",
    help="Envia de novo o que mudou depois de enviado neste lote.",
)
def converter(*, sim: bool, **options: Unpack[RunOptions]) -> int:
    """Lê as planilhas, confere, envia e devolve o resultado preenchido.

    Sem ARQUIVO, converte tudo o que está em entrada/ e depois lê o que está em retornos/.
    """
    return _run(enviar=True, sim=sim, **options)


@main.command()
@run_options
def conferir(**options: Unpack[RunOptions]) -> int:
    """Faz tudo, menos enviar: nada sai desta máquina."""
    return _run(enviar=False, sim=False, **options)


def _run(
    *,
    enviar: bool,
    sim: bool,
    arquivos: tuple[str, ...],
    as_json: bool,
    quieto: bool,
    **chosen: Unpack[Chosen],
) -> int:
    from converter.runtime.memory import gc_paused, gc_skipped_at_exit

    with gc_paused():
        from converter import pipeline
        from converter.texts import console
    gc_skipped_at_exit()
    settings = settings_of(**chosen)
    real = enviar and settings.ambiente == PRODUCAO
    if real and as_json and not sim:
        stop(sentence("console.json-sem-pergunta"), code="pergunta-sem-resposta", as_json=True)
    silent = as_json or quieto
    if not silent:
        terminal.say(console.opening(__version__, settings.ambiente, settings.other_url))
    with terminal.progress(silent=silent, asking=not sim) as (tell, confirm):
        report = pipeline.run(
            settings,
            surroundings(),
            arquivos,
            enviar=enviar,
            tell=tell,
            payloads=as_json,
            confirm=confirm if real else None,
        )
    return tell_report(report, settings, as_json=as_json, quieto=quieto)
