"""The command line: the only place that prints and chooses exit codes.

Whatever a command needs is imported inside it, so that `planilote --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, ParamSpec

import click

from converter import __version__, terminal
from converter.errors import PlaniloteError
from converter.model.run import ExitCode
from converter.texts import ajuda

if TYPE_CHECKING:
    from converter.model.run import RunReport
    from converter.runtime.environment import Environment
    from converter.settings import Settings

P = ParamSpec("P")
DEPURAR = "PLANILOTE_DEPURAR"
"""The variable that shows a developer what went wrong inside."""

PRODUCAO = "producao"
AMBIENTES = terminal.Ambientes(["simulado", "homologacao", PRODUCAO])
_PASTA = click.option(
    "--pasta", metavar="PASTA", help="Pasta de trabalho. Sem ela, PLANILOTE_PASTA ou a atual."
)
_AMBIENTE = click.option(
    "--ambiente", type=AMBIENTES, help="Para onde vão os lotes. Sem ele, simulado."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Responde em JSON, e nada mais.")


def guarded(command: Callable[P, int]) -> Callable[P, None]:
    """A command whose every failure is one sentence and an exit code, never a traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        from converter.texts.catalogue import disk

        terminal.forgive()
        try:
            code = command(*args, **kwargs)
        except PlaniloteError as error:
            _stop(str(error))
        except (BrokenPipeError, click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except OSError as error:
            _stop(disk(error))
        except Exception as error:
            if os.environ.get(DEPURAR):
                raise
            _stop(_broken(error, kwargs.get("pasta")))
        except KeyboardInterrupt:
            _stop(
                "Interrompido. O que já foi enviado está guardado; rode de novo para continuar.",
                ExitCode.REFUSED,
            )
        sys.exit(code)

    return run


def _broken(error: Exception, pasta: object) -> str:
    """Our own mistake, in one sentence with the place; the way there is in the log."""
    from converter.runtime.workspace import log_broken
    from converter.settings import folders

    where, log = log_broken(folders(os.environ, str(pasta) if pasta else None), error)
    name = type(error).__name__
    return ajuda.DEFEITO.format(nome=name, onde=f" em {where}" if where else "", registro=log)


def _stop(sentence: str, code: ExitCode = ExitCode.USAGE) -> NoReturn:
    terminal.say(sentence, err=True)
    sys.exit(code)


@click.group(
    cls=terminal.Commands,
    options_metavar=ajuda.OPCOES,
    subcommand_metavar=ajuda.COMANDO,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    __version__,
    prog_name="planilote",
    message="%(prog)s %(version)s",
    help="Mostra a versão.",
)
def main() -> None:
    """Planilhas de notas de serviço em lotes de RPS.

    Ponha as planilhas na pasta entrada/ e rode: planilote converter
    """


def _run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(
        (
            click.argument("arquivos", nargs=-1, metavar="[ARQUIVO]..."),
            _PASTA,
            _AMBIENTE,
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
                help="Trabalha num cluster Dask, por exemplo tcp://10.0.0.5:8786.",
            ),
            _JSON,
            click.option("--quieto", is_flag=True, help="Mostra só a última linha."),
        )
    ):
        command = option(command)
    return command


@main.command()
@_run_options
@click.option("--sim", is_flag=True, help="Não pergunta antes de enviar em producao.")
@click.option(
    "--reenviar",
    multiple=True,
    metavar="REF",
    help="Envia de novo o que mudou depois de enviado neste lote.",
)
@guarded
def converter(*, sim: bool, **options: Any) -> int:
    """Lê as planilhas, confere, envia e devolve o resultado preenchido.

    Sem ARQUIVO, converte tudo o que está em entrada/ e depois lê o que está em retornos/.
    """
    return _run(enviar=True, sim=sim, **options)


@main.command()
@_run_options
@guarded
def conferir(**options: Any) -> int:
    """Faz tudo, menos enviar: nada sai desta máquina."""
    return _run(enviar=False, sim=False, **options)


@main.command()
@_PASTA
@_AMBIENTE
@_JSON
@guarded
def situacao(*, pasta: str | None, ambiente: str | None, as_json: bool) -> int:
    """Mostra cada lote, em que pé está e o que fazer a seguir."""
    from converter.runtime import tasks
    from converter.texts import console

    settings = _settings(pasta=pasta, ambiente=ambiente)
    standing = tasks.situacao(settings, _environment())
    if as_json:
        from converter.texts.machine import situacao_json

        terminal.say_json(situacao_json(settings.ambiente, standing))
        return ExitCode.OK
    terminal.say(console.opening(__version__, settings.ambiente))
    for line in console.situacao_lines(standing):
        terminal.say(line)
    return ExitCode.OK


