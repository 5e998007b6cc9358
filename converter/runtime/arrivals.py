"""What came in: the files to work on, those with nothing new, those left alone."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from converter.errors import SettingsError
from converter.journal.journal import Journal
from converter.journal.seen import SeenFile
from converter.model.filerun import Arrived, FileRun
from converter.model.problems import Problem, Severity
from converter.reading.inbox import Inbox, InboxFile, load, name_of, scan
from converter.runtime.config import RunConfig
from converter.runtime.environment import Environment
from converter.settings import Settings
from converter.stages.write import output_stems
from converter.texts.sentences import sentence
from converter.workbook.mark import is_own_result


@dataclass(frozen=True, slots=True)
class Bytes:
    """The bytes of a file, read when they are asked for."""

    file: InboxFile
    sha256: str

    def load(self) -> bytes | Problem:
        """The bytes; a problem where they are no longer what they were when looked at."""
        data = load(self.file)
        if isinstance(data, bytes) and hashlib.sha256(data).hexdigest() != self.sha256:
            return Problem("arquivo-em-gravacao", Severity.AVISO, self.file.arquivo)
        return data


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The files of one run, in a stable order.

    `works` are to be converted; `unchanged` have nothing new, and `done` is what was made of them.
    `stems` says what each file of the whole folder is called in `saida/`.
    """

    works: tuple[FileRun[Arrived], ...]
    done: tuple[SeenFile, ...]
    unchanged: tuple[FileRun[Arrived], ...]
    skipped: tuple[Problem, ...]
    stems: dict[str, str]

    @property
    def present(self) -> frozenset[str]:
        """The files there are: a row of one that is gone may have moved to another."""
        return frozenset({*self.stems, *(problem.arquivo for problem in self.skipped)})


def arrivals(
    settings: Settings,
    environment: Environment,
    journal: Journal,
    config: RunConfig,
    names: Sequence[str],
) -> Arrivals:
    """Look into `entrada/`, or at the named files of it.

    A file named to be looked at is read even where nothing of it is new.

    Raises:
        SettingsError: A named file is not there, or two have one name.
    """
    entrada = settings.folders.entrada
    inbox = scan(entrada, settings.ambiente, now=environment.seconds, sleep=environment.sleep)
    files, outside = _chosen(settings, inbox.files, names)
    anew = bool(names) and environment.snapshots is not None
    stems = output_stems([file.arquivo for file in (*inbox.files, *outside)])
    seen = journal.files(settings.ambiente)
    works: list[FileRun[Arrived]] = []
    done: list[SeenFile] = []
    unchanged: list[FileRun[Arrived]] = []
    skipped = [] if names else list(inbox.skipped)
    for file in files:
        data = load(file)
        if isinstance(data, Problem):
            skipped.append(data)
            continue
        sha256 = hashlib.sha256(data).hexdigest()
        arrived = FileRun(
            file.arquivo, sha256, stems[file.arquivo], Arrived(file.size, Bytes(file, sha256))
        )
        known = seen.get(file.arquivo)
        if known and known.sha256 == sha256 and not anew and _nothing_new(known, settings, config):
            done.append(known)
            unchanged.append(arrived)
        elif is_own_result(data):
            skipped.append(Problem("resultado-na-entrada", Severity.INFO, file.arquivo))
        else:
            works.append(arrived)
    return Arrivals(tuple(works), tuple(done), tuple(unchanged), tuple(skipped), stems)


def _nothing_new(seen: SeenFile, settings: Settings, config: RunConfig) -> bool:
    """Whether everything of the file was sent, and what was written of it is still there."""
    if seen.stale or seen.config != config.fingerprint or not seen.complete:
        return False
    return all(
        _sha256(settings.folders.saida / name) == sha256 for name, sha256 in seen.outputs.items()
    )


def _sha256(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _chosen(
    settings: Settings, files: Sequence[InboxFile], names: Sequence[str]
) -> tuple[tuple[InboxFile, ...], tuple[InboxFile, ...]]:
    """The named files, and those of them that lie outside `entrada/`."""
    if not names:
        return tuple(files), ()
    by_name = {file.arquivo: file for file in files}
    chosen: list[InboxFile] = []
    outside: list[InboxFile] = []
    for name in names:
        file = by_name.get(name.removeprefix("entrada/")) or _found(settings, name)
        other = by_name.setdefault(file.arquivo, file)
        if file.path != other.path and not file.path.samefile(other.path):
            raise SettingsError(sentence("comando.mesmo-nome", nome=name, outro=other.path))
        chosen.append(other)
        if other not in files:
            outside.append(other)
    return tuple(dict.fromkeys(chosen)), tuple(dict.fromkeys(outside))


def _found(settings: Settings, name: str) -> InboxFile:
    entrada = settings.folders.entrada
    for path in (Path(name), entrada / name, settings.folders.pasta / name):
        if path.is_file():
            inside = path.resolve().is_relative_to(entrada.resolve())
            arquivo = name_of(path.resolve(), entrada.resolve()) if inside else path.name
            seen = path.stat()
            return InboxFile(path, arquivo, seen.st_size, seen.st_mtime_ns)
    raise SettingsError(sentence("comando.sem-arquivo", nome=name, pasta="entrada"))


def listed(settings: Settings, environment: Environment) -> Inbox:
    """What lies in `entrada/` at a glance: nothing is read, and nobody waits for what is copied."""
    return scan(
        settings.folders.entrada,
        settings.ambiente,
        now=environment.seconds,
        sleep=lambda _: None,
    )
