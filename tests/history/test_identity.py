"""A row is known again by what was sent of it."""

from decimal import Decimal

import pytest

from converter.history.sent_rows import key_of

NOTA = {
    "data_emissao": "2026-03-19T10:00:00-03:00",
    "tomador": {"cnpj": "11222333000181", "nif": "X"},
    "servico": {
        "item_lista_servico": "01.07", "valor_servicos": Decimal(1500), "discriminacao": "Aula",
    },
}  # fmt: skip


def test_the_key_is_that_of_the_row_it_was_made_of() -> None:
    assert key_of(NOTA) == ("11222333000181", "2026-03-19", "0107", "1500.00", "Aula", "")


@pytest.mark.parametrize(
    ("tomador", "documento"),
    [({"cpf": "11144477735"}, "11144477735"), ({"nif": "X"}, "X"), ({}, "")],
)
def test_the_document_is_the_first_there_is(tomador: dict[str, str], documento: str) -> None:
    assert key_of({**NOTA, "tomador": tomador}).documento == documento


def test_a_note_without_amount_or_day_has_blank_parts() -> None:
    assert key_of({}) == ("", "", "", "", "", "")
