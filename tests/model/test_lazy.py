"""A sequence made where it is asked for is the one that stands whole."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from converter.model.lazy import LazySequence


class Squares(LazySequence[int]):
    """The squares below so many."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        return self._count

    def part(self, start: int, stop: int) -> Sequence[int]:
        return [at * at for at in range(start, stop)]


@given(st.integers(1, 9), st.integers(-9, 8), st.integers(-10, 10))
def test_places_and_slices_are_those_of_a_list(count: int, place: int, stop: int) -> None:
    lazy, whole = Squares(count), [at * at for at in range(count)]
    assert [*lazy] == whole
    assert [*lazy[place:stop]] == whole[place:stop]
    if -count <= place < count:
        assert lazy[place] == whole[place]
