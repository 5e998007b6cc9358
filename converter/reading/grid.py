"""calamine, behind the checks: what cells of xlsx say."""

import io
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import cast

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from converter.model.cells import RawValue
from converter.reading.refusal import FileRefused

_IN_MEMORY = 64 * 2**20

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

_HEAD, _FOOT = b"<worksheet><sheetData><row>", b"</row></sheetData></worksheet>"
_LAST = True
_LAST_CELL = b'<c t="b"><v>1</v></c>'
"""Behind the cells of a row: none of them has swallowed another where it stands in its place."""


def values_of(
    rows: Sequence[Sequence[bytes]], shared: Mapping[str, bytes], *, date1904: bool
) -> list[list[RawValue]]:
    """The value of each cell of each row, blanks as `""`.

    calamine reads a book made and joined by us of nothing but checked parts: what the file calls
    its sheets, and by which of two relations or attributes of one name they are found, is so
    decided once, by whoever checked them. Each row is a sheet in it.

    Args:
        rows: Cells as XML without `<c` and address.
        shared: `styles` and `sharedStrings`, where there are.
        date1904: Whether days are counted from 1904.

    Raises:
        FileRefused: `arquivo-danificado`.
    """
    size = sum(map(len, chain(*rows, shared.values())))
    with tempfile.TemporaryDirectory(prefix="planilote-") as folder, _refusing():
        # A large one waits on disk.
        place = io.BytesIO() if size <= _IN_MEMORY else Path(folder, "partes.zip")
        with zipfile.ZipFile(place, "w", zipfile.ZIP_STORED) as archive:
            for name, content in _parts(rows, shared, date1904):
                archive.writestr(name, content)
        if not isinstance(place, Path):
            place.seek(0)
        with CalamineWorkbook.from_object(place) as book:
            sheets = (book.get_sheet_by_name(str(index)) for index in range(len(rows)))
            return [_row(sheet, len(own)) for sheet, own in zip(sheets, rows, strict=True)]


def _row(sheet: CalamineSheet, width: int) -> list[RawValue]:
    """The values of a sheet of one row."""
    ((*found, last),) = sheet.to_python()
    # The same values: what calamine gives is less than what a cell here may hold.
    row = [*[""] * (sheet.start or (0, 0))[1], *cast("list[RawValue]", found)]
    if len(row) != width or last is not _LAST:
        raise FileRefused("arquivo-danificado")
    return row


def _parts(
    rows: Sequence[Sequence[bytes]], shared: Mapping[str, bytes], date1904: bool
) -> Iterator[tuple[str, bytes]]:
    """The parts of such a book with their names."""
    kinds = [f"worksheets/sheet{index}" for index in range(len(rows))]
    for kind, cells in zip(kinds, rows, strict=True):
        yield f"xl/{kind}.xml", b"<c".join((_HEAD, *cells)) + _LAST_CELL + _FOOT
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
