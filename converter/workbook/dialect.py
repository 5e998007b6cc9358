"""The two namespaces a workbook may be written in (ISO/IEC 29500: transitional and strict)."""

from dataclasses import dataclass
from typing import Any

from lxml import etree

PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


@dataclass(frozen=True, slots=True)
class Dialect:
    """The namespaces one workbook uses throughout; the sheets we add must speak the same."""

    main: str
    relations: str
    drawing: str
    chart: str
    spreadsheet_drawing: str

    def relation(self, kind: str) -> str:
        """The relationship type of a kind of part: `worksheet`, `styles`, `hyperlink`."""
        return f"{self.relations}/{kind}"


TRANSITIONAL = Dialect(
    main="http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    relations="http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    drawing="http://schemas.openxmlformats.org/drawingml/2006/main",
    chart="http://schemas.openxmlformats.org/drawingml/2006/chart",
    spreadsheet_drawing="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
)
STRICT = Dialect(
    main="http://purl.oclc.org/ooxml/spreadsheetml/main",
    relations="http://purl.oclc.org/ooxml/officeDocument/relationships",
    drawing="http://purl.oclc.org/ooxml/drawingml/main",
    chart="http://purl.oclc.org/ooxml/drawingml/chart",
    spreadsheet_drawing="http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
)
DIALECTS: tuple[Dialect, ...] = (TRANSITIONAL, STRICT)


def default(namespace: str, **prefixes: str) -> Any:
    """A namespace map for lxml whose stubs, unlike lxml, know no default namespace."""
    return {None: namespace, **prefixes}


def named(element: etree._Element, name: str) -> str:
    """A name in the namespace of an element, as lxml spells it."""
    return f"{{{etree.QName(element).namespace}}}{name}"


def child(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    """A new last child of an element, in its namespace."""
    return etree.SubElement(parent, named(parent, name), attributes)
