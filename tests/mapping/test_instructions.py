"""Rows under the header that say how to fill the sheet."""

from collections.abc import Sequence

import pytest

from converter.mapping.instructions import instructions
from converter.model.cells import RawValue
from converter.stages.map import map_book
from tests.mapping.books import HEADER, NEXT, NOTE, ONE, book, mappings, sheet

TOLD = ("(Obrigatório)",) * 6 + ("(Opcional)",)


@pytest.mark.parametrize(
    "row",
    [
        TOLD,
        ("dd/mm/aaaa", "somente números", "texto", "até 2000 caracteres", "", "S/N", "em reais"),
        ("Exemplo:", *NOTE[1:]),
        ("Ex.: 19/03/2026", *NOTE[1:]),
        ("Data no formato dd/mm/aaaa", "Informe o CPF ou o CNPJ"),
    ],
)
def test_a_row_that_says_how_is_no_note(row: Sequence[RawValue]) -> None:
    assert instructions([row, NOTE]) == (0,)


@pytest.mark.parametrize(
    "row",
    [
        NOTE,
        ("Exemplo de aula", "12.345.678/0001-95", 150.0),
        ("Instrução de voo", "Ana Prado", 150.0),
        ("Lista de casamento", "Texto para blog", "529.982.247-25", 90.0),
        ("Campo Grande", 90.0),
    ],
)
def test_a_note_stays_a_note(row: Sequence[RawValue]) -> None:
    assert instructions([row, NOTE]) == ()


def test_only_rows_before_the_first_note_are_looked_at() -> None:
    assert instructions([TOLD, NOTE, TOLD]) == (0,)


def test_they_are_skipped_and_named() -> None:
    one = sheet(HEADER, TOLD, NOTE, NEXT)
    (mapped,) = map_book(book(one), mappings(), choice=None, defaults=ONE).sheets
    assert list(mapped.rows) == [3, 4]
    told = {
        each.code: each.details["linhas"] for each in mapped.assumptions if "linhas" in each.details
    }
    assert told == {"linhas-de-instrucao": "2"}
