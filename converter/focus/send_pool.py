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
class TokenQueue:
    """The lotes of one token, what to do with each, and what to do with one left behind."""

    sender: Sender
    lotes: Sequence[Lote]
    work: Callable[[Lote], Stop | None]
    leave: Callable[[Lote, Stop], None]


class SendPool:
    """Works through the queues of all tokens."""

    def __init__(self, queues: Sequence[TokenQueue]) -> None:
        self._queues = queues
        self._waiting: queue.SimpleQueue[TokenQueue] = queue.SimpleQueue()
        self._news: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
        self._everyone: list[Stop] = []
        for one in queues:
            self._waiting.put(one)

    def run(self) -> None:
        """Send everything.

        The first Ctrl-C lets every answer in course be stored and starts nothing else; a second
        one ends at once. The first exception of a worker stops the others likewise and is raised.

        Raises:
            KeyboardInterrupt: After the last answer in course was stored, or at once.
        """
        failure: BaseException | None = None
        # Daemons, so that a second Ctrl-C need not wait for a socket.
        workers = [threading.Thread(target=self._work, daemon=True) for _ in self._queues[:MOST]]
        for worker in workers:
            worker.start()
        left = len(workers)
        while left:
            try:
                item = self._news.get(timeout=0.5)
                if item is None:
                    left -= 1
                else:
                    failure = failure or item
                    self._interrupt()
            except queue.Empty:
                continue
            except KeyboardInterrupt as pressed:
                if isinstance(failure, KeyboardInterrupt):
                    raise
                failure = pressed
                self._interrupt()
        if failure is not None:
            raise failure

    def _interrupt(self) -> None:
        for one in self._queues:
            one.sender.interrupt()

    def _work(self) -> None:
        try:
            with contextlib.suppress(queue.Empty):
                while True:
                    self._send(self._waiting.get_nowait())
        except BaseException as error:  # noqa: BLE001 - handed to the calling thread, which raises it
            self._news.put(error)
        finally:
            self._news.put(None)

    def _send(self, one: TokenQueue) -> None:
        stop: Stop | None = None
        for lote in one.lotes:
            stop = stop or (self._everyone[0] if self._everyone else None)
            if stop is None:
                stop = one.work(lote)
                if stop is not None and stop.everyone:
                    self._everyone.append(stop)
            else:
                one.leave(lote, stop)
