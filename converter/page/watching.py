"""The switch that has the folder watched while the page is open, as `planilote vigiar` does."""

import threading
from collections import deque
from time import monotonic

from converter.errors import PlaniloteError
from converter.page.worker import Load, Task, Worker
from converter.runtime.environment import Environment
from converter.watching.alone import watching_alone
from converter.watching.wakeups import wakeups
from converter.watching.watch import Surroundings, Watch

KEPT = 8
"""Lines of the watch that the page shows."""


class Switch:
    """Off at first. `lines` are the last ones the watch said, the newest first."""

    def __init__(self) -> None:
        self.lines: deque[str] = deque(maxlen=KEPT)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def on(self) -> bool:
        """Whether the folder is watched from here."""
        return self._thread is not None and self._thread.is_alive()

    def turn_on(self, load: Load, environment: Environment, worker: Worker) -> None:
        """Begin to watch.

        Raises:
            PlaniloteError: The folder is watched by another program already.
        """
        if self.on:
            return
        self._stop = threading.Event()
        begun, refused = threading.Event(), list[PlaniloteError]()
        self._thread = threading.Thread(
            target=self._watch,
            args=(load, environment, worker, begun, refused),
            name="watch",
        )
        self._thread.start()
        begun.wait()
        if refused:
            raise refused[0]

    def turn_off(self) -> None:
        """Stop watching, once what is being converted has ended."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _watch(
        self,
        load: Load,
        environment: Environment,
        worker: Worker,
        begun: threading.Event,
        refused: list[PlaniloteError],
    ) -> None:
        def shown(_: str) -> None:
            """What was converted is to be seen on the page too."""
            worker.start(Task.CONFERIR)

        around = Surroundings(
            load=load,
            environment=environment,
            say=self.lines.appendleft,
            notify=shown,
            seconds=monotonic,
        )
        try:
            folders = load().folders
            with watching_alone(folders, environment):
                begun.set()
                watch = Watch(folders.pasta, around)
                for _ in wakeups([folders.entrada, folders.retornos], self._stop):
                    watch.look()
        except PlaniloteError as error:
            refused.append(error)
        finally:
            begun.set()
