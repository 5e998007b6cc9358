"""Which workers a run gets: this process, several of this machine, a Dask cluster."""

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager

from converter.runtime.cluster import cluster
from converter.runtime.workers import Elsewhere, Workers, processes
from converter.settings import Settings

WORTH = 2 * 1024 * 1024
"""Bytes of source files below which starting other processes costs more than it saves."""


def open_workers(settings: Settings, sizes: Sequence[int]) -> AbstractContextManager[Workers]:
    """The workers of a run over files of these sizes in bytes.

    Raises:
        SettingsError: The Dask cluster of the settings cannot be used.
    """
    return cluster(settings.dask) if settings.dask and sizes else choose(settings, sizes)


def choose(settings: Settings, sizes: Sequence[int]) -> Workers:
    """This process or several of this machine.

    Where the number of processes is left to us, others are only started for enough work.
    """
    count = min(settings.processos or _cores(), len(sizes))
    if count < 2 or (not settings.processos and sum(sizes) < WORTH):
        return Workers()
    return Elsewhere(processes, count)


def _cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
