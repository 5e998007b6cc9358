"""A workbook package opened for extension: checked whole first, edited part by part."""

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote
from xml.parsers import expat

from lxml import etree

from converter.workbook.archive import Entry, read_archive, stored
from converter.workbook.dialect import CONTENT_TYPES, DIALECTS, TRANSITIONAL, Dialect, child, named
from converter.workbook.mark import defined_names
from converter.workbook.parts import part
from converter.workbook.refusal import CannotCarry
from converter.workbook.relations import (
    add_relation,
    empty_relations,
    number,
    owner_name,
    parse,
    read_relations,
    relations_name,
    serialize,
)

TYPES_NAME, PACKAGE_RELATIONS = "[Content_Types].xml", "_rels/.rels"
WORKBOOK = "xl/workbook.xml"
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
APP_PROPERTIES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
)
VARIANT_TYPES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
)
SIGNATURES = "digital-signature/"
MAX_SHEET_ID = 65_534
MAX_CHECKED = 256 * 1024


@dataclass(slots=True)
class SourceBook:
    """The parts of a book, and the roots of those that will change.

    `taken` are part names in small letters; `signed` are the parts of its digital signatures.
    """

    entries: Mapping[str, Entry]
    content_types: etree._Element
    workbook_name: str
    workbook: etree._Element
    relations: etree._Element
    dialect: Dialect
    taken: set[str]
    signed: frozenset[str] = frozenset()

    @property
    def relations_name(self) -> str:
        """The part with the workbook's relationships."""
        return relations_name(self.workbook_name)

    @property
    def sheet_names(self) -> list[str]:
        """The names of the sheets, in tab order."""
        return [sheet.get("name", "") for sheet in self._sheets()]

    @property
    def sheet_count(self) -> int:
        """How many sheets there are, chart sheets and hidden ones too."""
        return len(self.sheet_names)

    @property
    def from_1904(self) -> bool:
        """True where day zero is 1 January 1904."""
        properties = self.workbook.find(named(self.workbook, "workbookPr"))
        return properties is not None and properties.get("date1904") in {"1", "true", "on"}

    @property
    def has_macros(self) -> bool:
        """True where the book is of the kind Excel opens only as `.xlsm`."""
        own = f"/{self.workbook_name}".casefold()
        said = {
            (each.get("PartName") or f".{each.get('Extension') or ''}").casefold(): each
            for each in self.content_types
        }
        # What is said of the part itself wins over what is said of its extension.
        told = said.get(own, said.get(posixpath.splitext(own)[1]))
        return told is not None and "macroEnabled" in (told.get("ContentType") or "")

    def has(self, name: str) -> bool:
        """True where a part name is taken; part names ignore case."""
        return name.casefold() in self.taken

    def kept(self) -> Iterator[Entry]:
        """The entries of the source that go into the result, the content types first."""
        return (entry for name, entry in self.entries.items() if name not in self.signed)

    def styles(self) -> tuple[str, etree._Element | None]:
        """The styles part and its root; None where the book has none."""
        for relation in read_relations(self.relations, self.workbook_name):
            if relation.kind == self.dialect.relation("styles") and relation.target:
                name = self._entry_name(relation.target)
                root = parse(self.entries[name].read(), name)
                if root.tag != f"{{{self.dialect.main}}}styleSheet":
                    raise CannotCarry("livro-xml-invalido", parte=name)
                return name, root
        return "", None

    def sheet_part(self, name: str) -> bytes:
        """The XML of the sheet called `name`, empty where it has none of its own."""
        found = self.sheet_part_name(name)
        return self.entries[found].read() if found else b""

    def sheet_part_name(self, name: str) -> str:
        """The part of the sheet called `name`, "" where it has none of its own."""
        identity = f"{{{self.dialect.relations}}}id"
        wanted = {each.get(identity) for each in self._sheets() if each.get("name") == name}
        for relation in read_relations(self.relations, self.workbook_name):
            if relation.element.get("Id") in wanted and relation.target:
                return self._entry_name(relation.target)
        return ""

    def add_sheet(self, name: str, identity: str, *, hidden: bool = False) -> None:
        """Name a new sheet behind the others."""
        sheets = self.workbook.find(named(self.workbook, "sheets"))
        if sheets is None:
            raise CannotCarry("livro-xml-invalido", parte=self.workbook_name)
        used = {number(sheet.get("sheetId")) for sheet in self._sheets()}
        identity_number = max(used, default=0) + 1
        if identity_number > MAX_SHEET_ID:
            identity_number = next(free for free in range(1, MAX_SHEET_ID) if free not in used)
        element = etree.SubElement(
            sheets,
            f"{{{self.dialect.main}}}sheet",
            {"name": name, "sheetId": str(identity_number)},
            nsmap={"r": self.dialect.relations},
        )
        element.set(f"{{{self.dialect.relations}}}id", identity)
        if hidden:
            element.set("state", "hidden")

    def add_names(self, names: Sequence[tuple[str, int, str, bool]]) -> None:
        """Add defined names: name, index of the sheet, what it means, hidden."""
        parent = defined_names(self.workbook)
        for name, sheet, meaning, hidden in names:
            element = child(parent, "definedName", name=name, localSheetId=str(sheet))
            if hidden:
                element.set("hidden", "1")
            element.text = meaning

    def count_sheets(self, added: Sequence[str], replaced: dict[str, etree._Element]) -> None:
        """Name the new sheets in the book's extended properties, where those list the others."""
        name = "docProps/app.xml"
        if name not in self.entries:
            return
        root = parse(self.entries[name].read(), name)
        for properties, variants in zip(APP_PROPERTIES, VARIANT_TYPES, strict=True):
            titles = root.find(f"{{{properties}}}TitlesOfParts/{{{variants}}}vector")
            count = root.find(
                f"{{{properties}}}HeadingPairs/{{{variants}}}vector/"
                f"{{{variants}}}variant[2]/{{{variants}}}i4"
            )
            if titles is None or count is None:
                continue
            worksheets = number(count.text)
            if not 0 < worksheets <= len(titles):
                return
            for title in reversed(added):
                element = etree.Element(f"{{{variants}}}lpstr")
                element.text = title
                titles.insert(worksheets, element)
            titles.set("size", str(len(titles)))
            count.text = str(worksheets + len(added))
            replaced[name] = root

    def remove_signatures(self, replaced: dict[str, etree._Element]) -> None:
        """Drop the package's digital signatures: the book they vouch for is about to change."""
        if not self.signed:
            return
        root = parse(self.entries[PACKAGE_RELATIONS].read(), PACKAGE_RELATIONS)
        for relation in list(read_relations(root, "")):
            if SIGNATURES in relation.kind:
                root.remove(relation.element)
        replaced[PACKAGE_RELATIONS] = root
        gone = {f"/{name}".casefold() for name in self.signed}
        for override in list(self.content_types):
            if (override.get("PartName") or "").casefold() in gone:
                self.content_types.remove(override)

    def _sheets(self) -> list[etree._Element]:
        main = self.dialect.main
        return self.workbook.findall(f"{{{main}}}sheets/{{{main}}}sheet")

    def _entry_name(self, target: str) -> str:
        return _find(_folded(self.entries), target)


