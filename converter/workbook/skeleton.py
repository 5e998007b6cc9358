"""The smallest book there can be, to which sheets are then added as to any other."""

from lxml import etree

from converter.workbook.archive import stored
from converter.workbook.dialect import CONTENT_TYPES, TRANSITIONAL, default
from converter.workbook.relations import add_relation, empty_relations, serialize
from converter.workbook.source import RELATIONS_TYPE, Source

WORKBOOK = "xl/workbook.xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def skeleton(aberta: int) -> Source:
    """A book without sheets that will open on the sheet with index `aberta`."""
    content_types = etree.Element(f"{{{CONTENT_TYPES}}}Types", nsmap=default(CONTENT_TYPES))
    for extension, kind in (("rels", RELATIONS_TYPE), ("xml", "application/xml")):
        etree.SubElement(
            content_types,
            f"{{{CONTENT_TYPES}}}Default",
            {"Extension": extension, "ContentType": kind},
        )
    etree.SubElement(
        content_types,
        f"{{{CONTENT_TYPES}}}Override",
        {"PartName": f"/{WORKBOOK}", "ContentType": WORKBOOK_TYPE},
    )
    main = TRANSITIONAL.main
    workbook = etree.Element(f"{{{main}}}workbook", nsmap=default(main, r=TRANSITIONAL.relations))
    views = etree.SubElement(workbook, f"{{{main}}}bookViews")
    etree.SubElement(views, f"{{{main}}}workbookView", {"activeTab": str(aberta)})
    etree.SubElement(workbook, f"{{{main}}}sheets")
    package = empty_relations()
    add_relation(package, TRANSITIONAL.relation("officeDocument"), WORKBOOK)
    entry = stored("_rels/.rels", serialize(package))
    return Source(
        entries={entry.name: entry},
        content_types=content_types,
        workbook_name=WORKBOOK,
        workbook=workbook,
        relations=empty_relations(),
        dialect=TRANSITIONAL,
        taken={WORKBOOK},
        dropped=set(),
    )
