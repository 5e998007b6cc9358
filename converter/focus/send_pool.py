"""Threads: one token at a time each, one lote at a time within a token."""

import contextlib
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from converter.focus.deliver import Stop
from converter.focus.sender import Sender
from converter.model.notas import Lote

MOST = 16


@dataclass(frozen=True, slots=True)
class Errand:
    """The lotes of one token, what to do with each, and what to do with one left behind."""

    sender: Sender
    lotes: Sequence[Lote]
    work: Callable[[Lote], Stop | None]
    leave: Callable[[Lote, Stop], None]


def run(errands: Sequence[Errand], done: Callable[[str], None]) -> None:
    """Work through all errands; `done` is told each ref, in the calling thread.

    The first Ctrl-C lets every answer in course be stored and starts nothing else; a second one
    ends at once. The first exception of a worker stops the others likewise and is raised.

    Raises:
        KeyboardInterrupt: After the last answer in course was stored, or at once.
    """
    crew = _Crew(errands)
    failure: BaseException | None = None
    left = crew.start()
    while left:
        try:
            item = crew.news.get(timeout=0.5)
            if item is None:
                left -= 1
            elif isinstance(item, str):
                done(item)
            else:
                failure = failure or item
                crew.interrupt()
        except queue.Empty:
            continue
        except KeyboardInterrupt as pressed:
            if isinstance(failure, KeyboardInterrupt):
                raise
            failure = pressed
            crew.interrupt()
    if failure is not None:
        raise failure


class _Crew:
    def __init__(self, errands: Sequence[Errand]) -> None:
        self.news: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()
        self._errands = errands
        self._waiting: queue.SimpleQueue[Errand] = queue.SimpleQueue()
        self._everyone: list[Stop] = []
        for errand in errands:
            self._waiting.put(errand)

    def start(self) -> int:
        """Begin; how many times None will come through `news`, one for each worker's end."""
        # Daemons, so that a second Ctrl-C need not wait for a socket.
        workers = [threading.Thread(target=self._work, daemon=True) for _ in self._errands[:MOST]]
        for worker in workers:
            worker.start()
        return len(workers)

    def interrupt(self) -> None:
        for errand in self._errands:
            errand.sender.interrupt()

    def _work(self) -> None:
        try:
            with contextlib.suppress(queue.Empty):
                while True:
                    self._go(self._waiting.get_nowait())
        except BaseException as error:  # noqa: BLE001 - handed to the calling thread, which raises it
            self.news.put(error)
        finally:
            self.news.put(None)

    def _go(self, errand: Errand) -> None:
        stop: Stop | None = None
        for lote in errand.lotes:
            stop = stop or (self._everyone[0] if self._everyone else None)
            if stop is None:
                stop = errand.work(lote)
                if stop is not None and stop.everyone:
                    self._everyone.append(stop)
            else:
                errand.leave(lote, stop)
            self.news.put(lote.ref)
