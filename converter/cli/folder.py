"""`iniciar`, `exemplo`, `guia` and `token`: the first ten minutes."""

import os
from pathlib import Path

import click

from converter import terminal
from converter.cli.group import AMBIENTE, PASTA, main, settings_of
from converter.texts.sentences import sentence


@main.command()
@click.argument("pasta", required=False, default=".", metavar="[PASTA]")
@click.option("--cnpj", metavar="CNPJ", help="CNPJ de quem emite as notas.")
@click.option("--nome", metavar="NOME", help="Nome da empresa.")
@click.option("--municipio", metavar="NOME/UF", help="Município da empresa, ou o código do IBGE.")
@click.option("--inscricao", metavar="NÚMERO", help="Inscrição municipal.")
@click.option("--simples", metavar="SIM|NÃO", help="Se é optante do Simples Nacional.")
def iniciar(*, pasta: str, **said: str | None) -> None:
    """Prepara uma pasta de trabalho em poucas perguntas.

    O que já existe na pasta fica como está. Cada pergunta tem uma opção que a responde.
    """
    from converter.setup.answers import QUESTIONS, answers
    from converter.setup.folder import lay_down
    from converter.setup.launchers import Command

    found = {name: terminal.answer(asked, name, said[name]) for name, asked in QUESTIONS.items()}
    folder = Path(pasta)
    written = lay_down(folder, answers(found), Command.of_this_installation())
    for path in written:
        terminal.say(f"  {path.relative_to(folder).as_posix()}")
    key = "comando.pasta-pronta" if written else "comando.pasta-ja-pronta"
    terminal.say(sentence(key, ambiente="simulado"))


@main.command()
@PASTA
def exemplo(*, pasta: str | None) -> None:
    """Põe as planilhas de exemplo em entrada/."""
    from converter.setup import example

    settings = settings_of(pasta=pasta, ambiente="simulado")
    for path in example.lay_down(settings.folders.entrada):
        terminal.say(sentence("comando.escrita", caminho=path))
    terminal.say(sentence("comando.exemplo-pronto", ambiente="simulado"))


@main.command()
@click.argument("pagina", required=False, metavar="[PÁGINA]")
def guia(*, pagina: str | None) -> None:
    """Mostra uma página do guia; sem PÁGINA, diz quais há."""
    from converter.setup import guide

    if pagina:
        for line in guide.page(pagina).splitlines():
            terminal.say(line)
        return
    for name, path in guide.pages().items():
        terminal.say(f"{name}: {guide.title(path.read_text(encoding='utf-8'))}")


@main.command()
@click.option("--cnpj", metavar="CNPJ", help="De uma empresa só. Sem ele, o token serve a todas.")
@click.option("--apagar", is_flag=True, help="Tira o token do cofre.")
@PASTA
@AMBIENTE
def token(*, cnpj: str | None, apagar: bool, pasta: str | None, ambiente: str | None) -> None:
    """Guarda o token da Focus NFe no cofre de senhas do sistema.

    O token é perguntado sem aparecer na tela e nunca é escrito em arquivo.
    """
    from converter.setup import token as tokens

    settings = settings_of(pasta=pasta, ambiente=ambiente)
    tokens.ambiente_of(settings)
    if apagar:
        terminal.say(tokens.forget(settings, cnpj))
        return
    secret = click.prompt(sentence("token.pergunta"), hide_input=True)
    terminal.say(tokens.keep(settings, os.environ, cnpj, secret))
