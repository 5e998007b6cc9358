"""Relationship parts: who points at whom inside a package, and what points outside."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from converter.workbook.dialect import PACKAGE_RELATIONSHIPS, default
from converter.workbook.refusal import CannotCarry

_TAG = f"{{{PACKAGE_RELATIONSHIPS}}}Relationship"


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship; `target` is a part name without leading slash, None when outside."""

    identity: str
    kind: str
    target: str | None
    element: etree._Element


MAX_TAGS = 1_000_000
"""The parts that are edited list sheets, names and formats: all Excel allows of them takes less."""


def parse(content: bytes, part: str) -> etree._Element:
    """The root of an XML part; document types, which may expand without end, are refused.

    So are parts of more than `MAX_TAGS`: a tree takes a hundred bytes for each.
    """
    if content.count(b"<") > MAX_TAGS:
        raise CannotCarry("livro-grande-demais")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, LookupError, ValueError):
        raise CannotCarry("livro-xml-invalido", parte=part) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise CannotCarry("livro-xml-invalido", parte=part)
    return root


def number(text: str | None) -> int:
    """A number found in a part, 0 where there is none: a hostile part may say anything."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def serialize(root: etree._Element) -> bytes:
    """An edited part as bytes, its prefixes and namespaces as they were."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def relations_name(part: str) -> str:
    """The part that holds the relationships of `part`; `""` is the package itself."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def owner_name(relations_part: str) -> str:
    """The part a relationships part belongs to."""
    folder, name = posixpath.split(relations_part)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def read_relations(root: etree._Element, owner: str) -> Iterator[Relationship]:
    """The relationships of `owner`, targets resolved.

    Raises:
        CannotCarry: A target leaves the package, or leads outside and is not a hyperlink.
    """
    if root.tag != f"{{{PACKAGE_RELATIONSHIPS}}}Relationships":
        raise CannotCarry("livro-xml-invalido", parte=relations_name(owner))
    for element in root.iter(_TAG):
        kind, target = element.get("Type", ""), element.get("Target", "")
        outside = element.get("TargetMode") == "External"
        if outside and not kind.endswith("/hyperlink"):
            raise CannotCarry("livro-relacao-externa", alvo=target[:200])
        inside = None if outside else _resolve(owner, target)
        yield Relationship(element.get("Id", ""), kind, inside, element)


def _resolve(owner: str, target: str) -> str | None:
    path = target.partition("#")[0]
    if not path:
        return None
    if ":" in path or "\\" in path or "%2e" in path.casefold():
        raise CannotCarry("livro-alvo-fora", alvo=target[:200])
    joined = path[1:] if path.startswith("/") else posixpath.join(posixpath.dirname(owner), path)
    steps: list[str] = []
    for step in joined.split("/"):
        if step == "..":
            if not steps:
                raise CannotCarry("livro-alvo-fora", alvo=target[:200])
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


def relative(owner: str, part: str) -> str:
    """`part` as a target in the relationships of `owner`."""
    return posixpath.relpath(part, posixpath.dirname(owner) or ".")


def add_relation(
    root: etree._Element,
    kind: str,
    target: str,
    *,
    outside: bool = False,
    identity: str | None = None,
) -> str:
    """Add a relationship under `identity` or an unused id, and return the id."""
    if identity is None:
        used = {element.get("Id") for element in root.iter(_TAG)}
        number = len(used) + 1
        while f"rId{number}" in used:
            number += 1
        identity = f"rId{number}"
    element = etree.SubElement(root, _TAG, {"Id": identity, "Type": kind, "Target": target})
    if outside:
        element.set("TargetMode", "External")
    return identity


def empty_relations() -> etree._Element:
    """A relationships part with nothing in it."""
    return etree.Element(
        f"{{{PACKAGE_RELATIONSHIPS}}}Relationships", nsmap=default(PACKAGE_RELATIONSHIPS)
    )
