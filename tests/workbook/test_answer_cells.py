"""The cells of our own sheets in which a person answers are found though the sheet was changed."""

from converter.model.cells import RawBook, RawSheet
from converter.workbook.answer_cells import headed, text_at, titled


def test_a_title_is_found_where_it_was_put_else_where_it_was() -> None:
    row = (None, "Resposta", "Obs")
    assert titled(row, "Resposta", 2) == 1
    assert titled(row, "Pergunta", 2) == 2


def test_a_text_is_told_without_its_outer_spaces_and_blank_beyond_the_row() -> None:
    row = (None, "  enviar ", 7)
    assert [text_at(row, column) for column in (-1, 0, 1, 2, 3)] == ["", "", "enviar", "7", ""]


def test_only_sheets_with_the_hidden_header_are_ours() -> None:
    sheets = (RawSheet("Notas", [("a", "b")]), RawSheet("Perguntas", [(), ("c", "nosso")]))
    book = RawBook("x.xlsx", "", 0, "xlsx", sheets)
    assert [(sheet.name, *at) for sheet, *at in headed(book, "nosso")] == [("Perguntas", 1, 1)]
