"""calamine, behind the checks: rows of values with row 1 at index 0."""

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
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

Rows = Callable[[int], list[list[RawValue]]]
"""The rows of the sheet at that index from row 1 and column A, blanks as `""`."""


def made_of(
    sheets: Sequence[bytes], shared: Mapping[str, bytes], *, date1904: bool
) -> dict[str, bytes]:
    """The parts of a book of these sheets, named and joined by us.

    What the file calls its sheets, and by which of two relations or attributes of one name they
    are found, is so decided once, by whoever checked them.

    Args:
        sheets: The worksheets' own parts.
        shared: `styles` and `sharedStrings`, where there are.
        date1904: Whether days are counted from 1904.
    """
    kinds = [f"worksheets/sheet{index}" for index in range(len(sheets))]
    names = "".join(
        f'<sheet name="{index}" sheetId="{index + 1}" r:id="r{index}"/>'
        for index in range(len(sheets))
    )
    relations = "".join(
        f'<Relationship Id="r{index}" Type="{_OFFICE}/{kind.partition("s/")[0]}"'
        f' Target="{kind}.xml"/>'
        for index, kind in enumerate((*kinds, *shared))
    )
    return {
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r"'
        f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr'
        f' date1904="{date1904:d}"/><sheets>{names}</sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{relations}</Relationships>".encode(),
        **{f"xl/{kind}.xml": xml for kind, xml in shared.items()},
        **{f"xl/{kind}.xml": xml for kind, xml in zip(kinds, sheets, strict=True)},
    }


@contextmanager
def open_parts(parts: Mapping[str, bytes]) -> Iterator[Rows]:
    """A book made of checked parts only; a large one waits on disk instead of in memory.

    Raises:
        FileRefused: `arquivo-danificado`.
    """
    if sum(map(len, parts.values())) <= _IN_MEMORY:
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
    def rows(index: int) -> list[list[RawValue]]:
        with _refusing():
            found = book.get_sheet_by_name(str(index)).to_python(skip_empty_area=False)
        # The same lists: what calamine gives is less than what a cell here may hold.
        return cast("list[list[RawValue]]", found)

    with _refusing():
        book = CalamineWorkbook.from_object(source)
    with book:
        yield rows


def _pack(parts: Mapping[str, bytes], stream: BinaryIO) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
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
