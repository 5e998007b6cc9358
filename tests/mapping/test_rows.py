"""Which rows of a sheet are notes."""

from converter.mapping.rows import sort_rows
from tests.mapping.books import HEADER, NEXT, NOTE


def test_a_client_whose_amount_is_the_sum_of_those_above_is_a_note_to_complete():
    client = (None, None, "Ana Prado", None, None, None, 240.5)
    columns = list(zip(NOTE, NEXT, client, strict=True))
    used = range(len(HEADER))
    found = sort_rows(
        columns, used=used, identity=range(5), amounts=[6], header=[(0, "data de emissao")]
    )
    assert (list(found.notes), found.totals) == ([0, 1, 2], ())
