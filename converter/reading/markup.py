"""XML of strangers: entities are never declared, expanded or fetched."""

import io
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from converter.reading.refusal import FileRefused

_ROOT = re.compile(rb"<[A-Za-z_]")


def refuse_entities(xml: bytes) -> None:
    """No spreadsheet program writes a DTD, whose place is before the root; who does means harm.

    Raises:
        FileRefused: `arquivo-suspeito`.
    """
    root = _ROOT.search(xml)
    if b"<!DOCTYPE" in xml[: root.start() if root else len(xml)]:
        raise FileRefused("arquivo-suspeito", motivo="declara entidades XML")


def root_of(xml: bytes) -> Any:
    """The root element of a small part.

    Raises:
        FileRefused: `arquivo-suspeito` or `arquivo-danificado`.
    """
    refuse_entities(xml)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.parse(io.BytesIO(xml), parser).getroot()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FileRefused("arquivo-danificado") from error


def walk(xml: bytes, tags: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The start and end of every element with one of these tags, in one pass over a large part.

    Raises:
        FileRefused: `arquivo-suspeito` or `arquivo-danificado`.
    """
    refuse_entities(xml)
    try:
        yield from etree.iterparse(
            io.BytesIO(xml),
            events=("start", "end"),
            tag=tags,
            resolve_entities=False,
            no_network=True,
        )
    except etree.XMLSyntaxError as error:
        raise FileRefused("arquivo-danificado") from error
