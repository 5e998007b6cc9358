"""Books of the Office Open XML family written in XML: xlsx and xlsm."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, count, islice

from lxml import etree

from converter.model.cells import RawSheet, RawValue
from converter.reading import arrangement, pieces, sheet_xml
from converter.reading import marks as marking
from converter.reading.formats import Form, form_by_id
from converter.reading.grid import made_of, open_parts
from converter.reading.limits import Limits
from converter.reading.markup import number_of, refuse_entities, root_of
from converter.reading.package import Package
from converter.reading.refusal import FileRefused
from converter.reading.relations import Relation, relations_of

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
    shared = {kind: package.read(name) for kind, name in book.shared.items()}
    _check_strings(shared.get("sharedStrings", b""))
    parts, sheets, marked = _scanned(package, book, limits)

    def again() -> list[bytes]:
        return [package.read(sheet.part) for sheet in book.sheets]

    try:
        grids = _grids(parts, shared, book) or _grids(again(), shared, book, cut=False)
    except FileRefused:
        # A number may be more days than calamine can tell; without styles it tells numbers only.
        if shared.pop("styles", None) is None:
            raise
        grids = _grids(again(), shared, book, cut=False)
        marked = [_parsed(xml, book.forms, book, limits) for xml in again()]
    read_sheets = []
    for sheet, marks, grid in zip(sheets, marked, grids, strict=True):
        rows = _bare(grid, marks)
        marking.apply(rows, marks, book.date1904)
        read_sheets.append(replace(sheet, rows=rows, zoned=marks.zoned))
    return Book(tuple(read_sheets), book.date1904)


def _scanned(
    package: Package, book: Workbook, limits: Limits
) -> tuple[list[bytes], list[RawSheet], list[marking.Marks]]:
    """The part of each worksheet, the sheet without its rows, and what is to be told of its cells.

    All of them together are within their limits.
    """
    parts: dict[str, bytes] = {}
    sheets: list[RawSheet] = []
    found: list[marking.Marks] = []
    area = 0
    for sheet in book.sheets:
        if sheet.part in parts:
            # Excel gives each sheet a part; who does not would have it read a thousand times.
            raise FileRefused("arquivo-suspeito", motivo="mostra as mesmas células em várias abas")
        xml = parts[sheet.part] = package.read(sheet.part)
        room = limits.sparse_cells - area
        marks = sheet_xml.scan(xml, book.forms, book.uncalculated, room=room, most=limits.cells)
        try:
            area = marking.check_extent(sheet.name, marks, area, limits)
        except FileRefused:
            # Formatted but empty cells do not count where they are what makes it too large.
            area = marking.check_extent(sheet.name, _parsed(xml, {}, book, limits), area, limits)
        found.append(marks)
        hidden = arrangement.hidden(xml)
        filters = (xml, *_tables(package, sheet.part)) if hidden else ()
        merged, filtered = arrangement.merged(xml), arrangement.filtered(hidden, filters)
        sheets.append(RawSheet(sheet.name, (), sheet.visible, merged, hidden, filtered))
    return [*parts.values()], sheets, found


def _parsed(xml: bytes, forms: Mapping[int, Form], book: Workbook, limits: Limits) -> marking.Marks:
    return sheet_xml.parse(xml, forms, book.uncalculated, most=limits.cells)


def _grids(
    parts: list[bytes], shared: Mapping[str, bytes], book: Workbook, *, cut: bool = True
) -> list[list[list[RawValue]]]:
    """The rows of each sheet; of a large one, where it may be `cut`, piece by piece.

    Nothing where the rows of one that was cut are not in their order. The `parts` go as they are
    taken: one may be of a gigabyte.
    """
    cuts = [pieces.between_rows(xml) if cut else () for xml in parts]
    size = sum(map(len, parts))
    sheets = (pieces.parts(parts.pop(0), places) for places in cuts)
    made = made_of(chain.from_iterable(sheets), shared, date1904=book.date1904)
    with open_parts(made, size) as rows_of:
        found = map(rows_of, count())
        joined = [pieces.joined(islice(found, len(places) + 1)) for places in cuts]
    grids = [grid for grid in joined if grid is not None]
    return grids if len(grids) == len(joined) else []


def _bare(rows: list[list[RawValue]], marks: marking.Marks) -> list[list[RawValue]]:
    """The rows, those without any value empty where one far cell made calamine fill thousands."""
    if marks.cells * 8 >= marks.rows * marks.columns:
        return rows
    return [row if row.count("") < len(row) else [] for row in rows]


def _tables(package: Package, sheet: str) -> Iterator[bytes]:
    """The parts of a sheet's tables."""
    for part in sorted({one.part for one in relations_of(package, sheet) if one.kind == "table"}):
        yield package.read(part)


def workbook(package: Package, main: str) -> Workbook:
    """The sheets with their parts, and the settings that change what a value means."""
    root = root_of(package.read(main))
    related = relations_of(package, main)
    if not related:
        raise FileRefused("arquivo-danificado")
    shared = {one.kind: one.part for one in related if one.kind in {"sharedStrings", "styles"}}
    settings = root.find("{*}workbookPr")
    calculation = root.find("{*}calcPr")
    return Workbook(
        sheets=tuple(_worksheets(root, {one.name: one for one in related})),
        shared=shared,
        uncalculated=calculation is not None and _on(calculation.get("fullCalcOnLoad")),
        date1904=settings is not None and _on(settings.get("date1904")),
        forms=_forms(root_of(package.read(shared["styles"]))) if "styles" in shared else {},
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
