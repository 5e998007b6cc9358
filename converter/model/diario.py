"""What came of caring for the journal."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Restored:
    """What going back to a copy did.

    `since` are the lotes the API holds and the copy does not know as sent; `absent` those it does
    not hold; `unasked` those nobody could be asked about.
    """

    copy: str
    aside: str | None
    ambiente: str
    since: tuple[str, ...]
    absent: tuple[str, ...]
    unasked: tuple[str, ...]


class Compacted(NamedTuple):
    """A file and its size in bytes before and after."""

    name: str
    before: int
    after: int
