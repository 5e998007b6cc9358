"""A workbook to mend that came back: what was mended in it is red no more."""

import re
from collections.abc import Collection, Mapping
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from converter.workbook.archive import deflated
from converter.workbook.dialect import Dialect
from converter.workbook.relations import number, serialize
from converter.workbook.source import SourceBook
from converter.workbook.styles import PAINTS

_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*>")
_PLACE = re.compile(rb"\sr=[\"']([A-Z]{1,3}\d{1,7})[\"']")
_STYLE = re.compile(rb"(\ss=[\"'])(\d{1,6})([\"'])")


def unpainted(book: SourceBook, wrong: Mapping[str, Collection[str]]) -> SourceBook:
    """The book with our red and yellow only on the cells of `wrong`, by sheet (`{"Notas": "F7"}`).

    Colours that are not ours, and every other part, stay as they are.
    """
    name, styles = book.styles()
    if styles is None:
        return book
    plain = _plain_formats(styles, book.dialect)
    if not plain:
        return book
    changed = {name: serialize(styles)}
    for sheet in book.sheet_names:
        part = book.sheet_part_name(sheet)
        if part:
            keep = {place.encode() for place in wrong.get(sheet, ())}
            changed[part] = _repainted(book.entries[part].read(), plain, keep)
    entries = {**book.entries, **{part: deflated(part, data) for part, data in changed.items()}}
    return replace(book, entries=entries)


def _plain_formats(styles: etree._Element, dialect: Dialect) -> dict[bytes, bytes]:
    """For each cell format with a paint of ours the same without it, added at the end."""
    main = f"{{{dialect.main}}}"
    fills = [
        index
        for index, fill in enumerate(styles.findall(f"{main}fills/{main}fill"))
        if any((c.get("rgb") or "")[-6:].upper() in PAINTS for c in fill.iter(f"{main}fgColor"))
    ]
    formats = styles.find(f"{main}cellXfs")
    if formats is None or not fills:
        return {}
    plain: dict[bytes, bytes] = {}
    own = formats.findall(f"{main}xf")
    for index, xf in enumerate(own):
        if number(xf.get("fillId")) in fills:
            copy = deepcopy(xf)
            copy.set("fillId", "0")
            copy.set("fontId", "0")
            formats.append(copy)
            plain[b"%d" % index] = b"%d" % (len(own) + len(plain))
    formats.set("count", str(len(own) + len(plain)))
    return plain


def _repainted(part: bytes, plain: Mapping[bytes, bytes], keep: Collection[bytes]) -> bytes:
    def cell(found: re.Match[bytes]) -> bytes:
        place, style = _PLACE.search(found[0]), _STYLE.search(found[0])
        if style is None or style[2] not in plain or (place and place[1] in keep):
            return found[0]
        return _STYLE.sub(rb"\g<1>" + plain[style[2]] + rb"\g<3>", found[0], count=1)

    return _CELL.sub(cell, part)
