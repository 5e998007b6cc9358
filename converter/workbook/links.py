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
            if not (link[:4] == "http" and is_address(link)):
                self.elements.append(f'<hyperlink ref="{cell}" location="{place}"/>')
            elif len(address := encoded(link)) <= MAX_ADDRESS:
                identity = self.outside.setdefault(address, f"rIdLink{len(self.outside) + 1}")
                self.elements.append(f'<hyperlink ref="{cell}" r:id="{identity}"/>')


def too_many(columns: Sequence[NewColumn]) -> bool:
    """Whether more cells lead elsewhere than Excel takes; counted only where it may be so."""
    linked = [column.links for column in columns if column.links]
    if sum(map(len, linked)) <= MAX_LINKS:
        return False
    targets = (link for link in chain.from_iterable(linked) if link is not None)
    return any(True for _ in islice(targets, MAX_LINKS, None))


def is_address(link: str) -> bool:
    """Whether a link leaves the book."""
    return link.startswith(("https://", "http://"))


def encoded(address: str) -> str:
    """An address Excel accepts as a relationship target: ASCII, nothing a URI forbids."""
    return quote(address, safe="%/:=&?~#+!$,;'@()*")
