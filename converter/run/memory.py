"""Garbage left to be collected between files, not while one is in hand.

A file makes millions of objects that refer to each other in one direction only; looking for
cycles among them takes a quarter of the time and finds none.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without automatic collection, until the block ends."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def collect() -> None:
    """Look through what a file left behind, where nobody else does; not through all the rest."""
    if not gc.isenabled():
        gc.collect(0)
