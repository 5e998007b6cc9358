"""Addresses written whole in the street's column."""

from collections.abc import Sequence

from converter.mapping.addresses import parted
from converter.model.cells import RawValue
from converter.stages.map import map_book
from tests.mapping.books import HEADER, NEXT, NOTE, ONE, book, mappings, sheet

WHOLE = "Rua do Ouro, 77 - Serra - Belo Horizonte/MG - CEP 30220-000"
OF = "tomador.endereco."


def made(values: Sequence[RawValue], **own: Sequence[RawValue]) -> dict[str, list[RawValue]]:
    taken = {f"{OF}logradouro": values} | {f"{OF}{name}": column for name, column in own.items()}
    return {path.removeprefix(OF): list(v) for path, v in parted(taken, len(values)).values.items()}


def test_each_part_fills_its_field() -> None:
    assert made([WHOLE, "Rua da Paz"]) == {
        "logradouro": ["Rua do Ouro", "Rua da Paz"],
        "numero": ["77", None],
        "bairro": ["Serra", None],
        "nome_municipio": ["Belo Horizonte", None],
        "uf": ["MG", None],
        "cep": ["30220-000", None],
    }


def test_what_was_typed_in_its_own_cell_stays() -> None:
    found = made([WHOLE, WHOLE], numero=["", "77"], codigo_municipio=["3106200", "3106200"])
    assert found["numero"] == ["77", "77"]
    assert "nome_municipio" not in found


def test_an_address_that_another_cell_contradicts_is_left_whole() -> None:
    assert made([WHOLE], numero=["78"]) == {}
    assert made([WHOLE], nome_municipio=["Contagem"]) == {}


def test_it_is_told_at_its_cell() -> None:
    mapped = map_book(
        book(sheet((*HEADER, "Endereço"), (*NOTE, WHOLE), (*NEXT, "Rua da Paz"))),
        mappings(),
        choice=None,
        defaults=ONE,
    )
    (told,) = [one for one in mapped.problems if one.code == "endereco-dividido"]
    assert (told.row, told.column, told.severity) == (2, "H", "aviso")
    assert "número “77”, bairro “Serra”" in told.details["partes"]
    assert list(mapped.sheets[0].fields[f"{OF}numero"].values) == ["77", None]
