"""Sequences of millions of items that are never all there at once."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class LazySequence(Sequence[T_co], ABC):
    """A sequence whose items are made where they are asked for."""

    @abstractmethod
    def part(self, start: int, stop: int) -> Sequence[T_co]:
        """The items from `start` to `stop`, both within it."""

    @overload
    def __getitem__(self, place: int) -> T_co: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T_co]: ...
    def __getitem__(self, place: int | slice) -> T_co | Sequence[T_co]:
        if isinstance(place, int):
            return self[place : place + 1 or None][0]
        start, stop, _ = place.indices(len(self))
        return self.part(start, stop)
