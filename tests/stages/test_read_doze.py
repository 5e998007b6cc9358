"""The same twelve notes in every format say the same."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from converter.model.cells import Percent, RawBook, RawValue
from converter.stages.read import read
from tests.dados.doze import gerar

TYPED = ("notas.xlsx", "notas.xls", "notas.xlsb", "notas.ods")
TEXT = ("notas-utf8.csv", "notas-cp1252.csv", "notas-utf16.txt", "notas.tsv", "notas-html.xls")


def book(name: str) -> RawBook:
    found = read((gerar.FOLDER / name).read_bytes(), name).book
    assert found is not None
    return found


def cells(name: str) -> list[list[RawValue]]:
    """The rows of the one sheet, blanks alike, all of one width."""
    (sheet,) = book(name).sheets
    width = len(gerar.HEADER)
    return [[row[at] or "" if at < len(row) else "" for at in range(width)] for row in sheet.rows]


def shown(path: str, value: RawValue) -> str:
    """A typed cell as somebody would have typed it."""
    if isinstance(value, Percent):
        return gerar.as_typed(path, (Decimal(str(value.fraction)) * 100).normalize())
    if isinstance(value, float):
        return gerar.as_typed(path, Decimal(str(value)))
    return gerar.as_typed(path, value)


def test_every_file_is_here() -> None:
    here = {path.name for path in Path(gerar.FOLDER).glob("notas*")}
    assert here == {*TYPED, *TEXT}


@pytest.mark.parametrize("name", TYPED)
def test_typed_formats_hold_the_same_values_at_the_same_places(name: str) -> None:
    assert cells(name) == cells("notas.xlsx")
    moments = [row[0] for row in cells(name)[1:]]
    assert moments == [note["data_emissao"] for note in gerar.NOTES]
    assert all(isinstance(moment, datetime) for moment in moments)


@pytest.mark.parametrize("name", TEXT)
def test_text_formats_hold_the_same_words_as_the_typed_ones(name: str) -> None:
    typed = cells("notas.xlsx")
    assert cells(name) == [
        gerar.HEADER,
        *(
            [shown(path, value) for path, value in zip(gerar.PATHS, row, strict=True)]
            for row in typed[1:]
        ),
    ]


def test_formats_are_told_by_content() -> None:
    formats = {name: book(name).format for name in (*TYPED, *TEXT)}
    assert formats == {
        "notas.xlsx": "xlsx",
        "notas.xls": "xls",
        "notas.xlsb": "xlsb",
        "notas.ods": "ods",
        "notas-utf8.csv": "csv",
        "notas-cp1252.csv": "csv",
        "notas-utf16.txt": "tsv",
        "notas.tsv": "tsv",
        "notas-html.xls": "html",
    }
