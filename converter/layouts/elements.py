"""Files made of XML elements: one table of paths gives the writer, the reader and the page.

A table is a CSV beside the layout: registro, caminho (element path below the record), tipo,
tamanho (most characters), obrigatorio, campo (API path), conteudo, fonte. Its order is the
order of the elements.
"""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from converter.layouts.table import Row, by_record


def escape(text: str) -> str:
    """Text between tags. `xml.sax.saxutils` has the same and imports half the network for it."""
    return html.escape(text, quote=False)


@dataclass(frozen=True, slots=True)
class Element:
    """One leaf of the document. `parts` is its path, split."""

    caminho: str
    kind: str
    tamanho: int
    obrigatorio: bool
    campo: str | None
    conteudo: str
    fonte: str
    parts: tuple[str, ...]


class Tree:
    """The leaves of one record, able to write its elements and to read them back."""

    def __init__(self, elements: tuple[Element, ...]) -> None:
        self.elements = elements
        self.by_path = {element.caminho: element for element in elements}
        self.order = {element.caminho: place for place, element in enumerate(elements)}

    def render(self, values: Mapping[str, str], depth: int) -> str:
        """The elements that have a value, one per line, indented from `depth`."""
        out: list[str] = []
        open_: tuple[str, ...] = ()
        for element in self.elements:
            value = values.get(element.caminho)
            if not value:
                continue
            *parents, name = element.parts
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
    return {name: Tree(tuple(map(_element, rows))) for name, rows in by_record(path).items()}


def _element(row: Row) -> Element:
    return Element(
        caminho=row["caminho"],
        kind=row["tipo"],
        tamanho=int(row["tamanho"]),
        obrigatorio=row["obrigatorio"] == "sim",
        campo=row["campo"] or None,
        conteudo=row["conteudo"],
        fonte=row["fonte"],
        parts=tuple(row["caminho"].split("/")),
    )


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
        raise XmlError(f"XML malformado: {error}") from error
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        raise XmlError("XML com DOCTYPE não é aceito")
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
