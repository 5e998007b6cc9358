"""Headers as offices write them: abbreviations, percentages, and more than one `Nº`."""

from collections.abc import Mapping

import pytest

from converter.mapping.header import find_header, header_at
from converter.mapping.load import load_mappings
from converter.mapping.match import Fit, fit
from converter.mapping.senses import says_something
from converter.model.cells import Range, RawSheet, RawValue

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


def test_what_stands_under_months_merged_over_several_columns_is_the_header() -> None:
    rows = [
        ("Cliente", "CNPJ", "Out/26", None, "Nov/26", None),
        (None, None, "Horas", "Valor", "Horas", "Valor"),
        ("Padaria Trigo Dourado", "12.345.678/0001-95", 10, 1500.0, 12, 1800.0),
    ]
    merged = ((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 1, 6))
    known = frozenset({"cliente", "cnpj"})
    found = find_header(RawSheet("Notas", rows, merged=merged), known, lambda _: False)
    assert found is not None
    assert [(cell.column.header, cell.group) for cell in found.cells] == [
        ("Cliente", ""),
        ("CNPJ", ""),
        ("Horas", "Out/26"),
        ("Valor", "Out/26"),
        ("Horas", "Nov/26"),
        ("Valor", "Nov/26"),
    ]
    # Over notes, and not over headers, nothing is below but more of the table.
    notes = [rows[0], rows[2]]
    above = find_header(RawSheet("Notas", notes, merged=merged[2:]), known)
    assert above is not None
    assert above.row == 1


GROUPED: list[tuple[RawValue, ...]] = [
    ("Cliente", "CNPJ", "Valores", None, None, None, "Data"),
    (None, None, "Bruto", "Retenções", None, "Líquido", None),
    (None, None, None, "ISS", "IR", None, None),
    ("Padaria Trigo Dourado", "12.345.678/0001-95", 1000.0, 50.0, 15.0, 935.0, "05/10/2026"),
]
MERGED = (
    *((1, left, 3, left) for left in (1, 2, 7)),
    (1, 3, 1, 6),
    *((2, left, 3, left) for left in (3, 6)),
    (2, 4, 2, 5),
)


@pytest.mark.parametrize("merged", [(), MERGED])
def test_a_header_in_three_rows_is_read_to_its_last(merged: tuple[Range, ...]) -> None:
    found = find_header(RawSheet("Notas", GROUPED, merged=merged), frozenset(), says_something)
    assert found is not None
    assert found.row == 3
    assert [(cell.column.header, cell.group) for cell in found.cells] == [
        ("Cliente", ""),
        ("CNPJ", ""),
        ("Bruto", "Valores"),
        ("ISS", "Valores Retenções"),
        ("IR", "Valores Retenções"),
        ("Líquido", "Valores"),
        ("Data", ""),
    ]


def test_a_note_under_headers_without_a_text_is_no_part_of_the_header() -> None:
    rows = [("Cliente", None, "Valor", None), ("Sul", "Padaria Trigo Dourado", "Bruto", "a ver")]
    found = find_header(RawSheet("Notas", rows), frozenset(), says_something)
    assert found is not None
    assert found.row == 1


def test_a_title_over_two_rows_of_headers_is_no_group() -> None:
    rows = [("Notas de outubro",), *GROUPED[:2], (*GROUPED[3][:5], 935.0, "05/10/2026")]
    found = find_header(RawSheet("Notas", rows), frozenset(), says_something)
    assert found is not None
    assert (found.row, found.cells[2].group) == (3, "Valores")
