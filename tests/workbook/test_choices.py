"""The drop-downs of a source, however Excel wrote them."""

import io

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from converter.workbook import choices as module
from converter.workbook.choices import choices
from converter.workbook.source import open_source

ROWS = {"Listas": [["Sim", 1.0], ["Não", 2.5], [None, None]], "D'Água": [["a"], ["b"]]}


def book(formula: str, area: str = "B2:B9") -> bytes:
    made = openpyxl.Workbook()
    made.active.title = "Notas"
    made.create_sheet("Listas")
    made.defined_names["resposta"] = DefinedName("resposta", attr_text="Listas!$A$1:$A$2")
    rule = DataValidation(type="list", formula1=formula)
    rule.add(area)
    made["Notas"].add_data_validation(rule)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def found(source: bytes) -> dict[tuple[str, int], tuple[str, ...]]:
    return dict(choices(open_source(source), ["Notas"], ROWS.get))


@pytest.mark.parametrize(
    ("formula", "values"),
    [
        ('"Sim,Não"', ("Sim", "Não")),
        ("Listas!$A$1:$A$3", ("Sim", "Não")),
        ("Listas!$B$1:$B$2", ("1", "2.5")),
        ("'D''Água'!A1:A2", ("a", "b")),
        ("resposta", ("Sim", "Não")),
    ],
)
def test_a_list_is_read_wherever_it_stands(formula: str, values: tuple[str, ...]) -> None:
    assert found(book(formula)) == {("Notas", 2): values}


def test_a_list_over_several_columns_is_one_for_each() -> None:
    assert set(found(book('"Sim,Não"', "B2:C9"))) == {("Notas", 2), ("Notas", 3)}


@pytest.mark.parametrize("formula", ["INDIRECT(A1)", "Outra!$A$1:$A$2", "Listas!$A$3"])
def test_a_list_that_cannot_be_followed_stays_behind(formula: str) -> None:
    assert found(book(formula)) == {}


def test_the_lists_of_newer_excel_are_read_too() -> None:
    part = (
        b'<worksheet xmlns="m"><sheetData/><extLst><ext><x14:dataValidations count="1" '
        b'xmlns:xm="e"><x14:dataValidation type="list" xr:uid="{1}"><x14:formula1><xm:f>'
        b"Listas!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>D2:D9</xm:sqref>"
        b"</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )

    assert list(module._validations(part)) == [("D2:D9", "Listas!$A$1:$A$2")]
