"""The registers of `cadastros/`, read once for the run."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from converter.errors import MappingError
from converter.mapping.defaults import Defaults, PrestadorDefaults
from converter.model.cells import RawBook
from converter.registers import prestadores, tomadores
from converter.registers.columns import PRESTADORES, TOMADORES
from converter.settings import Settings
from converter.stages.read import read
from converter.texts import catalogue
from converter.texts.sentences import sentence


@dataclass(frozen=True, slots=True)
class Registers:
    """What both files say; `sha256` changes with either."""

    prestadores: tuple[PrestadorDefaults, ...] = ()
    tomadores: tomadores.Tomadores = field(default_factory=tomadores.Tomadores)
    sha256: str = ""


def load(folder: Path) -> Registers:
    """The registers of a working folder; a file that is not there is an empty one.

    Raises:
        MappingError: A register that cannot be read, or says what cannot be.
    """
    digest = hashlib.sha256()
    who = _book(folder / PRESTADORES, digest)
    customers = _book(folder / TOMADORES, digest)
    if who is None and customers is None:
        return Registers()
    found = tomadores.of_book(customers) if customers else tomadores.Tomadores()
    for first, second in found.twice:
        places = {"um": first.place, "outro": second.place}
        told = sentence("cadastros.dois-lugares", documento=first.document, **places)
        raise MappingError(f"cadastros/{TOMADORES}", None, told)
    return Registers(prestadores.of_book(who) if who else (), found, digest.hexdigest())


def names_of_prestadores(settings: Settings) -> dict[str, str]:
    """What each prestador is called, by CNPJ: the first folder it has in either place.

    Nothing is told of a register, or of a `planilote.toml`, that cannot be read: a run tells that.
    """
    try:
        written = Defaults.from_table(settings.tabela, settings.texto).prestadores
        registered = load(settings.folders.cadastros).prestadores
    except MappingError:
        return {}
    return {one.cnpj: one.folders[0] for one in (*written, *registered) if one.folders}


def _book(path: Path, digest: hashlib._Hash) -> RawBook | None:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    digest.update(data)
    found = read(data, path.name)
    if found.book is None:
        told = catalogue.told(found.problems[0])
        raise MappingError(f"cadastros/{path.name}", None, told)
    return found.book
