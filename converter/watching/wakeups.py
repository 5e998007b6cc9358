"""When to look at the folder again: as soon as the system tells of a change, and now and then.

Looking now and then is what makes network drives work, where no system tells of another machine's
changes, and what finds a drive that came back.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event

TICK = 2.0
"""Seconds after which the folder is looked at though nothing was told."""


def wakeups(folders: Sequence[Path], stop: Event, tick: float = TICK) -> Iterator[None]:
    """One item each time the folders are to be looked at, until `stop` is set.

    A folder that is gone ends nothing: it is looked for every tick, and watched again once it is
    there.

    Raises:
        KeyboardInterrupt: Ctrl-C.
    """
    import watchfiles

    while not stop.is_set():
        yield
        there = [folder for folder in folders if folder.is_dir()]
        try:
            for _ in watchfiles.watch(
                *there,
                watch_filter=None,
                stop_event=stop,
                rust_timeout=round(tick * 1000),
                yield_on_timeout=True,
                ignore_permission_denied=True,
            ):
                yield
                if there != [folder for folder in folders if folder.is_dir()]:
                    break
        except (OSError, RuntimeError):
            # The drive went while it was being watched, or this system cannot watch it.
            stop.wait(tick)