def open_source(source: bytes) -> SourceBook:
    """The package, every part read once and found whole.

    Raises:
        CannotCarry: With the reason, before anything was written.
    """
    entries = read_archive(source)
    if TYPES_NAME not in entries or PACKAGE_RELATIONS not in entries:
        raise CannotCarry("livro-parte-ausente", parte=TYPES_NAME)
    _check_parts(entries)
    targets = _targets(entries)
    workbook_name = _workbook_name(targets)
    workbook = parse(entries[workbook_name].read(), workbook_name)
    dialect = _dialect(workbook, workbook_name)
    content_types = parse(entries[TYPES_NAME].read(), TYPES_NAME)
    if content_types.tag != f"{{{CONTENT_TYPES}}}Types":
        raise CannotCarry("livro-xml-invalido", parte=TYPES_NAME)
    _ensure_relations_type(content_types)
    name = relations_name(workbook_name)
    return SourceBook(
        entries=entries,
        content_types=content_types,
        workbook_name=workbook_name,
        workbook=workbook,
        relations=parse(entries[name].read(), name),
        dialect=dialect,
        taken={each.casefold() for each in entries},
        signed=frozenset(_signature_parts(targets)),
    )


def empty_source(aberta: int) -> SourceBook:
    """A book without sheets that will open on the sheet with index `aberta`."""
    package = empty_relations()
    add_relation(package, TRANSITIONAL.relation("officeDocument"), WORKBOOK)
    entry = stored(PACKAGE_RELATIONS, serialize(package))
    workbook = part("workbook", ns=TRANSITIONAL, aberta=aberta)
    return SourceBook(
        entries={entry.name: entry},
        content_types=parse(part("types", workbook=WORKBOOK).encode(), TYPES_NAME),
        workbook_name=WORKBOOK,
        workbook=parse(workbook.encode(), WORKBOOK),
        relations=empty_relations(),
        dialect=TRANSITIONAL,
        taken={WORKBOOK},
    )