@main.command()
@click.argument("ref")
@click.argument("arquivo", type=click.Path(exists=True, dir_okay=False))
@_PASTA
@_AMBIENTE
@_JSON
@guarded
def resposta(
    *, ref: str, arquivo: str, pasta: str | None, ambiente: str | None, as_json: bool
) -> int:
    """Envia o arquivo de retorno da prefeitura para um lote."""
    from converter.runtime import tasks

    settings = _settings(pasta=pasta, ambiente=ambiente)
    report = tasks.answer(settings, _environment(), ref, Path(arquivo))
    return _tell(report, settings, as_json=as_json, quieto=False)


@main.command()
@click.argument("arquivo", type=click.Path(exists=True, dir_okay=False))
@_PASTA
@guarded
def mapear(*, arquivo: str, pasta: str | None) -> int:
    """Escreve o rascunho de um mapeamento para uma planilha desconhecida."""
    from converter.runtime import mapping_memory as mapping_desk

    path = mapping_desk.draft_mapping(_settings(pasta=pasta), Path(arquivo))
    terminal.say(f"Rascunho escrito em {path}. Confirme cada linha marcada com “# confirmar”.")
    return ExitCode.OK


@main.command()
@click.argument("arquivo", required=False, type=click.Path(exists=True, dir_okay=False))
@_PASTA
@guarded
def mapeamentos(*, arquivo: str | None, pasta: str | None) -> int:
    """Lista os mapeamentos conhecidos; com ARQUIVO, explica qual serve e por quê."""
    from converter.runtime import mapping_memory as mapping_desk

    path = Path(arquivo) if arquivo else None
    for line in mapping_desk.explain_mappings(_settings(pasta=pasta), path):
        terminal.say(line)
    return ExitCode.OK


@main.command()
@click.argument("nome", required=False)
@_PASTA
@guarded
def modelo(*, nome: str | None, pasta: str | None) -> int:
    """Escreve uma planilha-modelo para preencher."""
    from converter.runtime import mapping_memory as mapping_desk

    path = mapping_desk.write_template(_settings(pasta=pasta), nome)
    terminal.say(f"Modelo escrito em {path}. Preencha e mova para a pasta entrada/.")
    return ExitCode.OK


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
@click.option(
    "--falhas",
    metavar="ARQUIVO",
    type=click.Path(exists=True, dir_okay=False),
    help="Falhas a encenar (TOML).",
)
@_PASTA
@guarded
def simulador(*, porta: int, endereco: str | None, falhas: str | None, pasta: str | None) -> int:
    """Roda a API embutida em primeiro plano, com uma página em / para ver os lotes."""
    from converter.runtime import tasks
    from converter.texts import console

    settings = _settings(pasta=pasta, ambiente="simulado")
    plan = Path(falhas) if falhas else None
    with tasks.simulator(settings, endereco, porta, plan) as running:
        terminal.say(f"API embutida em {running.url} · {console.SIMULACAO} · Ctrl-C encerra")
        running.wait()
    return ExitCode.OK


@main.command()
@click.argument("ref")
@_PASTA
@guarded
def retorno(*, ref: str, pasta: str | None) -> int:
    """Faz o papel da prefeitura: escreve o arquivo de retorno de um lote do simulado."""
    from converter.runtime import tasks

    path = tasks.play_prefeitura(_settings(pasta=pasta, ambiente="simulado"), _environment(), ref)
    terminal.say(f"Retorno escrito em {path}. Rode: make convert")
    return ExitCode.OK


def _run(
    *,
    enviar: bool,
    sim: bool,
    arquivos: tuple[str, ...],
    as_json: bool,
    quieto: bool,
    **chosen: Any,
) -> int:
    from converter import pipeline
    from converter.texts import console

    settings = _settings(**chosen)
    asking = enviar and not sim and settings.ambiente == PRODUCAO
    if asking and as_json:
        _stop(console.JSON_SEM_PERGUNTA)
    silent = as_json or quieto
    if not silent:
        terminal.say(console.opening(__version__, settings.ambiente))
    with terminal.progress(silent=silent) as (tell, confirm):
        report = pipeline.run(
            settings,
            _environment(),
            arquivos,
            enviar=enviar,
            tell=tell,
            payloads=as_json,
            confirm=confirm if asking else None,
        )
    return _tell(report, settings, as_json=as_json, quieto=quieto)


def _tell(report: RunReport, settings: Settings, *, as_json: bool, quieto: bool) -> int:
    from converter.texts import console, machine

    if as_json:
        terminal.say_json(machine.run_json(report, settings.folders.pasta))
        return report.exit_code
    if not quieto:
        for line in console.report_lines(report, settings.folders.pasta):
            terminal.say(line)
    terminal.say(console.verdict(report))
    return report.exit_code


def _environment() -> Environment:
    from converter.runtime.environment import Environment

    return Environment(environ=os.environ)


def _settings(**chosen: Any) -> Settings:
    from converter.settings import load

    return load(os.environ, **chosen)


terminal.speak_portuguese()
