"""Files made of XML elements: one table of paths gives the writer, the reader and the page.

A table is a CSV beside the layout: registro, nome (element path below the record), tipo, tamanho
(most characters), obrigatorio, campo (API path), conteudo, fonte. Elements stand in its order.
"""

import html
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from converter.layouts.file_fields import FileField, fields
from converter.layouts.reasons import reason


def escape(text: str) -> str:
    """Text between tags. `xml.sax.saxutils` has the same and imports half the network for it."""
    return html.escape(text, quote=False)


class Tree:
    """The leaves of one record, able to write its elements and to read them back."""

    def __init__(self, own: Sequence[FileField]) -> None:
        self.fields = tuple(own)
        self.by_path = {field.nome: field for field in own}
        self.order = {field.nome: place for place, field in enumerate(own)}

    def render(self, values: Mapping[str, str], depth: int) -> str:
        """The elements that have a value, one per line, indented from `depth`."""
        out: list[str] = []
        open_: tuple[str, ...] = ()
        for field in self.fields:
            value = values.get(field.nome)
            if not value:
                continue
            *parents, name = field.nome.split("/")
            common = 0
            while common < min(len(open_), len(parents)) and open_[common] == parents[common]:
                common += 1
            out.extend(_closing(open_, common, depth))
            out.extend(
                f"{'  ' * (depth + level)}<{parents[level]}>\n"
                for level in range(common, len(parents))
            )
            open_ = tuple(parents)
            out.append(f"{'  ' * (depth + len(parents))}<{name}>{escape(value)}</{name}>\n")
        out.extend(_closing(open_, 0, depth))
        return "".join(out)


def _closing(open_: tuple[str, ...], common: int, depth: int) -> list[str]:
    return [
        f"{'  ' * (depth + level)}</{open_[level]}>\n"
        for level in range(len(open_) - 1, common - 1, -1)
    ]


def load(path: Path) -> dict[str, Tree]:
    """The records of a table by name."""
    return {name: Tree(own) for name, own in fields(path).items()}


class XmlError(ValueError):
    """The bytes are no XML this module is willing to read."""


def parse(content: bytes) -> etree._Element:
    """The root element. No DTD, no entities, no network. Raises XmlError."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise XmlError(reason("xml-malformado", erro=error)) from error
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        raise XmlError(reason("xml-doctype"))
    return root


def local(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(etree.QName(element).localname)


def line_of(element: etree._Element) -> int:
    """The line of the file an element starts on."""
    line: Any = element.sourceline
    return int(line or 0)


def leaves(element: etree._Element, skip: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """(path, text) of every leaf below an element, in document order; `skip` names are left out."""
    out: list[tuple[str, str]] = []
    stack = [(child, local(child)) for child in reversed(element)]
    while stack:
        node, path = stack.pop()
        if local(node) in skip:
            continue
        if len(node):
            stack.extend((child, f"{path}/{local(child)}") for child in reversed(node))
        else:
            out.append((path, node.text or ""))
    return out
