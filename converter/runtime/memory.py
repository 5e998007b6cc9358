"""Garbage left to be collected between files, not while one is in hand.

So are those that the import of libraries leaves, whose objects stay for good: a tenth of it.
A file makes millions of objects that refer to each other in one direction only; looking for
cycles among them takes a quarter of the time and finds none.
"""

import atexit
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """Without automatic collection, until the block ends."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def gc_skipped_at_exit() -> None:
    """Let what is left at the end go with the process, without a last look through all of it."""
    atexit.register(gc.freeze)


def collect() -> None:
    """Look through what a file left behind, where nobody else does; not through all the rest."""
    if not gc.isenabled():
        gc.collect(0)


def give_back() -> None:
    """Return to the system what was freed between pieces still in use, where that must be asked.

    Once a million rows are in their payloads, glibc holds on to half a gigabyte of them.
    """
    if sys.platform == "linux":
        import ctypes

        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
