"""The links of a sheet: within the book, or to an address Excel takes."""

from converter.workbook.links import MAX_ADDRESS, MAX_LINKS, Links, too_many
from converter.workbook.new_sheet import NewColumn


def test_a_place_of_the_book_needs_no_relation() -> None:
    links = Links()
    links.add(["A1"], ["'Notas'!B2"])
    assert links.elements == ["""<hyperlink ref="A1" location="'Notas'!B2"/>"""]
    assert not links.outside


def test_an_address_is_encoded_and_two_cells_share_it() -> None:
    links = Links()
    links.add(["A1", "A2"], ["https://nota.exemplo/é", "https://nota.exemplo/é"])
    assert links.outside == {"https://nota.exemplo/%C3%A9": "rIdLink1"}
    assert len(links.elements) == 2


def test_an_address_too_long_for_excel_is_left_out() -> None:
    links = Links()
    links.add(["A1"], ["https://nota.exemplo/" + "x" * MAX_ADDRESS])
    assert not links.elements


def test_links_are_too_many_only_where_excel_would_drop_them() -> None:
    def leading(links: list[str | None]) -> list[NewColumn]:
        return [NewColumn("Sem", ["x"], "texto", 8), NewColumn("L", [], "texto", 8, links=links)]

    assert not too_many(leading(["'A'!A1"] * MAX_LINKS))
    assert not too_many(leading(["'A'!A1"] * MAX_LINKS + [None] * 9))
    assert too_many(leading(["'A'!A1"] * MAX_LINKS + [None, "'A'!A1"]))
