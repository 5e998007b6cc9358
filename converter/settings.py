"""`planilote.toml`, the environment and the command line, as one frozen value.

Tokens are not here: they are asked for where they are used and never stored.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypedDict, TypeVar, Unpack

from converter.errors import SettingsError
from converter.focus.address import checked_url
from converter.texts.sentences import sentence

T = TypeVar("T")

ARQUIVO = "planilote.toml"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
"""How a file begins that Notepad saved as "Unicode"."""
HOSTS = {
    "homologacao": "https://homologacao.focusnfe.com.br",
    "producao": "https://api.focusnfe.com.br",
}


class Ambiente(StrEnum):
    """Where lotes go. `simulado` never leaves the machine."""

    SIMULADO = "simulado"
    HOMOLOGACAO = "homologacao"
    PRODUCAO = "producao"

    @property
    def realer(self) -> tuple[Ambiente, ...]:
        """The ambientes whose results count for more than this one's."""
        order = tuple(Ambiente)
        return order[order.index(self) + 1 :]


@dataclass(frozen=True, slots=True)
class Folders:
    """The working folder and its rooms.

    `ensaio` is the part of `saida/` for a run whose results must not take the place of more real
    ones.
    """

    pasta: Path
    ensaio: str = ""

    def find(self, name: str, *rooms: Path) -> Path | None:
        """The file of that name: as given, else in one of `rooms`, else in the working folder."""
        places = (Path(name), *(room / name for room in rooms), self.pasta / name)
        return next((path for path in places if path.is_file()), None)

    @property
    def entrada(self) -> Path:
        """What the user drops; never written to."""
        return self.pasta / "entrada"

    @property
    def retornos(self) -> Path:
        """Return files downloaded from the prefeitura."""
        return self.pasta / "retornos"

    @property
    def saida(self) -> Path:
        """Everything planilote hands back."""
        return self.pasta / self.saida_aqui

    @property
    def saida_aqui(self) -> str:
        """The same as seen from the working folder, with `/`."""
        return f"saida/{self.ensaio}" if self.ensaio else "saida"

    @property
    def substituidos(self) -> Path:
        """Where the page puts away a file that another takes the place of."""
        return self.diario / "substituidos"

    @property
    def diario(self) -> Path:
        """The journal, the log and the lock."""
        return self.pasta / "diario"

    @property
    def cadastros(self) -> Path:
        """The user's registers: who issues, and the customers."""
        return self.pasta / "cadastros"

    @property
    def mappings(self) -> Path:
        """The user's own mappings, beside the shipped ones."""
        return self.pasta / "mappings"


@dataclass(frozen=True, slots=True)
class Settings:
    """All choices of one run.

    `tabela` is `planilote.toml` as read, for the parts other packages own (`padroes`,
    `prestadores`, `municipios`, `severidade`), and `texto` the file itself, to tell lines. `url`
    is None in `simulado`; `ambiente_dito` tells whether anyone chose the ambiente. `processos` 0
    leaves the number to us; `dask` is the address of a scheduler.
    """

    folders: Folders
    ambiente: Ambiente = Ambiente.SIMULADO
    url: str | None = None
    mapeamento: str | None = None
    parcial: bool = False
    processos: int = 1
    dask: str | None = None
    reenviar: frozenset[str] = frozenset()
    ambiente_dito: bool = True
    certificados: str | None = None
    tabela: Mapping[str, object] = field(default_factory=dict)
    texto: str = ""

    @property
    def other_url(self) -> str | None:
        """The API, where it is not the one this ambiente has."""
        return self.url if self.url != HOSTS.get(self.ambiente) else None


def folders(environ: Mapping[str, str], pasta: str | None) -> Folders:
    """The working folder that was asked for, or this one."""
    return Folders(Path(pasta or environ.get("PLANILOTE_PASTA") or "."))


