import pytest

from converter.brazil import cpf

REFUSED = {
    "39053344706": "cpf-digito",
    "11111111111": "cpf-repetido",
    "00000000000": "cpf-repetido",
    "519668180920": "cpf-tamanho",
    "51966818O92": "cpf-caractere",
    "５1966818092": "cpf-caractere",
    "1,23457E+10": "numero-cientifico",
}


@pytest.mark.parametrize(
    "number", ["39053344705", "52998224725", "51966818092", "12345678909", "519.668.180-92"]
)
def test_valid_numbers_come_out_bare(number):
    assert cpf.parse(number) == (cpf.compact(number), None, None, ())
    assert cpf.is_valid(cpf.masked(number))


@pytest.mark.parametrize(("number", "problem"), REFUSED.items())
def test_each_refusal_says_why(number, problem):
    assert cpf.parse(number).problem == problem
    assert not cpf.is_valid(number)


@pytest.mark.parametrize("cell", [1234567890, 1234567890.0, "1234567890", "1234567890.0"])
def test_lost_zeros_come_back_with_a_warning(cell):
    assert cpf.parse(cell) == (
        "01234567890",
        None,
        "cpf-zeros-repostos",
        (("completo", "012.345.678-90"),),
    )


@pytest.mark.parametrize("cell", [1234567891, "1.234.567-890", 0])
def test_zeros_are_not_invented(cell):
    assert cpf.parse(cell).problem == "cpf-tamanho"
