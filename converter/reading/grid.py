"""calamine, behind the checks: what cells of xlsx say."""

import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, compress, repeat
from operator import call
from pathlib import Path
from typing import cast

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from converter.model.cells import RawValue
from converter.reading.marks import Cells
from converter.reading.refusal import FileRefused

_IN_MEMORY = 64 * 2**20

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_HEAD, _FOOT = b"<worksheet><sheetData><row>", b"</row></sheetData></worksheet>"
_NUMBER = re.compile(rb'(?: s="\d{1,9}"| t="n")*+ ?')
_TEXT = re.compile(rb'(?: s="\d{1,9}")?+ t="s"(?: s="\d{1,9}")?+ ?')
_TRIED = 1.5
_Reader = Callable[[bytes], RawValue]


def values_of(
    blocks: Sequence[Cells], shared: Mapping[str, bytes], *, date1904: bool
) -> list[list[RawValue]]:
    """The value of each cell of each block, blanks as `""`.

    What a style makes of a number is asked of calamine once, and a text that many cells share
    too; all others are asked as they are.

    Args:
        blocks: The distinct cells of each block.
        shared: `styles` and `sharedStrings`, where there are.
        date1904: Whether days are counted from 1904.

    Raises:
        FileRefused: `arquivo-danificado`.
    """
    attributes = {each for cells in blocks for each in {*cells.attributes}}
    styles = {kind: xml for kind, xml in shared.items() if kind == "styles"}
    tried = [*filter(_NUMBER.fullmatch, attributes)]
    (found,) = _asked([b"".join(_xml(each, b"1.5", b"") for each in tried)], styles, date1904)
    readers: dict[bytes, _Reader] = {
        each: float for each, value in zip(tried, found, strict=False) if value == _TRIED
    }
    shares = {*filter(_TEXT.fullmatch, attributes)}
    indexes = [*{value for cells in blocks for value in _values(cells, shares)}]
    others = [_others(cells, {*readers, *shares}) for cells in blocks]
    sheets = [
        b"".join(_xml(*(part[place] for part in cells)) for place in places)
        for cells, places in zip(blocks, others, strict=True)
    ]
    # Not one by one: they come by the hundred thousand.
    whole = b'</v></c><c t="s"><v>'.join(indexes)
    asked = [_xml(b' t="s"', whole, b"") if indexes else b"", *sheets]
    texts, *rest = _asked(asked, shared, date1904)
    text_of = dict(zip(indexes, chain(texts, repeat("")), strict=False))
    readers |= dict.fromkeys(shares, text_of.__getitem__)
    return [
        _joined(cells, readers, places, found)
        for cells, places, found in zip(blocks, others, rest, strict=True)
    ]


def _others(cells: Cells, known: set[bytes]) -> list[int]:
    """The places of cells that are more than a number with attributes that are known."""
    if known >= {*cells.attributes} and not any(cells.others):
        return []
    return [
        place
        for place, (name, value, other) in enumerate(zip(*cells, strict=True))
        if other or (value and name not in known)
    ]


def _values(cells: Cells, names: set[bytes]) -> Iterator[bytes]:
    """The numbers that cells with these attributes hold."""
    return filter(None, compress(cells.values, map(names.__contains__, cells.attributes)))


def _joined(
    cells: Cells, readers: Mapping[bytes, _Reader], places: Sequence[int], found: Sequence[RawValue]
) -> list[RawValue]:
    """The values of cells: what is `found` at its places, the others by their readers."""
    calls = [readers.get(name, _blank) for name in cells.attributes]
    for place in places:
        calls[place] = _blank
    values = [*map(call, calls, cells.values)]
    for place, value in zip(places, found, strict=False):
        values[place] = value
    return values


def _blank(_: bytes) -> RawValue:
    return ""


def _xml(attributes: bytes, value: bytes, other: bytes) -> bytes:
    return b"<c%b%b" % (attributes, other or b"><v>%b</v></c>" % value)


def _asked(
    rows: Sequence[bytes], shared: Mapping[str, bytes], date1904: bool
) -> list[list[RawValue]]:
    """What calamine makes of rows of cells without addresses, without the blanks at their end.

    It reads a book made and joined by us of nothing but checked parts: what the file calls its
    sheets, and by which of two relations or attributes of one name they are found, is so decided
    once, by whoever checked them. Each row is a sheet in it.
    """
    size = sum(map(len, chain(rows, shared.values())))
    with tempfile.TemporaryDirectory(prefix="planilote-") as folder, _refusing():
        # A large one waits on disk.
        place = io.BytesIO() if size <= _IN_MEMORY else Path(folder, "partes.zip")
        with zipfile.ZipFile(place, "w", zipfile.ZIP_STORED) as archive:
            for name, content in _parts(rows, shared, date1904):
                archive.writestr(name, content)
        if not isinstance(place, Path):
            place.seek(0)
        with CalamineWorkbook.from_object(place) as book:
            return [_row(book.get_sheet_by_name(str(index))) for index in range(len(rows))]


def _row(sheet: CalamineSheet) -> list[RawValue]:
    """The values of a sheet of one row."""
    # The same lists: what calamine gives is less than what a cell here may hold.
    found = cast("list[list[RawValue]]", sheet.to_python())
    return [*[""] * (sheet.start or (0, 0))[1], *(found[0] if found else ())]


def _parts(
    rows: Sequence[bytes], shared: Mapping[str, bytes], date1904: bool
) -> Iterator[tuple[str, bytes]]:
    """The parts of such a book with their names."""
    kinds = [f"worksheets/sheet{index}" for index in range(len(rows))]
    for kind, own in zip(kinds, rows, strict=True):
        yield f"xl/{kind}.xml", _HEAD + own + _FOOT
    for kind, xml in shared.items():
        yield f"xl/{kind}.xml", xml
    names = "".join(
        f'<sheet name="{index}" sheetId="{index + 1}" r:id="r{index}"/>'
        for index in range(len(kinds))
    )
    relations = "".join(
        f'<Relationship Id="r{index}" Type="{_OFFICE}/{kind.partition("s/")[0]}"'
        f' Target="{kind}.xml"/>'
        for index, kind in enumerate((*kinds, *shared))
    )
    told = {
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr'
        f' date1904="{date1904:d}"/><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{relations}</Relationships>",
    }
    yield from ((name, text.encode()) for name, text in told.items())


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise FileRefused("arquivo-danificado") from error
    except BaseException as error:
        # A panic in Rust arrives as this class, which no module exports.
        if type(error).__name__ != "PanicException":
            raise
        raise FileRefused("arquivo-danificado") from None
