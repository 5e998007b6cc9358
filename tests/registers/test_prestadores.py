"""Companies of `cadastros/prestadores.xlsx`, beside those of `planilote.toml`."""

from io import BytesIO

import openpyxl
import pytest

from converter.errors import MappingError
from converter.mapping.defaults import PrestadorDefaults
from converter.model.cells import RawBook, RawSheet, RawValue
from converter.registers import books, prestadores
from converter.registers.columns import prestador_headers, tomador_headers

HEADERS = prestador_headers()
CNPJ = "11222333000181"


def book(*rows: dict[str, RawValue]) -> RawBook:
    cells = [tuple(row.get(header) for header in HEADERS) for row in rows]
    return RawBook("prestadores.xlsx", "", 0, "xlsx", (RawSheet("Prestadores", (HEADERS, *cells)),))


def row(**more: RawValue) -> dict[str, RawValue]:
    return {"CNPJ do prestador": "11.222.333/0001-81", **more}


def test_a_row_is_as_good_as_a_block_of_the_settings() -> None:
    said = row(
        **{
            "Nome da empresa": "Ponte Clara",
            "Pastas de entrada": "ponte; ponte filial",
            "Município do prestador (código IBGE)": "Curitiba/PR",
            "Optante pelo Simples Nacional": "Não",
        }
    )
    (one,) = prestadores.of_book(book(said))
    assert one.cnpj == CNPJ
    assert one.folders == ("Ponte Clara", "ponte", "ponte filial")
    assert one.values["prestador.codigo_municipio"] == "4106902"
    assert one.values["optante_simples_nacional"] is False


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"Nome da empresa": "Sem CNPJ"}], "não é válido"),
        ([row(**{"Município do prestador (código IBGE)": "Atlântida"})], "Atlântida"),
        ([row(), row()], "em duas linhas"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_by_its_line(
    rows: list[dict[str, RawValue]], told: str
) -> None:
    with pytest.raises(MappingError, match=told) as caught:
        prestadores.of_book(book(*rows))
    assert caught.value.line == len(rows) + 1


def test_a_contradiction_with_the_settings_is_named() -> None:
    written = PrestadorDefaults(CNPJ, (), {"optante_simples_nacional": True})
    registered = PrestadorDefaults(CNPJ, (), {"optante_simples_nacional": False})
    with pytest.raises(MappingError, match=r"“não” aqui e “sim” no planilote\.toml"):
        prestadores.merged([written], [registered])


def test_both_together_say_more() -> None:
    written = PrestadorDefaults(CNPJ, ("a",), {"natureza_operacao": 1})
    registered = PrestadorDefaults(CNPJ, ("b",), {"optante_simples_nacional": False})
    (one,) = prestadores.merged([written], [registered])
    assert one.folders == ("a", "b")
    assert one.values == {"natureza_operacao": 1, "optante_simples_nacional": False}


@pytest.mark.parametrize(
    ("drawn", "headers"),
    [(books.prestadores(), prestador_headers()), (books.tomadores(), tomador_headers())],
    ids=["prestadores", "tomadores"],
)
def test_the_register_to_fill_in_has_its_headers_help_and_lists(
    drawn: bytes, headers: tuple[str, ...]
) -> None:
    sheet = openpyxl.load_workbook(BytesIO(drawn)).worksheets[0]
    assert tuple(cell.value for cell in sheet[1]) == headers
    assert all(cell.comment for cell in sheet[1])
    assert sheet.data_validations.dataValidation
