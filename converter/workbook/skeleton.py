"""The smallest book there can be, to which sheets are then added as to any other."""

from converter.workbook.archive import stored
from converter.workbook.dialect import TRANSITIONAL
from converter.workbook.parts import part
from converter.workbook.relations import add_relation, empty_relations, parse, serialize
from converter.workbook.source import TYPES_NAME, Source

WORKBOOK = "xl/workbook.xml"


def skeleton(aberta: int) -> Source:
    """A book without sheets that will open on the sheet with index `aberta`."""
    package = empty_relations()
    add_relation(package, TRANSITIONAL.relation("officeDocument"), WORKBOOK)
    entry = stored("_rels/.rels", serialize(package))
    workbook = part("workbook", ns=TRANSITIONAL, aberta=aberta)
    return Source(
        entries={entry.name: entry},
        content_types=parse(part("types", workbook=WORKBOOK).encode(), TYPES_NAME),
        workbook_name=WORKBOOK,
        workbook=parse(workbook.encode(), WORKBOOK),
        relations=empty_relations(),
        dialect=TRANSITIONAL,
        taken={WORKBOOK},
        dropped=set(),
    )
