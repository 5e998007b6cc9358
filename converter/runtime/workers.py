"""Where the work on each file runs: in this process, in others, on other machines.

Anything that is a `concurrent.futures.Executor` will do. Answers come in the order of the
questions, and only a few questions are out at a time, so that thousands of files need no more
memory than a few.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from threading import Thread
from typing import Generic, NamedTuple, Self, TypeVar

from converter.errors import BalanceError
from converter.journal.log import place_of, trace_of
from converter.runtime.memory import collect, gc_paused

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 2
"""Questions out per worker: one being worked on, one waiting at its door."""
PRELOAD = "converter.runtime.preload"


@dataclass(frozen=True, slots=True)
class Failed:
    """Work that broke off; `motivo` is what happened and where, `trace` the whole way there."""

    motivo: str
    trace: str = ""


class Workers:
    """Answer a question about each file, `count` at a time: here, one file after the other.

    `away` tells that questions and answers must travel.
    """

    away = False
    count = 1

    def each(
        self, function: Callable[[T], R], items: Iterable[T]
    ) -> Iterator[tuple[T, R | Failed]]:
        """Every item with the function's answer, in order; `Failed` where it raised or died.

        Raises:
            BalanceError: A file's rows or R$ do not add up: nothing more is to be believed.
        """
        for number, item in enumerate(items):
            if number:
                collect()
            else:
                # Libraries load while calamine, which leaves Python free, reads the first file.
                Thread(target=import_module, args=[PRELOAD], daemon=True).start()
            yield item, _attempt(partial(function, item))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of what was started for them."""


class Elsewhere(Workers):
    """An executor of `count` workers, which `make(count)` starts when it is first needed.

    A worker process that dies takes its executor with it (`BrokenExecutor`): each call that was
    out is then made again, alone on an executor of its own, so that only the one that kills its
    worker fails.
    """

    away = True

    def __init__(self, make: Callable[[int], Executor], count: int) -> None:
        self._make = make
        self.count = count
        self._executor: Executor | None = None

    def each(
        self, function: Callable[[T], R], items: Iterable[T]
    ) -> Iterator[tuple[T, R | Failed]]:
        """See `Workers.each`."""
        out: deque[_Call[T, R]] = deque()
        try:
            for item in items:
                out.append(self._call(function, item))
                if len(out) > AHEAD * self.count:
                    first = self._answer(out.popleft())
                    yield first
            while out:
                last = self._answer(out.popleft())
                yield last
        finally:
            for call in out:
                call.future.cancel()

    def _call(self, function: Callable[[T], R], item: T) -> _Call[T, R]:
        for _ in range(2):
            executor = self._executor = self._executor or self._make(self.count)
            try:
                future = executor.submit(_undisturbed, function, item)
                return _Call(function, item, executor, future)
            except BrokenExecutor:
                self._drop()
        raise BrokenExecutor("a new executor breaks before it is asked anything")

    def _answer(self, call: _Call[T, R]) -> tuple[T, R | Failed]:
        try:
            return call.item, _attempt(call.future.result)
        except BrokenExecutor:
            if call.executor is self._executor:
                self._drop()
        try:
            with self._make(1) as alone:
                return call.item, _attempt(
                    alone.submit(_undisturbed, call.function, call.item).result
                )
        except BrokenExecutor as error:
            return call.item, Failed(type(error).__name__)

    def _drop(self) -> None:
        executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=True, cancel_futures=True)

    def __exit__(self, *_: object) -> None:
        self._drop()


class _Call(NamedTuple, Generic[T, R]):
    function: Callable[[T], R]
    item: T
    executor: Executor
    future: Future[R | Failed]


def _undisturbed(function: Callable[[T], R], item: T) -> R | Failed:
    """The answer, on the worker's side: only there is it known where an error came from."""
    with gc_paused():
        return _attempt(partial(function, item))


def _attempt(call: Callable[[], R | Failed]) -> R | Failed:
    try:
        return call()
    except (BrokenExecutor, BalanceError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever one file makes us do, the others go on
        where = place_of(error)
        motivo = type(error).__name__ + (f" em {where}" if where else "")
        return Failed(motivo, trace_of(error))


def processes(count: int) -> Executor:
    """Processes of this machine, started clean: none inherits a thread, a lock or the journal."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        # One process imports what all need; the workers are its forks.
        context.set_forkserver_preload([PRELOAD])
    return ProcessPoolExecutor(count, context, initializer=_deaf)


def _deaf() -> None:
    """Leave Ctrl-C to the process that holds the journal: it ends its workers itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
