"""The links of a new sheet, within what Excel takes of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from urllib.parse import quote

from converter.workbook.cells import attributes
from converter.workbook.new_sheet import NewColumn

# Excel drops every link of a sheet that has more (measured by its own limits page: 65,530).
MAX_LINKS = 65_000
MAX_LINK_TEXT = 255
MAX_ADDRESS = 2_079


@dataclass(slots=True)
class Links:
    """The links of one sheet: XML elements, and the outside addresses they lean on."""

    elements: list[str] = field(default_factory=list)
    outside: dict[str, str] = field(default_factory=dict)

    def add(self, cells: Sequence[str], links: Sequence[str]) -> None:
        """Make each of the cells lead to a place of this book or to an https address."""
        places = attributes(links)
        for cell, link, place in zip(cells, links, places, strict=True):
            if link[:4] == "http" and is_address(link):
                self._add_address(cell, encoded(link))
            else:
                self.elements.append(f'<hyperlink ref="{cell}" location="{place}"/>')

    def _add_address(self, cell: str, link: str) -> None:
        if len(link) <= MAX_ADDRESS:
            identity = self.outside.setdefault(link, f"rIdLink{len(self.outside) + 1}")
            self.elements.append(f'<hyperlink ref="{cell}" r:id="{identity}"/>')


def linked(columns: Sequence[NewColumn]) -> int:
    """How many cells lead elsewhere; no more are counted than tell that they are too many."""
    targets = chain.from_iterable(column.links for column in columns if column.links)
    return sum(1 for _ in islice((link for link in targets if link is not None), MAX_LINKS + 1))


def is_address(link: str) -> bool:
    """Whether a link leaves the book."""
    return link.startswith(("https://", "http://"))


def encoded(address: str) -> str:
    """An address Excel accepts as a relationship target: ASCII, nothing a URI forbids."""
    return quote(address, safe="%/:=&?~#+!$,;'@()*")
