import pytest

from converter.model.cells import RawBook, RawSheet, RawValue
from converter.model.origem import Origem
from converter.workbook.origin import HEADER, corrigir_origin, read, written

ORIGEM = Origem("clientes/notas.xlsx", "ab" * 32, "Notas, \"outubro\" | 'x'", 7)


def book(*rows: tuple[RawValue, ...]) -> RawBook:
    return RawBook("notas_corrigir.xlsx", "", 0, "xlsx", (RawSheet("Notas", rows),))


def test_an_origin_comes_back_as_it_was_written() -> None:
    assert read(written(ORIGEM)) == ORIGEM


@pytest.mark.parametrize(
    "value",
    [None, "", 7, "texto", "[]", '["a","b","c"]', '["a","b","c",0]', '["a","b","c",true]',
     '["a","b",3,4]', '{"a":1}', "[1,2,3,4]"],
)  # fmt: skip
def test_what_was_altered_tells_nothing(value: RawValue) -> None:
    assert read(value) is None


def test_origins_follow_their_rows_and_the_column_goes() -> None:
    hidden = written(ORIGEM)
    moved = book(
        ("Título",),
        ("CNPJ", HEADER, "Nova coluna"),
        ("novo", "", "a"),
        ("antigo", hidden, "b"),
        ("curta",),
    )
    clean, origins = corrigir_origin(moved)
    assert origins == {("Notas", 4): ORIGEM}
    assert [list(row) for row in clean.sheets[0].rows] == [
        ["Título"],
        ["CNPJ", None, "Nova coluna"],
        ["novo", None, "a"],
        ["antigo", None, "b"],
        ["curta"],
    ]


def test_any_other_book_comes_back_itself() -> None:
    plain = book(("CNPJ",), ("1",))
    assert corrigir_origin(plain) == (plain, {})
