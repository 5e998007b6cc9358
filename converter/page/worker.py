"""The one run that is at work for the page, beside the threads that answer its requests."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from converter import pipeline
from converter.model.progress import Begun, News, Progress, Sending, Sent
from converter.model.run import FileDone, RunReport, Standing
from converter.runtime import tasks
from converter.runtime.arrivals import listed
from converter.runtime.environment import Environment
from converter.runtime.sending import Confirm
from converter.runtime.workspace import Stopped, stopped
from converter.settings import Folders, Settings
from converter.texts import console
from converter.texts.formato import na_pasta
from converter.texts.progress_lines import ProgressLine, step_words
from converter.texts.sentences import sentence

Load = Callable[[], Settings]
Before = Callable[[Settings, Environment], RunReport]


class Task(StrEnum):
    """What a run is for."""

    CONFERIR = "conferir"
    ENVIAR = "enviar"
    RETORNOS = "retornos"


@dataclass(frozen=True, slots=True)
class WorkerState:
    """What is known now. `revision` changes whenever something is to be shown anew.

    `task` is None where nothing is at work; `line` says what happens, `steps` what happens to each
    file, `sent` whether each lote answered so far got its import file, of `leaving` lotes. `files`
    are the last reports by name, `looked` the size and the moment of change they had then, `report`
    the last run, `standing` the lotes as the journal had them, `told` what else the run had to say.
    `refreshed` is the moment of all that, as shown.
    """

    revision: int = 0
    task: Task | None = None
    line: str = ""
    steps: Mapping[str, str] = field(default_factory=dict)
    leaving: int = 0
    sent: Mapping[str, bool] = field(default_factory=dict)
    files: Mapping[str, FileDone] = field(default_factory=dict)
    looked: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    report: RunReport | None = None
    standing: Standing | None = None
    told: tuple[str, ...] = ()
    broken: Stopped | None = None
    refreshed: str = ""


class Worker:
    """Starts runs one at a time, and tells how they go.

    The folder's lock is what keeps two runs apart, this program's and any other's: here one is
    only refused before it would meet the lock.
    """

    def __init__(self, load: Load, environment: Environment) -> None:
        self._load = load
        self._environment = environment
        self._lock = threading.Lock()
        self._state = WorkerState()
        self._thread: threading.Thread | None = None
        self._folders = Folders(Path())
        self._line = ProgressLine()

    @property
    def state(self) -> WorkerState:
        """What is known at this moment."""
        return self._state

    def start(
        self,
        task: Task,
        names: Sequence[str] = (),
        confirm: Confirm | None = None,
        before: Before | None = None,
    ) -> bool:
        """Begin a run over the named files of `entrada/`, or all; False where one is at work.

        `before` is done first; `confirm` is asked once before anything is sent, None sends
        without asking.
        """
        with self._lock:
            if self._state.task is not None:
                return False
            self._change(
                task=task,
                line=sentence("pagina.comecando"),
                steps={},
                leaving=0,
                sent={},
                told=(),
                broken=None,
            )
            # Not a daemon: the program ends only after the run has.
            self._thread = threading.Thread(
                target=self._run, args=(task, tuple(names), confirm, before), name="run"
            )
            self._thread.start()
        return True

    def wait(self) -> None:
        """Return once nothing is at work."""
        while (thread := self._thread) is not None and thread.is_alive():
            # In slices: Windows tells of Ctrl+C only between waits.
            thread.join(0.5)

    def _run(
        self, task: Task, names: Sequence[str], confirm: Confirm | None, before: Before | None
    ) -> None:
        found: dict[str, object] = {}
        try:
            found.update(self._work(task, names, confirm, before))
        except Exception as error:  # noqa: BLE001 - the page goes on, and says what broke
            found["broken"] = stopped(error, lambda: self._folders)
        finally:
            self._change(task=None, line="", **found)

    def _work(
        self, task: Task, names: Sequence[str], confirm: Confirm | None, before: Before | None
    ) -> Iterator[tuple[str, object]]:
        """The run itself; what is known after it, as fields of `WorkerState`, as soon as it is."""
        settings, environment = self._load(), self._environment
        self._folders, self._line = settings.folders, ProgressLine()
        inbox = listed(settings, environment).files
        first = before(settings, environment) if before else None
        report = pipeline.run(
            settings,
            environment,
            names,
            enviar=task is not Task.CONFERIR,
            tell=self._heard,
            confirm=confirm,
        )
        state = self._state
        files = {done.arquivo: done for done in report.files}
        # As it was before the run: a file that changed in the middle of it counts as not looked at.
        looked = {one.arquivo: (one.size, one.modified) for one in inbox if one.arquivo in files}
        yield "report", report
        yield "files", dict(state.files) | files if names else files
        yield "looked", dict(state.looked) | looked if names else looked
        yield "told", (*told_of(first, settings), *told_of(report, settings))
        yield "refreshed", f"{environment.now():%H:%M}"
        dated = state.standing.months if state.standing else {}
        yield "standing", tasks.situacao(settings, environment, dated)

    def _change(self, **found: object) -> None:
        state = self._state
        self._state = replace(state, revision=state.revision + 1, **found)  # type: ignore[arg-type]  # fields of WorkerState by name

    def _heard(self, news: News) -> None:
        """Note what a run tells; lotes are told of by the threads that send them, one at a time."""
        state = self._state
        if isinstance(news, Begun):
            self._state = replace(state, line=self._line.ahead(news) or "")
            return
        state = replace(state, line=self._line.at(news))
        match news:
            case Progress():
                state = replace(state, steps={**state.steps, news.arquivo: step_words(news)})
            case Sending():
                state = replace(state, leaving=news.lotes)
            case Sent():
                state = replace(state, sent={**state.sent, news.ref: news.generated})
        self._state = state


def told_of(report: RunReport | None, settings: Settings) -> Iterator[str]:
    """What a run has to say that is at none of its files."""
    if report is None:
        return
    yield from console.notices(report)
    yield from console.returns_read(report)
    for back in report.returns:
        if back.refused:
            yield " ".join(map(str.strip, console.return_lines(back)))
    for path in report.orphans:
        yield sentence("pagina.avulso", arquivo=na_pasta(path, settings.folders.pasta))
    for done in report.files:
        yield from done.notices
    if report.enviar and report.unsent:
        yield sentence("pagina.nao-enviados", lotes=report.unsent)
