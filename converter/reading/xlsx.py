"""Books of the Office Open XML family written in XML: xlsx and xlsm."""

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree

from converter.model.cells import RawSheet, RawValue
from converter.reading import arrangement
from converter.reading.appearance import Look, appearance_of, looks_of
from converter.reading.blocks import Block, check_extent, zoned
from converter.reading.coded_rows import CodedRows, GridRows
from converter.reading.formats import Form, form_by_id
from converter.reading.grid import values_of
from converter.reading.limits import Limits
from converter.reading.markup import number_of, refuse_entities, root_of
from converter.reading.package import Package
from converter.reading.refusal import FileRefused
from converter.reading.relations import Relation, relations_of
from converter.reading.sheet_xml import blocks_of, parse

_UNIQUE = re.compile(rb"""uniqueCount\s*=\s*["'][\s+]*(\d+)""")
_DIGITS = 9


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
    shared: Mapping[str, str]
    uncalculated: bool
    date1904: bool
    forms: Mapping[int, Form]
    looks: Mapping[int, Look]


def read(package: Package, main: str, limits: Limits) -> tuple[tuple[RawSheet, ...], bool]:
    """The worksheets of a book, and whether it counts its dates from 1904.

    Chart sheets hold no rows and are left out.

    Raises:
        FileRefused: The book is damaged, hostile or too large.
    """
    book = workbook(package, main)
    shared = {kind: package.read(name) for kind, name in book.shared.items()}
    _check_strings(shared.get("sharedStrings", b""))
    sheets = _sheets(package, book, limits)
    blocks = [block for _, own in sheets for block in own]
    try:
        values = _values(blocks, shared, book)
    except FileRefused:
        # A number may be more days than calamine can tell; without styles it tells numbers only.
        if shared.pop("styles", None) is None:
            raise
        values = _values(blocks, shared, book)
    found = iter(values)
    made = (
        replace(sheet, rows=GridRows(map(_coded, own, islice(found, len(own)))), zoned=zoned(own))
        for sheet, own in sheets
    )
    return tuple(made), book.date1904


def _sheets(
    package: Package, book: Workbook, limits: Limits
) -> list[tuple[RawSheet, Sequence[Block]]]:
    """Each worksheet without its rows, and those as blocks; all together within their limits."""
    if len({sheet.part for sheet in book.sheets}) < len(book.sheets):
        # Excel gives each sheet a part; who does not would have it read a thousand times.
        raise FileRefused("arquivo-suspeito", motivo="mostra as mesmas células em várias abas")
    sheets = []
    area = 0
    for sheet in book.sheets:
        xml = package.read(sheet.part)
        blocks = blocks_of(xml, book.forms, book.uncalculated, limits.cells)
        try:
            area = check_extent(sheet.name, blocks, area, limits)
        except FileRefused:
            # Formatted but empty cells do not count where they are what makes it too large.
            blocks = parse(xml, book.forms, book.uncalculated, limits.cells)
            area = check_extent(sheet.name, blocks, area, limits)
        hidden = arrangement.hidden(xml)
        filters = (xml, *_related(package, sheet.part, "table")) if hidden else ()
        merged, filtered = arrangement.merged(xml), arrangement.filtered(hidden, filters)
        seen = appearance_of(blocks, book.looks, [*_related(package, sheet.part, "comments")])
        bare = RawSheet(sheet.name, (), sheet.visible, merged, hidden, filtered, appearance=seen)
        sheets.append((bare, blocks))
    return sheets


def _coded(block: Block, values: Sequence[RawValue]) -> CodedRows:
    return CodedRows(values, array("I", block.codes), block.columns, block.numbers)


def _values(
    blocks: Sequence[Block], shared: Mapping[str, bytes], book: Workbook
) -> list[list[RawValue]]:
    """The values of the distinct cells of each block, as their formats show them."""
    values = values_of([block.cells for block in blocks], shared, date1904=book.date1904)
    for found, block in zip(values, blocks, strict=True):
        block.marks.apply(found, book.date1904)
    return values


def _related(package: Package, sheet: str, kind: str) -> Iterator[bytes]:
    """The parts of a kind that a sheet has: its tables, its comments."""
    for part in sorted({one.part for one in relations_of(package, sheet) if one.kind == kind}):
        yield package.read(part)


def workbook(package: Package, main: str) -> Workbook:
    """The sheets with their parts, and the settings that change what a value means."""
    root = root_of(package.read(main))
    related = relations_of(package, main)
    if not related:
        raise FileRefused("arquivo-danificado")
    shared = {one.kind: one.part for one in related if one.kind in {"sharedStrings", "styles"}}
    styles = root_of(package.read(shared["styles"])) if "styles" in shared else None
    settings = root.find("{*}workbookPr")
    calculation = root.find("{*}calcPr")
    return Workbook(
        sheets=tuple(_worksheets(root, {one.name: one for one in related})),
        shared=shared,
        uncalculated=calculation is not None and _on(calculation.get("fullCalcOnLoad")),
        date1904=settings is not None and _on(settings.get("date1904")),
        forms={} if styles is None else _forms(styles),
        looks={} if styles is None else looks_of(styles),
    )


def _worksheets(root: etree._Element, related: Mapping[str, Relation]) -> Iterator[Sheet]:
    names = set()
    for sheet in root.iter("{*}sheet"):
        name = str(sheet.get("name", ""))
        if name in names:
            raise FileRefused("arquivo-suspeito", motivo="traz duas abas com o mesmo nome")
        names.add(name)
        identifier = next((str(v) for k, v in sheet.items() if str(k).endswith("}id")), "")
        found = related.get(identifier)
        if found is not None and found.kind == "worksheet":
            yield Sheet(name, found.part, sheet.get("state", "visible") == "visible")


def _forms(root: etree._Element) -> Mapping[int, Form]:
    """What the styles show, of those that may show a number otherwise than it is."""
    formats = {
        number: str(entry.get("formatCode", ""))
        for entry in root.iter("{*}numFmt")
        if (number := number_of(entry.get("numFmtId"))) is not None
    }
    cells = root.find("{*}cellXfs")
    styles = () if cells is None else cells.iter("{*}xf")
    forms = (form_by_id(number_of(entry.get("numFmtId", "0")) or 0, formats) for entry in styles)
    return {style: form for style, form in enumerate(forms) if form != Form()}


def _check_strings(xml: bytes) -> None:
    """Refuse a false count: calamine reserves room for as many strings as it promises."""
    refuse_entities(xml)
    # Wherever it stands: where the start tag ends is for calamine to say, not for us.
    # In UTF-16, which no program writes, we would not find it.
    if b"\x00" in xml[:64] or any(
        len(claimed) > _DIGITS or int(claimed) > len(xml) for claimed in _UNIQUE.findall(xml)
    ):
        raise FileRefused("arquivo-danificado")


def _on(value: str | None) -> bool:
    return value in {"1", "true", "on"}
