"""Every book the tests carry, by name: built here, or kept in `dados/` if LibreOffice made it."""

from functools import cache
from pathlib import Path

from tests.workbook import by_hand, by_libraries

KEPT = {path.stem: path for path in sorted(Path(__file__).parent.glob("dados/*.xlsx"))}
NAMES = (*by_hand.BOOKS, *by_libraries.BOOKS, *KEPT)


@cache
def book(name: str) -> bytes:
    if name in KEPT:
        return KEPT[name].read_bytes()
    return (by_hand.BOOKS | by_libraries.BOOKS)[name]()
