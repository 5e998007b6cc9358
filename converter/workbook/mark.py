"""The mark by which a workbook of ours is known, even after Excel saved it.

A result is never read as a source; a `_corrigir` may hold answers.
"""

from lxml import etree

from converter.workbook.archive import read_archive
from converter.workbook.dialect import DIALECTS, child, named
from converter.workbook.refusal import CannotCarry
from converter.workbook.relations import parse, read_relations

# Hidden defined names: Excel, LibreOffice and Google Sheets keep them when the book is saved.
RESULT = "_planilote_resultado"
TO_MEND = "_planilote_corrigir"
PACKAGE_PART = "_rels/.rels"
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")


def mark(workbook: etree._Element, sign: str) -> None:
    """Put a mark on a workbook part."""
    names = defined_names(workbook)
    # A result made of a book to mend is a result alone.
    for own in list(names):
        if own.get("name") in {RESULT, TO_MEND}:
            names.remove(own)
    child(names, "definedName", name=sign, hidden="1").text = "1"


def defined_names(workbook: etree._Element) -> etree._Element:
    """The `definedNames` of a workbook part, made where the schema wants it if missing."""
    found = workbook.find(named(workbook, "definedNames"))
    if found is not None:
        return found
    names = etree.Element(named(workbook, "definedNames"))
    before = [workbook.find(named(workbook, name)) for name in _BEFORE_NAMES]
    last = [element for element in before if element is not None][-1]
    last.addnext(names)
    return names


def is_own_result(source: bytes) -> bool:
    """True for a workbook that planilote wrote as a result, even saved again by Excel."""
    return bears(source, RESULT)


def bears(source: bytes, sign: str) -> bool:
    """Whether a workbook carries a mark; anything that is no sound package does not."""
    if not source.startswith(b"PK"):
        return False
    try:
        entries = read_archive(source)
        if PACKAGE_PART not in entries:
            return False
        package = parse(entries[PACKAGE_PART].read(), PACKAGE_PART)
        kinds = {dialect.relation("officeDocument") for dialect in DIALECTS}
        return any(
            relation.kind in kinds
            and (name := relation.target or "") in entries
            and is_marked(parse(entries[name].read(), name), sign)
            for relation in read_relations(package, "")
        )
    except CannotCarry:
        return False


def is_marked(workbook: etree._Element, sign: str) -> bool:
    """Whether a workbook part carries a mark."""
    return any(name.get("name") == sign for name in workbook.iter(named(workbook, "definedName")))
