"""A Dask cluster as workers: files travel to it as bytes, and it needs no shared disk.

Sending stays in this process, with the journal.
"""

import importlib
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager
from functools import partial
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from converter import __version__
from converter.errors import SettingsError
from converter.focus.address import is_loopback
from converter.runtime.workers import Elsewhere, Workers
from converter.texts.sentences import sentence

P = ParamSpec("P")
R = TypeVar("R")

_ASKED = "inseguro:"
PATIENCE = 15
"""Seconds to wait for the scheduler's answer."""


@contextmanager
def cluster(address: str) -> Iterator[Workers]:
    """The workers of the cluster whose scheduler is at `address` (`tcp://host:8786`).

    Raises:
        SettingsError: Dask is not installed, nobody answers, there is no worker, or one of them
            has another version of planilote.
    """
    if not _is_safe(address):
        raise SettingsError(sentence("cluster.inseguro", endereco=address))
    address = address.removeprefix(_ASKED)
    try:
        distributed = importlib.import_module("distributed")
    except ImportError as error:
        raise SettingsError(sentence("cluster.sem-dask")) from error
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, ImportError) as error:
        raise SettingsError(sentence("cluster.sem-resposta", endereco=address)) from error
    with client:
        count = _checked(client, address)
        with Elsewhere(lambda _: _Cluster(client), count) as workers:
            yield workers


def _is_safe(address: str) -> bool:
    """Whether nobody on the way reads what goes to a scheduler, or that was asked for by name."""
    if address.startswith((_ASKED, "tls://", "wss://", "inproc://")):
        return True
    try:
        return is_loopback(urlsplit(address if "//" in address else f"//{address}").hostname or "")
    except ValueError:
        return False


def version() -> str:
    """The version of planilote where this is called."""
    return __version__


def _checked(client: Any, address: str) -> int:
    """How many calls the cluster takes at once."""
    threads: dict[str, int] = client.nthreads()
    if not threads:
        raise SettingsError(sentence("cluster.sem-workers", endereco=address))
    try:
        found: dict[str, str] = client.run(version)
    except (ImportError, AttributeError) as error:
        told = sentence("cluster.sem-planilote", versao=__version__, endereco=address)
        raise SettingsError(told) from error
    for worker, own in sorted(found.items()):
        if own != __version__:
            told = sentence("cluster.outra-versao", worker=worker, outra=own, versao=__version__)
            raise SettingsError(told)
    return sum(threads.values())


class _Cluster(Executor):
    """The client's own executor; a large file is no reason to warn."""

    def __init__(self, client: Any) -> None:
        self._inner: Executor = client.get_executor(pure=False)

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            inner = self._inner.submit(fn, *args, **kwargs)
        outer: Future[R] = Future()
        inner.add_done_callback(partial(_pass_on, outer))
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        # What else is out goes on: here a worker that dies takes nobody with it.
        if not cancel_futures:
            self._inner.shutdown(wait=wait)


def _pass_on(outer: Future[R], inner: Future[R]) -> None:
    """The answer; one given up with its workers may be innocent, and is asked again alone."""
    if not outer.set_running_or_notify_cancel():
        return
    error = CancelledError() if inner.cancelled() else inner.exception()
    if error is None:
        outer.set_result(inner.result())
    elif type(error).__name__ == "KilledWorker":
        outer.set_exception(BrokenExecutor(str(error)))
    else:
        outer.set_exception(error)
