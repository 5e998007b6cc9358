"""calamine, behind the checks: rows of values with row 1 at index 0."""

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from python_calamine import CalamineError, CalamineWorkbook

from converter.model.cells import RawValue
from converter.reading.refusal import FileRefused

_IN_MEMORY = 64 * 2**20

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

Rows = Callable[[int], tuple[int, list[list[RawValue]]]]
"""How many rows of the sheet at that index are above its first, and those from there on.

They are from column A; blanks are `""`.
"""


def made_of(
    sheets: Iterable[bytes], shared: Mapping[str, bytes], *, date1904: bool
) -> Iterator[tuple[str, bytes]]:
    """The parts of a book of these sheets with their names, given and joined by us.

    What the file calls its sheets, and by which of two relations or attributes of one name they
    are found, is so decided once, by whoever checked them.

    Args:
        sheets: The worksheets' own parts; each is let go before the next is asked for.
        shared: `styles` and `sharedStrings`, where there are.
        date1904: Whether days are counted from 1904.
    """
    kinds = []
    for index, xml in enumerate(sheets):
        kinds.append(f"worksheets/sheet{index}")
        yield f"xl/{kinds[-1]}.xml", xml
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
def open_parts(parts: Iterable[tuple[str, bytes]], size: int) -> Iterator[Rows]:
    """A book made of checked parts only, of so many bytes; a large one waits on disk.

    Raises:
        FileRefused: `arquivo-danificado`.
    """
    if size <= _IN_MEMORY:
        buffer = io.BytesIO()
        _pack(parts, buffer)
        buffer.seek(0)
        with _open(buffer) as rows:
            yield rows
        return
    with tempfile.TemporaryDirectory(prefix="planilote-") as folder:
        path = Path(folder, "partes.zip")
        with path.open("wb") as stream:
            _pack(parts, stream)
        with _open(path) as rows:
            yield rows


@contextmanager
def _open(source: Path | BinaryIO) -> Iterator[Rows]:
    def rows(index: int) -> tuple[int, list[list[RawValue]]]:
        with _refusing():
            sheet = book.get_sheet_by_name(str(index))
            above, before = sheet.start or (0, 0)
            # The same lists: what calamine gives is less than what a cell here may hold.
            found = cast("list[list[RawValue]]", sheet.to_python())
        return above, [[*[""] * before, *row] for row in found] if before else found

    with _refusing():
        book = CalamineWorkbook.from_object(source)
    with book:
        yield rows


def _pack(parts: Iterable[tuple[str, bytes]], stream: BinaryIO) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts:
            archive.writestr(name, content)


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
