"""LibreOffice as a reader and writer of its own: what it makes of a file, what it says is in it."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

SOFFICE = shutil.which("soffice")
FILTERS = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xls": "xls:MS Excel 97",
    "ods": "ods:calc8",
    "fods": "fods:OpenDocument Spreadsheet Flat XML",
    "csv": "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false",
}
_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
_OFFICE = f"{{{_NAMES['office']}}}"
_TABLE = f"{{{_NAMES['table']}}}"

Cells = dict[tuple[int, int], tuple[str, Any]]
"""By row and column from 1: `n`, `s`, `d`, `t`, `b` or `e`, and the value."""


def converted(files: Sequence[Path], kind: str, folder: Path) -> dict[Path, Path]:
    """Each file in another format, by the file it came from; names must differ."""
    folder.mkdir(exist_ok=True)
    profile = (folder / "perfil").as_uri()
    subprocess.run(
        [
            str(SOFFICE), f"-env:UserInstallation={profile}",  "--headless",
            "--convert-to", FILTERS[kind], "--outdir", str(folder), *map(str, files),
        ],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return {file: folder / f"{file.stem}.{kind}" for file in files}


def cells_of(fods: Path) -> Cells:
    """What the first sheet of a flat OpenDocument says, by a reader that has nothing of ours."""
    root = ET.parse(fods).getroot()  # noqa: S314 - written by LibreOffice a moment ago
    table = root.find(".//table:table", _NAMES)
    found: Cells = {}
    row = 1
    for element in table.iter(f"{_TABLE}table-row") if table is not None else ():
        times = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
        column = 1
        for cell in element:
            if not cell.tag.endswith("table-cell"):
                continue
            repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            value = _value(cell)
            if value is not None:
                for down in range(times):
                    for across in range(repeated):
                        found[row + down, column + across] = value
            column += repeated
        row += times
    return found


def _value(cell: ET.Element) -> tuple[str, Any] | None:
    kind = cell.get(f"{_OFFICE}value-type", "")
    if cell.get(f"{{{_NAMES['calcext']}}}value-type") == "error":
        return "e", ""
    read = _KINDS.get(kind)
    return read(cell) if read else None


def _string(cell: ET.Element) -> tuple[str, Any]:
    return "s", "\n".join(_text(paragraph) for paragraph in cell.findall("text:p", _NAMES))


def _number(cell: ET.Element) -> tuple[str, Any]:
    return "n", float(cell.get(f"{_OFFICE}value", "nan"))


_KINDS: dict[str, Callable[[ET.Element], tuple[str, Any]]] = {
    "float": _number,
    "currency": _number,
    "percentage": _number,
    "boolean": lambda cell: ("b", cell.get(f"{_OFFICE}boolean-value") == "true"),
    "date": lambda cell: (
        "d",
        _rounded(datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", ""))),
    ),
    "time": lambda cell: ("t", cell.get(f"{_OFFICE}time-value", "")),
    "string": _string,
}


def _text(element: ET.Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{{{_NAMES['text']}}}s":
            parts.append(" " * int(child.get(f"{{{_NAMES['text']}}}c", "1")))
        else:
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _rounded(moment: datetime) -> datetime:
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)


def as_told(value: Any) -> tuple[str, Any]:
    """One of our values in the terms of `Cells`."""
    match value:
        case bool():
            return "b", value
        case datetime():
            return "d", _rounded(value)
        case date():
            return "d", datetime(value.year, value.month, value.day)
        case int() | float():
            return "n", float(value)
        case _:
            return "s", str(value)
