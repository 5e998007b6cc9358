"""What the parts of a package are joined to: the relations a part of the Open XML formats has."""

import posixpath
from typing import NamedTuple

from converter.reading.markup import root_of
from converter.reading.package import Package


class Relation(NamedTuple):
    """The name a part calls another by, the kind of the other, and where it is."""

    name: str
    kind: str
    part: str


def relations_of(package: Package, part: str) -> list[Relation]:
    """The relations of a part (of the package itself where it is empty) to parts that are there.

    Raises:
        FileRefused: What is written of them cannot be read.
    """
    folder, file = posixpath.split(part)
    own = package.find(f"{folder}/_rels/{file}.rels")
    if own is None:
        return []
    found = []
    for relation in root_of(package.read(own)).iter("{*}Relationship"):
        target = package.find(
            posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
        )
        if target is not None and relation.get("TargetMode") != "External":
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            found.append(Relation(relation.get("Id", ""), kind, target))
    return found
