"""What is read above a table: only what is labelled, and of one company."""

import pytest

from converter.mapping.above import above
from converter.model.cells import RawValue
from tests.mapping.books import sheet

CNPJ, OTHER = "11.222.333/0001-81", "11.444.777/0001-61"
ISSUER = ("prestador.cnpj", CNPJ)
IM = ("prestador.inscricao_municipal", "12345")


def city(text: str) -> tuple[str, str]:
    return ("prestador.codigo_municipio", text)


def found(*rows: tuple[RawValue, ...]) -> list[tuple[str, str]]:
    return [(each.path, each.value) for each in above(sheet(*rows, ("Cliente",)), len(rows) + 1)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (f"CNPJ: {CNPJ}", [ISSUER]),
        (f"CNPJ {CNPJ}", [ISSUER]),
        (f"C.N.P.J. {CNPJ}", [ISSUER]),
        (f"CNPJ {CNPJ}   INSC. MUN. 12345   CAMPINAS/SP", [ISSUER, IM, city("CAMPINAS/SP")]),
        (f"Ponte Clara Contabilidade - CNPJ {CNPJ} - IM: 12345", [ISSUER, IM]),
        (f"CNPJ: {CNPJ} Inscrição Municipal: 12345", [ISSUER, IM]),
        (f"Ponte Clara Contabilidade | CNPJ: {CNPJ} | CCM 12345", [ISSUER, IM]),
        ("Competência: outubro/2026", [("data_competencia", "outubro/2026")]),
        ("Competência outubro/2026", [("data_competencia", "outubro/2026")]),
        ("Mês de referência 10/2026", [("data_competencia", "10/2026")]),
    ],
)
def test_a_label_and_its_value_in_one_cell(cell: str, expected: list[tuple[str, str]]) -> None:
    assert found((cell,)) == expected


@pytest.mark.parametrize(
    "cell",
    [
        CNPJ,
        "Relatório de outubro/2026",
        "CNPJ 11.222.333/0001-82",
        f"Tomador Padaria Sol Ltda  CNPJ {CNPJ}",
        f"Cliente: Padaria Sol Ltda - CNPJ {CNPJ}",
        f"CNPJ {CNPJ} - CNPJ {OTHER}",
    ],
)
def test_what_has_no_label_or_may_be_of_another_says_nothing(cell: str) -> None:
    assert found((cell,)) == []


def test_a_label_and_its_value_in_two_cells() -> None:
    assert found(("CNPJ:", CNPJ), ("Insc. Municipal:", 12345)) == [ISSUER, IM]


def test_two_companies_above_a_table_leave_the_issuer_unsaid() -> None:
    assert found((f"CNPJ: {CNPJ}",), (f"CNPJ: {OTHER}",), ("IM: 12345",)) == []


def test_the_same_written_twice_is_one() -> None:
    assert found((f"CNPJ: {CNPJ}",), (f"CNPJ: {CNPJ}",)) == [ISSUER]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        (f"Clínica Boa Vista Ltda – CNPJ {CNPJ} – Barueri/SP", "Barueri/SP"),
        (f"Clínica Boa Vista Ltda - CNPJ {CNPJ} - Barueri - SP", "Barueri/SP"),
        (f"CNPJ {CNPJ} | Rua Um, 10 | Centro | Ji-Paraná-RO", "Ji-Paraná-RO"),
        (f"Barueri/SP - CNPJ {CNPJ} - Barueri/SP", "Barueri/SP"),
        (f"Clínica Boa Vista Ltda – CNPJ {CNPJ} – Barueri", None),
        (f"Clínica Boa Vista Ltda – CNPJ {CNPJ} – Boa Vista/SP", None),
        (f"Clínica Boa Vista Ltda – CNPJ {CNPJ} – atende Barueri/SP", None),
        (f"CNPJ {CNPJ} - Barueri/SP - Osasco/SP", None),
        (f"CNPJ {CNPJ} - Barueri/SP - Obra: Osasco/SP", None),
        (f"CNPJ {CNPJ} - Obra: Osasco/SP", None),
    ],
)
def test_a_city_with_its_state_is_read_beside_the_issuer_where_there_is_but_one(
    line: str, read: str | None
) -> None:
    assert found((line,)) == [ISSUER, *([city(read)] if read else [])]


def test_a_city_that_is_not_beside_the_issuer_or_is_a_customers_is_not_read() -> None:
    assert found(("Barueri/SP",), (f"CNPJ: {CNPJ}",)) == [ISSUER]
    assert found((f"CNPJ: {CNPJ}", "Barueri/SP"), ("Osasco - SP",)) == [ISSUER]
    assert found((f"Cliente: Padaria Sol - CNPJ {CNPJ} - Barueri/SP",)) == []
    assert found((f"CNPJ: {CNPJ}", "Barueri/SP")) == [ISSUER, city("Barueri/SP")]
    assert found(("IM: 12345 - Barueri/SP",)) == [IM, city("Barueri/SP")]
