"""What a name or the text of a note says besides, and two customers in one cell."""

import pytest

from converter.mapping import asides
from converter.model.cells import RawValue
from tests.mapping.test_readings import DOCS, WHOLE, read, table


def held(header: str, *values: RawValue, **others: tuple[RawValue, ...]) -> set[int]:
    """The rows asked about."""
    found = read(table({**WHOLE, **others, header: values})).questions
    return {row for one in found for row in one.linhas}


@pytest.mark.parametrize(
    "name",
    ["Lúmen S.A. (CANCELADO)", "Ana Prado (emitir p/ marido)", "Rui Sá ???", "Lúmen - ver com Zé"],
)
def test_a_word_to_the_office_in_a_name_holds_its_row(name: str) -> None:
    assert held("Cliente", "Padaria Ltda", name, "Cortesia Cosméticos Ltda") == {3}


@pytest.mark.parametrize(
    "text",
    ["CANCELADO - Suporte", "Consultoria (aguardar ok do cliente)", "Aula - cortesia, não cobrar",
     "Implantação 50% agora, 50% em dezembro"],
)  # fmt: skip
def test_a_word_to_the_office_in_a_text_holds_its_row(text: str) -> None:
    assert held("Descrição", "Cancelamento de linha", text, "Suporte em dezembro") == {3}


def test_two_customers_in_a_cell_hold_their_row() -> None:
    assert held("Cliente", "Padaria X Ltda / Pães Sol ME", "Souza e Filhos Ltda", "Lúmen S/A") == {
        2
    }
    cpf = (DOCS[0], "529.982.247-25", DOCS[2])
    assert held("Cliente", "Sol e Lua Pães", "Maria Antunes e João Antunes", "B", CNPJ=cpf) == {3}


def test_another_branch_than_that_of_the_cnpj_holds_its_row() -> None:
    assert held("Filial do cliente", "0001", "0001", "0005") == {4}


NAME, TEXT = "tomador.razao_social", "servico.discriminacao"


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        (NAME, "Lúmen S.A. (CANCELADO)", True),
        (NAME, "Cancelado", False),
        (TEXT, "Cancelado", True),
        (NAME, "Lúmen Cancelado", False),
        (TEXT, "Suporte - cortesia", True),
        (TEXT, "Curso de cortesia", False),
        (TEXT, "Implantação, restante em abril", True),
        (NAME, "Lúmen, restante em abril", False),
        (NAME, "Lúmen ?", True),
        (TEXT, "Suporte ?", False),
        (TEXT, "Suporte ??", True),
        (NAME, "Jo?o Prado", False),
        (TEXT, "Suporte ??x", False),
        (None, "Lúmen S.A. (CANCELADO)", False),
        ("tomador.email", "Lúmen S.A. (CANCELADO)", False),
    ],
)
def test_a_text_is_a_word_to_the_office_by_its_pieces(
    path: str | None, text: str, *, told: bool
) -> None:
    assert list(asides.asides(["Ana", text, 12, text], path)) == ([text] if told else [])
