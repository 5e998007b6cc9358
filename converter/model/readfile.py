"""What comes of the bytes of a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from converter.model.cells import RawBook
from converter.model.origem import Origem
from converter.model.problems import Problem
from converter.model.said import NOTHING_SAID, Said


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The cells of a file, or the problems that keep them from being read.

    Of a workbook to mend, what it says of itself stands beside: `said` are answers to what was
    asked in it, `origins` where each of its rows came from, by (sheet, Excel row). `data` is that
    of `Source`.
    """

    book: RawBook | None
    problems: tuple[Problem, ...] = ()
    said: Said = NOTHING_SAID
    origins: Mapping[tuple[str, int], Origem] = field(default_factory=dict)
    data: bytes | None = None
