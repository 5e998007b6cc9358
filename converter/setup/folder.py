"""A working folder laid down: what is there already stays as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from converter.brazil import cnpj, municipio
from converter.disk import write_bytes
from converter.registers import books
from converter.registers.columns import PRESTADORES, TOMADORES
from converter.setup import example, launchers
from converter.setup.answers import SetupAnswers
from converter.texts.command import command

ARQUIVO = "planilote.toml"
ROOMS = ("entrada", "retornos", "saida", "cadastros")


def lay_down(folder: Path, said: SetupAnswers, command: launchers.Command) -> tuple[Path, ...]:
    """Make the folder and whatever it lacks; the files written, in order.

    Raises:
        OSError: The folder cannot be written to.
    """
    for room in ROOMS:
        (folder / room).mkdir(parents=True, exist_ok=True)
    return tuple(_missing(folder, said, command))


def _missing(folder: Path, said: SetupAnswers, command: launchers.Command) -> Iterator[Path]:
    wanted = {
        folder / ARQUIVO: planilote_toml(said).encode(),
        folder / "cadastros" / PRESTADORES: books.prestadores((cnpj.format(said.cnpj), said.nome)),
        folder / "cadastros" / TOMADORES: books.tomadores(),
        **{folder / "entrada" / name: data for name, data in example.files().items()},
        **{folder / name: data for name, data in launchers.files(command).items()},
    }
    for path, data in wanted.items():
        if not path.exists():
            yield write_bytes(path, data)
            if path.suffix in launchers.EXECUTABLE:
                path.chmod(0o755)


def planilote_toml(said: SetupAnswers) -> str:
    """The settings file of one prestador, with a word on each line."""
    city = f"{municipio.nome(said.codigo_municipio)}/{municipio.uf(said.codigo_municipio)}"
    choices = command("guia", "simulado", "planilote-toml")
    token = command("token", "homologacao")
    lines = [
        f"# As escolhas desta pasta. O que cada uma faz: {choices}",
        f"# O token da Focus NFe nunca se escreve aqui. Guarde-o com: {token}",
        "",
        "# simulado (ensaio nesta máquina), homologacao (testes) ou producao (para valer)",
        'ambiente = "simulado"',
        "",
        "# Quem emite as notas. Com mais de uma empresa, use cadastros/prestadores.xlsx.",
        "[[prestadores]]",
        f"cnpj = {json.dumps(cnpj.format(said.cnpj))}",
    ]
    if said.nome:
        lines.append(f"nome = {_text(said.nome)}")
    if said.inscricao_municipal:
        lines.append(f"inscricao_municipal = {_text(said.inscricao_municipal)}")
    lines += [
        f'codigo_municipio = "{said.codigo_municipio}"  # {city}',
        "",
        "# O que completa as células vazias das notas desta empresa.",
        "[prestadores.padroes]",
        f"optante_simples_nacional = {str(said.simples).lower()}",
    ]
    return "\n".join(lines) + "\n"


def _text(said: str) -> str:
    """A TOML basic string: JSON's escapes, and DEL, which JSON leaves bare."""
    return json.dumps(said, ensure_ascii=False).replace("\x7f", "\\u007f")
