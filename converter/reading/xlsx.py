"""Books of the Office Open XML family written in XML: xlsx and xlsm."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from converter.model.cells import RawSheet
from converter.reading import arrangement, sheet_xml
from converter.reading import marks as marking
from converter.reading.formats import Shown, shown_by_id
from converter.reading.grid import open_parts
from converter.reading.limits import Limits
from converter.reading.markup import refuse_entities, root_of
from converter.reading.package import Package
from converter.reading.refusal import FileRefused

_UNIQUE = re.compile(rb"""uniqueCount\s*=\s*["'][\s+]*(\d+)""")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet and the part it is in."""

    name: str
    part: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the workbook part says of the book as a whole."""

    sheets: tuple[Sheet, ...]
    parts: tuple[str, ...]
    uncalculated: bool
    date1904: bool
    percent: frozenset[int]


@dataclass(frozen=True, slots=True)
class Book:
    """The worksheets of a book, in its order, and whether it counts its dates from 1904."""

    sheets: tuple[RawSheet, ...]
    date1904: bool


def read(package: Package, main: str, limits: Limits) -> Book:
    """The worksheets of a book; chart sheets hold no rows and are left out.

    Raises:
        FileRefused: The book is damaged, hostile or too large.
    """
    book = workbook(package, main)
    parts: dict[str, bytes] = {name: package.read(name) for name in book.parts}
    for name, content in parts.items():
        if name.casefold().endswith("sharedstrings.xml"):
            _check_strings(content)
    found: dict[str, marking.Marks] = {}
    area = 0
    for sheet in book.sheets:
        xml = parts[sheet.part] = package.read(sheet.part)
        found[sheet.name] = sheet_xml.scan(
            xml,
            book.percent,
            book.uncalculated,
            room=limits.sparse_cells - area,
            most=limits.cells,
        )
        area = _check_extent(sheet.name, xml, found[sheet.name], area, limits)
    sheets = []
    with open_parts(parts) as rows_of:
        for sheet in book.sheets:
            rows = rows_of(sheet.name)
            marking.apply(rows, found[sheet.name])
            xml = parts[sheet.part]
            hidden = arrangement.hidden(xml)
            filters = (xml, *_tables(package, sheet.part)) if hidden else ()
            sheets.append(
                RawSheet(
                    sheet.name,
                    rows,
                    sheet.visible,
                    arrangement.merged(xml),
                    hidden,
                    arrangement.filtered(hidden, filters),
                )
            )
    return Book(tuple(sheets), book.date1904)


def _tables(package: Package, sheet: str) -> Iterator[bytes]:
    """The parts of a sheet's tables."""
    folder, file = posixpath.split(sheet)
    relations = package.find(f"{folder}/_rels/{file}.rels")
    for relation in _xml(package, relations).iter("{*}Relationship") if relations else ():
        part = package.find(_resolve(folder, str(relation.get("Target", ""))))
        if part is not None and str(relation.get("Type", "")).endswith("/table"):
            yield package.read(part)


def _check_extent(name: str, xml: bytes, seen: marking.Marks, area: int, limits: Limits) -> int:
    """Formatted but empty cells do not count where they are what makes a sheet too large."""
    try:
        return marking.check_extent(name, seen, area, limits)
    except FileRefused:
        exact = sheet_xml.parse(xml, frozenset(), uncalculated=False, most=limits.cells)
        return marking.check_extent(name, exact, area, limits)


def workbook(package: Package, main: str) -> Workbook:
    """The sheets with their parts, and the settings that change what a value means."""
    root = _xml(package, main)
    folder, file = posixpath.split(main)
    relations_part = package.find(f"{folder}/_rels/{file}.rels") or ""
    targets = {}
    kept = [name for name in map(package.find, ("[Content_Types].xml", "_rels/.rels")) if name]
    kept += [main, relations_part]
    styles = None
    for relation in _xml(package, relations_part).iter("{*}Relationship"):
        kind = str(relation.get("Type", "")).rsplit("/", 1)[-1]
        if relation.get("TargetMode") == "External":
            continue
        part = package.find(_resolve(folder, str(relation.get("Target", ""))))
        if part is None:
            continue
        targets[str(relation.get("Id"))] = (kind, part)
        if kind in {"sharedStrings", "styles"}:
            kept.append(part)
            styles = part if kind == "styles" else styles
    sheets = []
    for sheet in root.iter("{*}sheet"):
        identifier = next((v for k, v in sheet.items() if k.endswith("}id")), "")
        kind, part = targets.get(identifier, ("", ""))
        if kind == "worksheet":
            visible = sheet.get("state", "visible") == "visible"
            sheets.append(Sheet(str(sheet.get("name", "")), part, visible))
        elif part:
            kept.append(part)
    if len({sheet.name for sheet in sheets}) != len(sheets):
        raise FileRefused("arquivo-danificado")
    settings = root.find("{*}workbookPr")
    calculation = root.find("{*}calcPr")
    return Workbook(
        sheets=tuple(sheets),
        parts=tuple(dict.fromkeys(kept)),
        uncalculated=calculation is not None and _on(calculation.get("fullCalcOnLoad")),
        date1904=settings is not None and _on(settings.get("date1904")),
        percent=_percent_styles(_xml(package, styles)) if styles else frozenset(),
    )


def _percent_styles(root: Any) -> frozenset[int]:
    formats = {
        int(entry.get("numFmtId")): str(entry.get("formatCode", ""))
        for entry in root.iter("{*}numFmt")
        if str(entry.get("numFmtId", "")).isdecimal()
    }
    cells = root.find("{*}cellXfs")
    if cells is None:
        return frozenset()
    styles = [str(entry.get("numFmtId", "0")) for entry in cells.iter("{*}xf")]
    return frozenset(
        index
        for index, style in enumerate(styles)
        if style.isdecimal() and shown_by_id(int(style), formats) is Shown.PERCENT
    )


def _check_strings(xml: bytes) -> None:
    """Refuse a false count: calamine reserves room for as many strings as it promises."""
    refuse_entities(xml)
    # Wherever it stands: where the start tag ends is for calamine to say, not for us.
    # In UTF-16, which no program writes, we would not find it.
    if b"\x00" in xml[:64] or any(int(claimed) > len(xml) for claimed in _UNIQUE.findall(xml)):
        raise FileRefused("arquivo-danificado")


def _xml(package: Package, name: str) -> Any:
    return root_of(package.read(name))


def _resolve(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target
    return posixpath.normpath(posixpath.join(folder, target))


def _on(value: str | None) -> bool:
    return value in {"1", "true", "on"}
