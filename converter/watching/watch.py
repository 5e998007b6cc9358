"""The watch itself: what has settled is converted, by the same run as `planilote converter`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

from converter import pipeline
from converter.errors import PlaniloteError
from converter.model.problems import Severity
from converter.model.progress import unheard
from converter.model.run import RunReport
from converter.reading.inbox import scan
from converter.runtime.environment import Environment
from converter.runtime.returns import dropped
from converter.runtime.workspace import log_broken
from converter.settings import Ambiente, Settings
from converter.texts import console, vigia
from converter.texts.catalogue import broken, disk
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


@dataclass(frozen=True, slots=True)
class World:
    """What a watch asks of its surroundings.

    `load` reads the settings anew, since `planilote.toml` may change meanwhile; `say` hears one
    line per event, `notify` what is worth a notice on the desktop; `seconds` only grow.
    """

    load: Callable[[], Settings]
    environment: Environment
    say: Callable[[str], None]
    notify: Callable[[str], None]
    seconds: Callable[[], float]


@dataclass(slots=True)
class Watch:
    """One watched working folder; `look` is to be called again and again.

    In `producao` nothing is sent unless `send_for_real`: files are then checked, and told to be
    ready.
    """

    pasta: Path
    world: World
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
        except PlaniloteError as error:
            self._trouble(str(error), wait=0.0 if error.code == _BUSY else AFTER_TROUBLE)
        except OSError as error:
            self._trouble(disk(error), wait=AFTER_TROUBLE)

    def _is_gone(self) -> bool:
        gone = not self.pasta.is_dir()
        if gone != self._gone:
            self._say(sentence("vigia.sumiu") if gone else sentence("vigia.voltou"))
        self._gone = gone
        return gone

    def _look(self) -> None:
        settings, now = self.world.load(), self.world.seconds()
        folders = settings.folders
        inbox = scan(folders.entrada, settings.ambiente, now=lambda: inf, sleep=lambda _: None)
        found = {file.arquivo: Shape(file.size, file.modified) for file in inbox.files}
        fresh = self._files.look(found, now)
        answers = self._returns.look(_shapes(dropped(folders.retornos)), now)
        for problem in inbox.skipped:
            if problem.severity is not Severity.INFO:
                self._tell(problem.arquivo, *console.skipped_lines([problem]))
        again = now >= self._again
        # A run reads all of `retornos/`, and half a return file must not be read.
        if now < self._not_before or self._returns.moving or not (fresh or answers or again):
            return
        # What is said of a file changes with answers and with mended copies of it.
        whole = bool(answers) or again or any("_corrigir" in name for name in fresh)
        names = self._files.still if whole else fresh
        if names or not found:
            self._run(settings, names, fresh, answers)

    def _run(
        self,
        settings: Settings,
        names: tuple[str, ...],
        fresh: tuple[str, ...],
        answers: tuple[str, ...],
    ) -> None:
        sending = self.send_for_real or settings.ambiente is not Ambiente.PRODUCAO
        self._again = inf
        if not sending:
            for name in answers:
                self._tell(
                    f"retornos/{name}",
                    sentence("vigia.retorno-espera", arquivo=name, ambiente=settings.ambiente),
                )
        if sending or fresh:
            try:
                report = pipeline.run(
                    settings,
                    self.world.environment,
                    [f"entrada/{name}" for name in names],
                    enviar=sending,
                    tell=unheard,
                    payloads=False,
                )
            except (PlaniloteError, OSError):
                raise
            except Exception as error:  # noqa: BLE001 - one broken file ends no watch; the log knows
                run = command("converter" if sending else "conferir", settings.ambiente)
                self._say(broken(error, *log_broken(settings.folders, error), run))
            else:
                self._report(report, settings, fresh, answers)
                missed = [problem.arquivo for problem in report.skipped if problem.code in _NOT_YET]
                self._files.later(name for name in names if name in missed)
                fresh = tuple(name for name in fresh if name not in missed)
        self._files.take(fresh)
        self._returns.take(answers)

    def _report(
        self,
        report: RunReport,
        settings: Settings,
        fresh: tuple[str, ...],
        answers: tuple[str, ...],
    ) -> None:
        """One line for each file and each return, and one notice for them all."""
        self._told.pop("", None)
        if report.interrupted:
            self._say(sentence("console.interrompida"))
        for problem in report.skipped:
            self._tell(problem.arquivo, *console.skipped_lines([problem]))
        for done in report.files:
            if done.arquivo in fresh or done.report is not None:
                line = console.file_line(done, settings.folders.pasta, enviar=report.enviar)
                self._tell(done.arquivo, line, anew=done.arquivo in fresh)
        for back in (each for each in report.returns if each.arquivo in answers):
            self._tell(f"retornos/{back.arquivo}", vigia.retorno(back))
        if report.unknown or report.unsent:
            self._again = self.world.seconds() + AGAIN
            self._tell("lotes", vigia.de_novo(report, round(AGAIN / 60)))
        if notice := vigia.aviso(report, fresh):
            self.world.notify(notice)

    def _trouble(self, line: str, wait: float) -> None:
        self._not_before = self.world.seconds() + wait
        self._tell("", line)

    def _tell(self, about: str, line: str, *, anew: bool = False) -> None:
        """Say a line, unless it is what was last said of the same thing."""
        if anew or self._told.get(about) != line:
            self._told[about] = line
            self._say(line)

    def _say(self, line: str) -> None:
        self.world.say(f"{self.world.environment.now():%H:%M:%S} {line}")


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
