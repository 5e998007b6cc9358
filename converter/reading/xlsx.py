"""Books of the Office Open XML family written in XML: xlsx and xlsm."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from converter.model.cells import Assumption, RawSheet
from converter.reading import marks as marking
from converter.reading import sheet_xml
from converter.reading.grid import Sheets, open_parts
from converter.reading.limits import Limits
from converter.reading.markup import refuse_entities, root_of
from converter.reading.package import Package
from converter.reading.refusal import FileRefused

_UNIQUE = re.compile(rb"""uniqueCount\s*=\s*["']\s*(\d+)""")


@dataclass(frozen=True, slots=True)
class Workbook:
    """What the workbook part says of the book as a whole."""

    sheets: tuple[tuple[str, str], ...]
    parts: tuple[str, ...]
    uncalculated: bool
    date1904: bool
    percent: frozenset[int]


@dataclass(frozen=True, slots=True)
class Book:
    """The worksheets of a book, in its order, and what reading decided about it as a whole."""

    sheets: tuple[RawSheet, ...]
    assumptions: tuple[Assumption, ...]


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
    for name, part in book.sheets:
        xml = parts[part] = package.read(part)
        marks = sheet_xml.scan(xml, book.percent, book.uncalculated)
        area = marking.check_extent(name, _exact(xml, marks, book, limits), area, limits)
        found[name] = marks
    with open_parts(parts) as sheets:
        return Book(tuple(_sheets(sheets, found)), assumptions(package, book.date1904))


def _sheets(sheets: Sheets, found: Mapping[str, marking.Marks]) -> list[RawSheet]:
    result = []
    for name, visible in sheets.names:
        if name not in found:
            continue
        rows = sheets.rows(name)
        marking.apply(rows, found[name])
        result.append(RawSheet(name, rows, visible))
    return result


def _exact(xml: bytes, marks: marking.Marks, book: Workbook, limits: Limits) -> marking.Marks:
    """Formatted but empty cells do not count where they are what makes a sheet too large."""
    if marks.rows * marks.columns <= limits.sparse_cells:
        return marks
    return sheet_xml.parse(xml, book.percent, book.uncalculated)


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
            sheets.append((str(sheet.get("name", "")), part))
        elif part:
            kept.append(part)
    settings = root.find("{*}workbookPr")
    calculation = root.find("{*}calcPr")
    return Workbook(
        sheets=tuple(sheets),
        parts=tuple(dict.fromkeys(kept)),
        uncalculated=calculation is not None and _on(calculation.get("fullCalcOnLoad")),
        date1904=settings is not None and _on(settings.get("date1904")),
        percent=_percent_styles(_xml(package, styles)) if styles else frozenset(),
    )


def assumptions(package: Package, book_is_1904: bool) -> tuple[Assumption, ...]:
    """What reading decided about the whole book, for `Resumo`."""
    said = []
    names = [name.casefold() for name in package.names]
    if any(name.endswith("vbaproject.bin") for name in names):
        said.append(Assumption("macros-nao-executadas"))
    if any("/externallinks/" in name for name in names):
        said.append(Assumption("vinculos-externos"))
    if book_is_1904:
        said.append(Assumption("datas-1904"))
    return tuple(said)


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
    return marking.percent_styles(
        formats, [int(style) if style.isdecimal() else 0 for style in styles]
    )


def _check_strings(xml: bytes) -> None:
    """Refuse a false count: calamine reserves room for as many strings as it promises."""
    refuse_entities(xml)
    claimed = _UNIQUE.search(xml[: xml.find(b">", xml.find(b"sst")) + 1])
    if claimed and int(claimed[1]) > len(xml):
        raise FileRefused("arquivo-danificado")


def _xml(package: Package, name: str) -> Any:
    return root_of(package.read(name))


def _resolve(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target
    return posixpath.normpath(posixpath.join(folder, target))


def _on(value: str | None) -> bool:
    return value in {"1", "true", "on"}
