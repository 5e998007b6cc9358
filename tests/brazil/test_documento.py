import pytest

from converter.brazil import cnpj, cpf, documento
from converter.model.cells import Fault, FaultKind

ONLY_CNPJ = "123456789" + cnpj.calc_check_digits("000123456789")
"""A CNPJ that lost three zeros and is no CPF."""

BOTH = "40013359800"
"""A CPF, and a CNPJ that lost three zeros."""

BEGINS_WITH_ZEROS = "001234567" + cpf.calc_check_digits("001234567")
"""As a number, always both: the weights in which the two differ meet nothing but zeros."""


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("519.668.180-92", ("cpf", "51966818092")),
        (51966818092.0, ("cpf", "51966818092")),
        (7504505000132.0, ("cnpj", "07504505000132")),
        ("07504505000132", ("cnpj", "07504505000132")),
        ("12.ABC.345/01DE-35", ("cnpj", "12ABC34501DE35")),
        (ONLY_CNPJ, ("cnpj", ONLY_CNPJ.zfill(14))),
        (BEGINS_WITH_ZEROS, ("cpf", BEGINS_WITH_ZEROS)),
        (cpf.masked(BOTH), ("cpf", BOTH)),
        (cnpj.masked(BOTH.zfill(14)), ("cnpj", BOTH.zfill(14))),
    ],
)
def test_size_mask_and_check_digits_tell_which(cell, value):
    assert documento.parse(cell).value == value


@pytest.mark.parametrize("cell", [BOTH, int(BOTH), float(BOTH)])
def test_a_number_that_is_both_is_a_problem_with_both_readings(cell):
    parsed = documento.parse(cell)
    assert parsed.problem == "documento-ambiguo"
    assert dict(parsed.details) == {"cpf": cpf.masked(BOTH), "cnpj": cnpj.masked(BOTH.zfill(14))}


def test_a_number_that_lost_its_zeros_may_be_both():
    assert documento.parse(int(BEGINS_WITH_ZEROS)).problem == "documento-ambiguo"


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("519.668.180-93", "cpf-digito"),
        ("11111111111", "cpf-repetido"),
        ("18765499000199", "cnpj-digito"),
        ("12345678901234567", "cnpj-tamanho"),
        ("12345", "documento-tamanho"),
        ("isento", "cpf-caractere"),
        ("12.ABC.345/01DE-3A", "cnpj-caractere"),
        ("1,23457E+13", "numero-cientifico"),
        (None, "celula-vazia"),
        (Fault(FaultKind.ERROR_VALUE, "#N/A"), "celula-erro-excel"),
    ],
)
def test_each_refusal_says_why(cell, problem):
    assert documento.parse(cell).problem == problem


def test_a_warning_and_the_switch_pass_through():
    assert documento.parse(7504505000132).warning == "cnpj-zeros-repostos"
    refused = documento.parse("12.ABC.345/01DE-35", alfanumerico=False)
    assert refused.problem == "cnpj-alfanumerico"


def test_even_the_oldest_company_without_its_zeros_is_somebodys_cpf():
    assert documento.parse(191).problem == "documento-ambiguo"
