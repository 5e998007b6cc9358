"""The watch itself: what has settled is converted, by the same run as `planilote converter`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from converter import pipeline
from converter.errors import PlaniloteError
from converter.model.problems import Problem, Severity
from converter.model.progress import unheard
from converter.model.run import RunReport
from converter.reading.inbox import scan
from converter.runtime.environment import Environment
from converter.runtime.returns import dropped
from converter.runtime.workspace import stopped
from converter.settings import Ambiente, Folders, Settings
from converter.texts import console, vigia
from converter.texts.command import command
from converter.texts.sentences import sentence
from converter.watching.settling import Settling, Shape

AGAIN = 300.0
"""Seconds until lotes that could not go, or whose fate is unknown, are tried again."""
AFTER_TROUBLE = 30.0
"""Seconds until a run is tried again that could not begin."""
_BUSY = "pasta-em-uso"
_NOT_YET = frozenset({"arquivo-em-gravacao", "arquivo-inacessivel"})
"""Files a run left alone that another run may be able to read."""


class _Due(NamedTuple):
    """What is to be done: files and returns that lie still, and whether to try lotes again."""

    files: tuple[str, ...]
    returns: tuple[str, ...]
    again: bool

    @property
    def whole(self) -> bool:
        """Whether all files are due: answers and mended copies change what is said of others."""
        mended = any("_corrigir" in name for name in self.files)
        return bool(self.returns) or self.again or mended


@dataclass(slots=True)
class Watch:
    """One watched working folder; `look` is to be called again and again.

    `load` reads the settings anew, since `planilote.toml` may change meanwhile; `say` hears one
    line per event, `notify` what is worth a notice on the desktop; `seconds` only grow. In
    `producao` nothing is sent unless `send_for_real`: files are then checked, and told to be ready.
    """

    pasta: Path
    load: Callable[[], Settings]
    environment: Environment
    say: Callable[[str], None]
    notify: Callable[[str], None]
    seconds: Callable[[], float] = monotonic
    send_for_real: bool = False
    _files: Settling = field(default_factory=Settling)
    _returns: Settling = field(default_factory=Settling)
    _told: dict[str, str] = field(default_factory=dict)
    _gone: bool = False
    _not_before: float = -inf
    _again: float = inf

    def look(self) -> None:
        """Look at the folder once, and convert what lies still in it.

        Raises:
            KeyboardInterrupt: Ctrl-C; what was being sent is written down.
        """
        if self._is_gone():
            return
        try:
            self._look()
        except (PlaniloteError, OSError) as error:
            told = stopped(error, lambda: Folders(self.pasta))
            line = f"{told.message} {told.hint}".strip()
            self._trouble(line, wait=0.0 if told.code == _BUSY else AFTER_TROUBLE)

    def _is_gone(self) -> bool:
        gone = not self.pasta.is_dir()
        if gone != self._gone:
            self._say(sentence("vigia.sumiu") if gone else sentence("vigia.voltou"))
        self._gone = gone
        return gone

    def _look(self) -> None:
        settings, now = self.load(), self.seconds()
        folders = settings.folders
        inbox = scan(folders.entrada, settings.ambiente, now=lambda: inf, sleep=lambda _: None)
        found = {file.arquivo: Shape(file.size, file.modified) for file in inbox.files}
        due = _Due(
            self._files.look(found, now),
            self._returns.look(_shapes(dropped(folders.retornos)), now),
            now >= self._again,
        )
        self._skipped(each for each in inbox.skipped if each.severity is not Severity.INFO)
        # A run reads all of `retornos/`, and half a return file must not be read.
        if now < self._not_before or self._returns.moving or not any(due):
            return
        names = self._files.still if due.whole else due.files
        if names or not found:
            self._run(settings, names, due)

    def _run(self, settings: Settings, names: tuple[str, ...], due: _Due) -> None:
        sending = self.send_for_real or settings.ambiente is not Ambiente.PRODUCAO
        self._again = inf
        for name in () if sending else due.returns:
            waits = sentence("vigia.retorno-espera", arquivo=name, ambiente=settings.ambiente)
            self._tell(f"retornos/{name}", waits)
        missed: set[str] = set()
        if sending or due.files:
            report = self._converted(settings, names, sending=sending)
            if report is not None:
                self._report(report, settings, due)
                skipped = (one for one in report.skipped if one.code in _NOT_YET)
                missed = {one.arquivo for one in skipped}.intersection(names)
        self._files.later(missed)
        self._files.take(name for name in due.files if name not in missed)
        self._returns.take(due.returns)

    def _converted(
        self, settings: Settings, names: Iterable[str], *, sending: bool
    ) -> RunReport | None:
        """What the run did; None where it broke, which was told: one broken file ends no watch."""
        inbox = [f"entrada/{name}" for name in names]
        try:
            return pipeline.run(
                settings, self.environment, inbox, enviar=sending, tell=unheard, payloads=False
            )
        except (PlaniloteError, OSError):
            raise
        except Exception as error:  # noqa: BLE001 - the log knows what it was
            run = command("converter" if sending else "conferir", settings.ambiente)
            self._say(stopped(error, lambda: settings.folders, run).message)
            return None

    def _skipped(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self._tell(problem.arquivo, *console.skipped_lines([problem]))

    def _report(self, report: RunReport, settings: Settings, due: _Due) -> None:
        """One line for each file and each return, and one notice for them all."""
        self._told.pop("", None)
        if report.interrupted:
            self._say(sentence("console.interrompida"))
        self._skipped(report.skipped)
        for done in report.files:
            if done.arquivo in due.files or done.report is not None:
                line = console.file_line(done, settings.folders.pasta, enviar=report.enviar)
                self._tell(done.arquivo, line, anew=done.arquivo in due.files)
        for back in (each for each in report.returns if each.arquivo in due.returns):
            self._tell(f"retornos/{back.arquivo}", vigia.retorno(back))
        if report.unknown or report.unsent:
            self._again = self.seconds() + AGAIN
            self._tell("lotes", vigia.de_novo(report, round(AGAIN / 60)))
        if notice := vigia.aviso(report, due.files):
            self.notify(notice)

    def _trouble(self, line: str, wait: float) -> None:
        self._not_before = self.seconds() + wait
        self._tell("", line)

    def _tell(self, about: str, line: str, *, anew: bool = False) -> None:
        """Say a line, unless it is what was last said of the same thing."""
        if anew or self._told.get(about) != line:
            self._told[about] = line
            self._say(line)

    def _say(self, line: str) -> None:
        self.say(f"{self.environment.now():%H:%M:%S} {line}")


def _shapes(paths: Iterable[Path]) -> Mapping[str, Shape]:
    """Those of the files that are still there."""
    found = {}
    for path in paths:
        try:
            seen = path.stat()
        except OSError:
            continue
        found[path.name] = Shape(seen.st_size, seen.st_mtime_ns)
    return found
