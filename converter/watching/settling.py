"""When a file has stopped changing. There is no clock here: every moment is given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NamedTuple

QUIET = 15.0
"""Seconds without a change after which a file is whole: longer than a copy that stalls for ten."""
QUIET_TEXT = 60.0
"""The same for text: half a workbook cannot be read, half a CSV reads like a whole one."""
_TEXT = frozenset({".csv", ".tsv", ".txt", ".rem", ".ret", ".xml"})


class Shape(NamedTuple):
    """What of a file changes while it is written: its bytes, and its time in nanoseconds."""

    size: int
    modified: int


@dataclass(slots=True)
class _Seen:
    shape: Shape
    since: float
    taken: bool = False


@dataclass(slots=True)
class Settling:
    """The files of one folder, by name, and how long each has been as it is."""

    _seen: dict[str, _Seen] = field(default_factory=dict)
    _now: float = 0.0

    def look(self, found: Mapping[str, Shape], now: float) -> tuple[str, ...]:
        """The files that lie still and were not taken as they are now, in the order of `found`.

        `found` is every file there is at this moment, `now`, in seconds that only grow; one that is
        missing is forgotten.
        """
        self._now = now
        self._seen = {
            name: known
            if (known := self._seen.get(name)) is not None and known.shape == shape
            else _Seen(shape, now)
            for name, shape in found.items()
        }
        return tuple(name for name in self.still if not self._seen[name].taken)

    @property
    def still(self) -> tuple[str, ...]:
        """The files that lie still, taken or not."""
        return tuple(
            name for name, seen in self._seen.items() if self._now - seen.since >= quiet_for(name)
        )

    @property
    def moving(self) -> bool:
        """Whether some file does not lie still yet."""
        return len(self.still) < len(self._seen)

    def take(self, names: Iterable[str]) -> None:
        """These were dealt with as they are: they come again only when they change."""
        for name in names:
            self._seen[name].taken = True

    def later(self, names: Iterable[str]) -> None:
        """These could not be read yet: they come again after another quiet time."""
        for name in names:
            self._seen[name].since = self._now


def quiet_for(name: str) -> float:
    """How many seconds a file of this name must lie still."""
    return QUIET_TEXT if PurePath(name).suffix.casefold() in _TEXT else QUIET
