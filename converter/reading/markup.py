"""XML of strangers: entities are never declared, expanded or fetched."""

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from lxml import etree

from converter.reading.refusal import FileRefused

_DIGITS = 9
_ROOT = re.compile(rb"<[A-Za-z_]")

MAX_TAGS = 1_000_000
"""Of a part read as a tree: the sixty-five thousand formats Excel takes are a fifth of them."""


def refuse_entities(xml: bytes) -> None:
    """No spreadsheet program writes a DTD, whose place is before the root; who does means harm.

    Raises:
        FileRefused: `arquivo-suspeito`.
    """
    root = _ROOT.search(xml)
    if b"<!DOCTYPE" in xml[: root.start() if root else len(xml)]:
        raise FileRefused("arquivo-suspeito", motivo="declara entidades XML")


def root_of(xml: bytes) -> etree._Element:
    """The root element of a small part.

    Raises:
        FileRefused: `arquivo-suspeito` or `arquivo-danificado`.
    """
    refuse_entities(xml)
    if xml.count(b"<") > MAX_TAGS:
        raise FileRefused("arquivo-suspeito", motivo="lista mais formatos ou nomes do que cabem")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.parse(io.BytesIO(xml), parser).getroot()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FileRefused("arquivo-danificado") from error


def well_formed(xml: bytes) -> None:
    """A part is XML to its end, no attribute said twice.

    Raises:
        FileRefused: `arquivo-danificado`.
    """
    try:
        expat.ParserCreate().Parse(xml, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise FileRefused("arquivo-danificado") from error


def number_of(text: str | None) -> int | None:
    """A count or an index that a file writes, None where it is none: digits without end are not."""
    if text is None or not text.isdecimal() or len(text) > _DIGITS:
        return None
    return int(text)


def sheet_data(xml: bytes) -> tuple[int, int]:
    """Where the cells of a worksheet's part begin and end; all of it where that is not told."""
    begin = max(xml.find(b"<sheetData"), 0)
    end = xml.rfind(b"</sheetData")
    return begin, len(xml) if end < begin else end


def walk(
    xml: bytes, tags: tuple[str, ...], most: int, *, html: bool = False, encoding: str | None = None
) -> Iterator[tuple[str, Any]]:
    """The start and end of every element with one of these tags, in one pass over a large part.

    An element is emptied, and those before it dropped, as soon as its end was seen: what is
    needed of it has to be taken then, and no more than a branch of the tree is ever held.

    Args:
        xml: The part.
        tags: As lxml spells them.
        most: Ends after which it is no spreadsheet any more.
        html: Read as browsers do, where tags need not match.
        encoding: Of a page; XML says its own.

    Raises:
        FileRefused: `arquivo-suspeito`, `arquivo-danificado` or `arquivo-grande`.
    """
    if not html:
        refuse_entities(xml)
    events = etree.iterparse(
        io.BytesIO(xml),
        events=("start", "end"),
        tag=tags,
        html=html,
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
    )
    try:
        for event, element in events:
            yield event, element
            if event == "end":
                most -= 1
                if most < 0:
                    raise FileRefused("arquivo-grande")
                _forget(element)
    except (etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise FileRefused("arquivo-danificado") from error


def _forget(element: Any) -> None:
    element.clear(keep_tail=True)
    parent = element.getparent()
    if parent is not None:
        while parent[0] is not element:
            del parent[0]