class Chosen(TypedDict, total=False):
    """What the command line says; what it leaves out, others decide."""

    pasta: str | None
    ambiente: str | None
    mapeamento: str | None
    parcial: bool
    processos: int | None
    dask: str | None
    reenviar: tuple[str, ...]


def load(environ: Mapping[str, str], **chosen: Unpack[Chosen]) -> Settings:
    """Command line over environment over `planilote.toml` over defaults.

    Raises:
        SettingsError: A value that no run could use.
        Abort: An address to which no token may travel.
    """
    rooms = folders(environ, chosen.get("pasta"))
    if not rooms.pasta.is_dir():
        raise SettingsError(sentence("escolhas.sem-pasta", pasta=rooms.pasta))
    tabela, texto = read_toml(rooms.pasta / ARQUIVO)
    said = chosen.get("ambiente") or environ.get("PLANILOTE_AMBIENTE") or tabela.get("ambiente")
    ambiente, other = _ambiente(said or Ambiente.SIMULADO), environ.get("PLANILOTE_URL")
    return Settings(
        folders=rooms,
        ambiente=ambiente,
        url=checked_url(other) if other else HOSTS.get(ambiente),
        mapeamento=chosen.get("mapeamento") or option(tabela, "mapeamento", str, "") or None,
        parcial=chosen.get("parcial") or option(tabela, "parcial", bool, False),
        processos=chosen.get("processos") or option(tabela, "processos", int, 0),
        dask=chosen.get("dask"),
        reenviar=frozenset(chosen.get("reenviar", ())),
        ambiente_dito=bool(said),
        certificados=environ.get("PLANILOTE_CERTIFICADOS")
        or option(tabela, "certificados", str, "")
        or None,
        tabela=tabela,
        texto=texto,
    )


def option(table: Mapping[str, object], key: str, kind: type[T], otherwise: T) -> T:
    """The value of a key, of the kind it must have.

    Raises:
        SettingsError: It is of another kind.
    """
    value = table.get(key, otherwise)
    if type(value) is not kind:
        wanted = sentence(f"escolhas.tipos.{kind.__name__}")
        raise SettingsError(sentence("escolhas.tipo", arquivo=ARQUIVO, chave=key, tipo=wanted))
    return value


def read_toml(path: Path) -> tuple[dict[str, object], str]:
    """The table in `path` and its text; both empty where there is no such file.

    Raises:
        SettingsError: The file is not TOML (the sentence names the line), not UTF-8 or UTF-16, or
            lies there under a name that is not read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        _no_second_ending(path)
        return {}, ""
    try:
        text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(sentence("escolhas.sem-utf8", arquivo=path.name)) from error
    try:
        return tomllib.loads(text), text
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(_unreadable(path.name, str(error))) from error


def _no_second_ending(path: Path) -> None:
    """Notepad saves `planilote.toml.txt`, and Windows hides its ending: it would not be read."""
    for ending in (".txt", ".TXT", ".toml"):
        other = path.with_name(path.name + ending)
        if other.is_file():
            raise SettingsError(sentence("escolhas.outro-nome", arquivo=other.name, nome=path.name))


def _unreadable(name: str, reason: str) -> str:
    """Where TOML stopped making sense and what it should look like; the parser says it in English.

    `reason` is the parser's sentence, which ends with the line and column where it has one.
    """
    found = re.search(r"line (\d+), column (\d+)", reason)
    if found is None:
        return sentence("escolhas.ilegivel-no-fim", arquivo=name)
    return sentence("escolhas.ilegivel", arquivo=name, linha=found[1], coluna=found[2])


def _ambiente(name: object) -> Ambiente:
    try:
        plain = unicodedata.normalize("NFKD", str(name)).encode("ascii", "ignore").decode()
        return Ambiente(plain.strip().lower())
    except ValueError:
        options = ", ".join(Ambiente)
        raise SettingsError(
            sentence("escolhas.sem-ambiente", nome=name, ambientes=options)
        ) from None
