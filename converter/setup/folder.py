"""A working folder laid down: what is there already stays as it is."""

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
_TEMPLATE = Path(__file__).with_name("planilote.txt")
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
        folder / "cadastros" / PRESTADORES: books.prestadores((cnpj.masked(said.cnpj), said.nome)),
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
    told = {"nome": said.nome, "inscricao_municipal": said.inscricao_municipal}
    return _TEMPLATE.read_text(encoding="utf-8").format(
        escolhas=command("guia", "simulado", "planilote-toml"),
        token=command("token", "homologacao"),
        cnpj=cnpj.masked(said.cnpj),
        outros="".join(f"{name} = {_text(text)}\n" for name, text in told.items() if text),
        codigo=said.codigo_municipio,
        cidade=city,
        simples=str(said.simples).lower(),
    )


def _text(said: str) -> str:
    """A TOML basic string: JSON's escapes, and DEL, which JSON leaves bare."""
    return json.dumps(said, ensure_ascii=False).replace("\x7f", "\\u007f")