def _workbook_name(targets: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    kinds = {dialect.relation("officeDocument") for dialect in DIALECTS}
    name = next((target for kind, target in targets[""] if kind in kinds), None)
    if name is None or name not in targets:
        raise CannotCarry("livro-parte-ausente", parte=WORKBOOK)
    return name


def _dialect(workbook: etree._Element, name: str) -> Dialect:
    found = next((each for each in DIALECTS if workbook.tag == f"{{{each.main}}}workbook"), None)
    if found is None or workbook.find(f"{{{found.main}}}sheets") is None:
        raise CannotCarry("livro-xml-invalido", parte=name)
    return found


def _check_parts(entries: Mapping[str, Entry]) -> None:
    """Read every part to its end: a cut or altered one would only show up in Excel."""
    for name, entry in entries.items():
        parser = expat.ParserCreate() if _is_checked(entry) else None
        if parser is not None:
            parser.StartDoctypeDeclHandler = _refuse_doctype(name)
        try:
            for piece in entry.chunks():
                if parser is not None:
                    parser.Parse(piece)
            if parser is not None:
                parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError):
            # An encoding nobody knows is not an ExpatError.
            raise CannotCarry("livro-xml-invalido", parte=name) from None


def _is_checked(entry: Entry) -> bool:
    """True for XML small enough to be parsed once more; a larger sheet was parsed when read."""
    return entry.name.endswith((".xml", ".rels")) and entry.size <= MAX_CHECKED


def _refuse_doctype(name: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise CannotCarry("livro-xml-invalido", parte=name)

    return refuse


def _targets(entries: Mapping[str, Entry]) -> dict[str, list[tuple[str, str]]]:
    """For every part with relationships: the kind and the entry of each one inside."""
    found: dict[str, list[tuple[str, str]]] = {}
    folded = _folded(entries)
    for name, entry in entries.items():
        if not (name.endswith(".rels") and posixpath.basename(posixpath.dirname(name)) == "_rels"):
            continue
        owner = owner_name(name)
        inside = found.setdefault(owner, [])
        for relation in read_relations(parse(entry.read(), name), owner):
            if relation.target is not None:
                inside.append((relation.kind, _find(folded, relation.target)))
    return found


def _find(folded: Mapping[str, str], target: str) -> str:
    for wanted in (target, unquote(target)):
        name = folded.get(wanted.casefold())
        if name is not None:
            return name
    raise CannotCarry("livro-parte-ausente", parte=target[:200])


def _folded(entries: Mapping[str, Entry]) -> dict[str, str]:
    """The names of the parts by how they are found: whatever their case."""
    return {name.casefold(): name for name in entries}


def _signature_parts(targets: Mapping[str, Sequence[tuple[str, str]]]) -> set[str]:
    waiting = [name for kind, name in targets[""] if SIGNATURES in kind]
    parts: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in parts:
            continue
        parts.add(name)
        if name in targets:
            parts.add(relations_name(name))
            waiting += [target for _, target in targets[name]]
    return parts


def _ensure_relations_type(content_types: etree._Element) -> None:
    tag = named(content_types, "Default")
    extensions = {(one.get("Extension") or "").casefold() for one in content_types.iter(tag)}
    if "rels" not in extensions:
        told = {"Extension": "rels", "ContentType": RELATIONS_TYPE}
        content_types.insert(0, etree.Element(tag, told))
