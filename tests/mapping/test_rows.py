"""Which rows of a sheet are notes."""

from converter.mapping.rows import sort_rows
from tests.mapping.books import HEADER, NEXT, NOTE


def test_a_client_whose_amount_is_the_sum_of_those_above_is_a_note_to_complete():
    client = (None, None, "Ana Prado", None, None, None, 240.5)
    columns = list(zip(NOTE, NEXT, client, strict=True))
    used = range(len(HEADER))
    found = sort_rows(
        columns, used=used, identity=range(5), amounts=[6], header=[[(0, "data de emissao")]]
    )
    assert (list(found.notes), found.totals) == ([0, 1, 2], ())


def test_a_subtotal_named_where_the_client_stands_is_none_where_it_adds_up_what_is_above():
    def totals(amount: float) -> tuple[int, ...]:
        named = (None, None, "Subtotal Campinas", None, None, None, amount)
        columns = list(zip(NOTE, NEXT, named, strict=True))
        used = range(len(HEADER))
        return sort_rows(
            columns, used=used, identity=range(5), amounts=[6], header=[[(0, "data de emissao")]]
        ).totals

    assert totals(240.5) == (2,)
    assert totals(99.0) == ()


def test_a_sum_of_excels_passes_over_amounts_kept_as_text():
    def totals(amount: float) -> tuple[int, ...]:
        typed = [(*NOTE[:6], value) for value in (120.0, "R$ 600,00", 380.0)]
        alone = (None, None, None, None, None, None, amount)
        columns = list(zip(*typed, alone, strict=True))
        header = [[(0, "data de emissao")]]
        used = range(len(HEADER))
        return sort_rows(columns, used=used, identity=range(5), amounts=[6], header=header).totals

    assert totals(500.0) == (3,)
    assert totals(1100.0) == (3,)
    assert totals(499.0) == ()
