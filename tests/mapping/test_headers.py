"""Headers as offices write them: abbreviations, percentages, and more than one `Nº`."""

from collections.abc import Mapping

import pytest

from converter.mapping.header import header_at
from converter.mapping.load import load_mappings
from converter.mapping.match import Fit, fit
from converter.model.cells import RawSheet

NUMERO = "tomador.endereco.numero"


def laid(*headers: str) -> Fit:
    padrao = load_mappings([]).named("padrao")
    assert padrao is not None
    return fit(padrao, header_at(RawSheet("Notas", [headers]), 1))


def letters(found: Fit) -> Mapping[str, str]:
    return {path: source.column.letter for path, source in found.sources.items()}


@pytest.mark.parametrize("header", ["% ISS", "ISS %", "ISS (%)", "Aliq. ISS %"])
def test_a_percentage_of_iss_is_its_rate_and_never_its_amount(header: str) -> None:
    assert letters(laid(header)) == {"servico.aliquota": "A"}


def test_a_percentage_of_what_has_no_rate_is_left_out() -> None:
    found = laid("% IRRF", "IRRF")
    assert letters(found) == {"servico.valor_ir": "B"}
    assert [cell.column.letter for cell in found.ignored] == ["A"]


@pytest.mark.parametrize(
    ("header", "path"),
    [
        ("Cód. trib. município", "servico.codigo_tributario_municipio"),
        ("Cód. Município Prestador", "prestador.codigo_municipio"),
        ("Reteve ISS?", "servico.iss_retido"),
    ],
)
def test_an_abbreviation_is_read_in_full(header: str, path: str) -> None:
    assert letters(laid(header)) == {path: "A"}


@pytest.mark.parametrize("header", ["Valor 2", "Vlr. Serviço 2"])
def test_a_numbered_column_is_not_the_column_without_number(header: str) -> None:
    assert letters(laid(header)) == {}


def test_of_two_numbers_the_one_beside_the_street_is_the_house() -> None:
    found = laid("Nº", "Cliente", "Endereço", "Nº")
    assert letters(found)[NUMERO] == "D"
    assert not found.duplicates


def test_two_numbers_beside_the_street_are_told_and_not_chosen() -> None:
    assert NUMERO in laid("Endereço", "Nº", "Número").duplicates
