"""What a sheet shows besides its values: comments, struck text, colours behind cells."""

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from converter.model.cells import PLAIN, Appearance
from converter.reading.appearance import colour_name, comments_of
from converter.stages.read import read

DADOS = Path(__file__).parent / "dados"


def seen(data: bytes, name: str = "x.xlsx") -> Appearance:
    outcome = read(data, name)
    assert outcome.book is not None, outcome.problems
    return outcome.book.sheets[0].appearance


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Cliente", "Valor"), ("Alfa", 10), ("Beta", 20), ("Gama", 30)):
        sheet.append(row)
    sheet["B2"].comment = Comment("cancelado pelo cliente", "Ana")
    sheet["A3"].comment = Comment("como preencher", "planilote")
    sheet["A3"].font = Font(strike=True)
    sheet["B4"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["C4"].fill = PatternFill("solid", fgColor="FF0000")
    sheet["A2"].fill = PatternFill("solid", fgColor="FFFFFF")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [(xlsx(), "x.xlsx"), ((DADOS / "riscada_e_pintada.xls").read_bytes(), "x.xls")],
    ids=["xlsx", "xls"],
)
def test_struck_rows_and_colours_behind_values_are_seen(data: bytes, name: str) -> None:
    found = seen(data, name)
    assert found.struck == {3}
    assert found.paint == {4: {1: "", 2: "amarelo"}}


def test_a_comment_is_read_unless_it_is_ours() -> None:
    assert seen(xlsx()).comments == ((2, 2, "cancelado pelo cliente"),)


def test_a_threaded_comment_is_read_without_what_excel_says_about_it() -> None:
    part = (
        '<comments xmlns="m"><authors><author>Ana</author></authors><commentList>'
        '<comment ref="C7" authorId="0"><text><r><t>[Comentário encadeado]\n\nSua versão do Excel '
        "permite ler este comentário.\n\nComentário:\n    não emitir</t></r></text></comment>"
        '<comment ref="D7" authorId="0"><text><t>Ana:\nver valor</t></text></comment>'
        "</commentList></comments>"
    )
    assert list(comments_of(part.encode())) == [(7, 3, "não emitir"), (7, 4, "ver valor")]


def test_a_sheet_with_nothing_but_values_shows_nothing() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Notas", 0).append(("Cliente", "Valor"))
    stream = io.BytesIO()
    book.save(stream)
    assert seen(stream.getvalue()) == PLAIN


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ("FFFF00", "amarelo"), ("92D050", "verde"), ("FF0000", "vermelho"), ("FFC000", "laranja"),
        ("00B0F0", "azul"), ("7030A0", "roxo"), ("FF99CC", "rosa"), ("FFC7CE", "vermelho"),
        ("D9D9D9", "cinza"), ("000000", "preto"), ("FFFFFF", ""), ("FEFEFE", ""),
    ],
)  # fmt: skip
def test_a_colour_has_the_name_people_give_it(rgb: str, name: str) -> None:
    assert colour_name(*bytes.fromhex(rgb)) == name
