"""What lies in `entrada/`: the files to read, and a word about each one left alone.

Nothing here opens a file for writing, moves it or touches its times.
"""

import os
import stat
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from converter.model.problems import Problem
from converter.reading.limits import Limits
from converter.texts.catalogue import CATALOGUE

EXTENSIONS = frozenset({"xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv", "txt"})
EXAMPLE_PREFIX = "exemplo-"

_PARTIAL = frozenset({"tmp", "temp", "crdownload", "part", "partial", "parcial", "download"})
_SYSTEM = frozenset({"desktop.ini", "thumbs.db", "icon\r"})
_RECENT = 2.0
_PAUSE = 0.5


@dataclass(frozen=True, slots=True)
class InboxFile:
    """A file to read. `arquivo` is its path relative to `entrada/`, with `/`."""

    path: Path
    arquivo: str
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class Inbox:
    """The files to read in a stable order, and what was left alone and why."""

    files: tuple[InboxFile, ...]
    skipped: tuple[Problem, ...]


def scan(
    entrada: Path,
    ambiente: str,
    *,
    now: Callable[[], float],
    sleep: Callable[[float], None],
) -> Inbox:
    """The files of `entrada/` and of its subfolders.

    A file touched within the last two seconds is looked at again after half a second: one that
    changed meanwhile is still being copied and waits for the next run.

    Args:
        entrada: The folder; where it does not exist there is simply nothing to read.
        ambiente: Outside `simulado` the shipped `exemplo-*` are left alone.
        now: Seconds since the epoch.
        sleep: Waits that many seconds.
    """
    files: list[InboxFile] = []
    skipped: list[Problem] = []
    named: set[str] = set()
    for path in _walk(entrada, skipped):
        arquivo = name_of(path, entrada)
        # Two spellings of one accent, or two names that are no text, would be one file to us.
        code = "nome-igual" if arquivo in named else _reason(path, arquivo, ambiente)
        named.add(arquivo)
        if code is None:
            file = _look(path, arquivo)
            if file is None:
                code = "arquivo-inacessivel"
            else:
                files.append(file)
        if code is not None:
            skipped.append(_problem(code, arquivo))
    growing = _growing(files, now, sleep)
    skipped += [_problem("arquivo-em-gravacao", file.arquivo) for file in growing]
    return Inbox(
        tuple(file for file in files if file not in growing),
        tuple(sorted(skipped, key=lambda problem: _order(problem.arquivo))),
    )


def load(file: InboxFile, limits: Limits = Limits()) -> bytes | Problem:  # noqa: B008 - frozen
    """The bytes of a file as they were when `scan` saw it, or why they are not to be read."""
    if file.size > limits.file_bytes:
        return _problem("arquivo-grande", file.arquivo)
    try:
        data = file.path.read_bytes()
    except OSError:
        return _problem("arquivo-inacessivel", file.arquivo)
    if _look(file.path, file.arquivo) != file or len(data) != file.size:
        return _problem("arquivo-em-gravacao", file.arquivo)
    return data


def name_of(path: Path, entrada: Path) -> str:
    """How a file is called everywhere else: relative, with `/`, composed accents, valid text."""
    relative = path.relative_to(entrada).as_posix()
    return unicodedata.normalize("NFC", os.fsencode(relative).decode("utf-8", "replace"))


def is_partial(path: Path) -> bool:
    """Whether the name is that of a file some program is still writing."""
    return path.suffix.lstrip(".").casefold() in _PARTIAL


def _walk(entrada: Path, skipped: list[Problem]) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        if error.filename is not None and Path(error.filename) != entrada:
            arquivo = name_of(Path(error.filename), entrada)
            skipped.append(_problem("arquivo-inacessivel", arquivo))

    found = []
    for folder, folders, names in os.walk(entrada, onerror=unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        # Not walked: it may lead anywhere, back into itself too.
        skipped += [
            _problem("pasta-por-atalho", name_of(Path(folder, name), entrada))
            for name in folders
            if Path(folder, name).is_symlink()
        ]
        found += [Path(folder, name) for name in names]
    # By the very bytes too: which of two that are called alike comes first is no accident.
    yield from sorted(found, key=lambda path: (_order(name_of(path, entrada)), os.fsencode(path)))


def _order(arquivo: str) -> tuple[str, str]:
    return arquivo.casefold(), arquivo


def _reason(path: Path, arquivo: str, ambiente: str) -> str | None:
    name = path.name.casefold()
    extension = path.suffix.lstrip(".").casefold()
    if name.startswith(("~$", ".~lock.")):
        return "arquivo-aberto"
    if is_partial(path) or name.startswith("~"):
        return "arquivo-temporario"
    if name.startswith(".") or name in _SYSTEM:
        return "arquivo-do-sistema"
    if extension not in EXTENSIONS:
        return "extensao-nao-lida"
    if ambiente != "simulado" and any(
        part.startswith(EXAMPLE_PREFIX) for part in arquivo.casefold().split("/")
    ):
        return "exemplo-ignorado"
    return None


def _look(path: Path, arquivo: str) -> InboxFile | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    if not stat.S_ISREG(seen.st_mode):
        return None
    return InboxFile(path, arquivo, seen.st_size, seen.st_mtime_ns)


def _growing(
    files: list[InboxFile], now: Callable[[], float], sleep: Callable[[float], None]
) -> list[InboxFile]:
    # A share's clock may run ahead of ours: the future is recent too.
    recent = [file for file in files if file.modified / 1e9 > now() - _RECENT]
    if not recent:
        return []
    sleep(_PAUSE)
    return [file for file in recent if _look(file.path, file.arquivo) != file]


def _problem(code: str, arquivo: str) -> Problem:
    return Problem(code, CATALOGUE[code].severity, arquivo)
