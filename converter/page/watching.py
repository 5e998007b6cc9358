"""The switch that has the folder watched while the page is open, as `planilote vigiar` does."""

import threading
from collections import deque
from concurrent.futures import Future
from functools import partial

from converter.page.worker import Load, Task, Worker
from converter.runtime.environment import Environment
from converter.watching.alone import watching_alone
from converter.watching.wakeups import wakeups
from converter.watching.watch import Watch

KEPT = 8
"""Lines of the watch that the page shows."""


class Switch:
    """Off at first. `lines` are the last ones the watch said, the newest first."""

    def __init__(self) -> None:
        self.lines: deque[str] = deque(maxlen=KEPT)
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._turning = threading.Lock()

    @property
    def on(self) -> bool:
        """Whether the folder is watched from here."""
        return self._thread is not None and self._thread.is_alive()

    def turn_on(self, load: Load, environment: Environment, worker: Worker) -> None:
        """Begin to watch.

        Raises:
            PlaniloteError: The folder is watched by another program already.
        """
        with self._turning:
            if self.on:
                return
            self._stop, begun = threading.Event(), Future[None]()
            watch = partial(self._watch, load, environment, worker, begun)
            self._thread = threading.Thread(target=watch, name="watch")
            self._thread.start()
            begun.result()

    def turn_off(self) -> None:
        """Stop watching, once what is being converted has ended."""
        with self._turning:
            self._stop.set()
            if self._thread is not None:
                self._thread.join()

    def _watch(
        self, load: Load, environment: Environment, worker: Worker, begun: Future[None]
    ) -> None:
        def shown(_: str) -> None:
            """What was converted is to be seen on the page too."""
            worker.start(Task.CONFERIR)

        try:
            folders = load().folders
            with watching_alone(folders, environment):
                begun.set_result(None)
                watch = Watch(folders.pasta, load, environment, self.lines.appendleft, shown)
                for _ in wakeups([folders.entrada, folders.retornos], self._stop):
                    watch.look()
        except BaseException as error:
            if begun.done():
                raise
            begun.set_exception(error)
