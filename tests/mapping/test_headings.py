"""Rows between the notes that name somebody: the notes below them wait, whoever is meant."""

from collections.abc import Sequence

import pytest

from converter.brazil.documents_in_text import documents_in
from converter.mapping.headings import is_heading
from converter.model.cells import RawValue
from converter.stages.map import MappedBook, map_book
from tests.mapping.books import ONE, book, mappings, sheet

NAMES = ("Nº OS", "Data", "Atividade", "Valor")
WHO = "Padaria Pão Quente Ltda - CNPJ: 52.601.815/0001-20"
NEXT = "Ana Prado - CPF 529.982.247-25"
COMPANY = "BRISA NORTE LTDA – CNPJ 90.830.166/0001-28"


def order(number: int) -> tuple[RawValue, ...]:
    return (f"OS-{number}", f"0{number}/03/2026", "Suporte à rede", 100.0 + number)


def read(*rows: Sequence[RawValue]) -> MappedBook:
    return map_book(book(sheet(*rows)), mappings(), choice=None, defaults=ONE)


def waiting(mapped: MappedBook) -> tuple[int, ...]:
    found = [each for each in mapped.questions if each.codigo == "linhas-sob-um-nome"]
    return tuple(row for each in found for row in each.linhas)


@pytest.mark.parametrize("place", range(5))
def test_notes_below_a_customer_named_between_them_wait(place: int) -> None:
    blank = [None] * place
    mapped = read(NAMES, [*blank, WHO], order(1), order(2), [*blank, NEXT], order(3))
    assert waiting(mapped) == (3, 4, 6)


@pytest.mark.parametrize("text", [COMPANY, "Prestador: Brisa Norte", "Cliente: Hotel Mirante"])
def test_notes_below_another_company_wait(text: str) -> None:
    head = ("Data", "Cliente", "CPF/CNPJ", "Descrição", "Valor")
    one = ("01/03/2026", "Ana Prado", "529.982.247-25", "Aula de canto", 90.0)
    other = ("02/03/2026", "Mercearia Sol Ltda", "52.601.815/0001-20", "Treinamento", 80.0)
    assert waiting(read(head, one, [], [text], head, other)) == (6,)


def test_a_bare_name_is_asked_about_where_no_column_says_the_customer() -> None:
    assert waiting(read(NAMES, ["Helena Prado"], order(1), order(2))) == (3, 4)
    assert waiting(read(NAMES, ["Serviços da semana"], order(1), order(2))) == ()


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([[COMPANY], NAMES, order(1), order(2), [COMPANY], NAMES, order(3)], id="page"),
        pytest.param([NAMES, order(1), order(2), [], ["Responsável: Nair Bueno"]], id="foot"),
        pytest.param([NAMES, order(1), [None, None, None, 101.0], order(2)], id="nobody"),
    ],
)
def test_what_says_nothing_new_of_the_notes_is_not_asked(
    rows: Sequence[Sequence[RawValue]],
) -> None:
    assert waiting(read(*rows)) == ()


def test_a_customer_of_whom_the_notes_say_the_same_is_not_asked() -> None:
    head = ("Data", "Cliente", "CPF/CNPJ", "Descrição", "Valor")
    one = ("01/03/2026", "Ana Prado", "529.982.247-25", "Aula de canto", 90.0)
    two = ("02/03/2026", "Ana Prado", "529.982.247-25", "Aula de piano", 80.0)
    assert waiting(read(head, [NEXT], one, two)) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (NEXT, ("52998224725",)),
        (WHO, ("52601815000120",)),
        ("(529.982.247-25)", ("52998224725",)),
        ("pedido 52998224726", ()),
        ("boleto 0152998224725", ()),
    ],
)
def test_only_valid_documents_are_found_in_a_text(text: str, found: tuple[str, ...]) -> None:
    assert tuple(documents_in(text)) == found


@pytest.mark.parametrize(
    ("filled", "heads"),
    [
        ({0: WHO}, True),
        ({3: "Cliente: Hotel Mirante"}, True),
        ({0: WHO, 3: 100.0}, False),
        ({0: "529.982.247-25"}, False),
        ({0: "Total do dia"}, False),
        ({0: 52998224725}, False),
    ],
)
def test_a_row_heads_others_where_its_only_cell_names_somebody(
    filled: dict[int, RawValue], heads: bool
) -> None:
    assert is_heading(filled) is heads
