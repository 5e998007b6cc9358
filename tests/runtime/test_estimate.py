"""How long a run will take: near what was measured, and never less for more."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.runtime.estimate import MB, expected

NAMES = st.sampled_from(["a.xlsx", "a.CSV", "a.xls", "a.ods", "a.txt", "a.xlsb"])
SIZES = st.integers(0, 2**31)


def files(*sizes: float, name: str = "a.xlsx") -> Sequence[tuple[str, int]]:
    return [(name, int(size)) for size in sizes]


@pytest.mark.parametrize(
    ("coming", "processos", "seconds"),
    [
        (files(9_810_744), 1, 7),
        (files(132_654_002), 1, 115),
        (files(313_114_177, name="Notas.CSV"), 1, 60),
        (files(*[54_000] * 200), 1, 8),
        (files(*[54_000] * 200), 2, 4.5),
        (files(), 1, 0.5),
    ],
)
def test_it_is_near_what_was_measured(
    coming: Sequence[tuple[str, int]], processos: int, seconds: float
) -> None:
    assert expected(coming, processos) == pytest.approx(seconds, rel=0.1)


@given(NAMES, SIZES, SIZES, st.integers(1, 16))
def test_more_bytes_never_take_less(name: str, size: int, more: int, processos: int) -> None:
    other = files(5 * MB)
    less = expected([*files(size, name=name), *other], processos)
    assert less <= expected([*files(size + more, name=name), *other], processos)


@given(st.lists(SIZES, min_size=1, max_size=5), st.integers(1, 16))
def test_no_crowd_is_faster_than_its_longest_file(sizes: list[int], processos: int) -> None:
    coming = files(*sizes)
    longest = expected(files(max(sizes)), 1)
    assert longest <= expected(coming, processos) <= expected(coming, 1) + 1e-6
