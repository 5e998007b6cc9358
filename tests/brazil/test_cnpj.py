import pytest

from converter.brazil import cnpj

VALID = [
    "12.ABC.345/01DE-35",
    "00000000000191",
    "33000167000101",
    "07504505000132",
    "51916585000125",
    "AAAAAAAAAAAA45",
    "ZZZZZZZZ000191",
    "I0OQUF12000101",
    "SASB0MA7000124",
    " 07.504.505/0001-32 ",
    "12.abc.345/01de-35",
    "07.504.505/0001\u201132",
    "07.504.505/0001-32\u200b",
    "'07504505000132",
    '="07504505000132"',
]
REFUSED = {
    "12ABC34501DE00": "cnpj-digito",
    "18765499000199": "cnpj-digito",
    "99999999999999": "cnpj-digito",
    "12ABC34501DE3A": "cnpj-caractere",
    "12ABÇ34501DE35": "cnpj-caractere",
    "０7504505000132": "cnpj-caractere",
    "07504505000132_": "cnpj-caractere",
    "07504505\n000132": "cnpj-caractere",
    "00000000000000": "cnpj-zeros",
    "075045050001321": "cnpj-tamanho",
    "18765499000": "cnpj-tamanho",
    "1,23457E+13": "numero-cientifico",
    "1.23457e+13": "numero-cientifico",
}


@pytest.mark.parametrize("number", VALID)
def test_valid_numbers_come_out_bare(number):
    parsed = cnpj.parse(number)
    assert parsed.problem is None
    assert parsed.warning is None
    assert parsed.value == cnpj.compact(number)
    assert cnpj.is_valid(number)
    assert cnpj.is_valid(cnpj.masked(number))


@pytest.mark.parametrize(("number", "problem"), REFUSED.items())
def test_each_refusal_says_why(number, problem):
    assert cnpj.parse(number).problem == problem
    assert not cnpj.is_valid(number)


@pytest.mark.parametrize(
    ("base", "digits"), [("12ABC3450001", "88"), ("000000000001", "91"), ("12ABC34501DE", "35")]
)
def test_check_digits_follow_from_the_base(base, digits):
    assert cnpj.calc_check_digits(base) == digits


@pytest.mark.parametrize(
    "cell", [7504505000132, 7504505000132.0, "7504505000132", "7504505000132.0"]
)
def test_lost_zeros_come_back_with_a_warning(cell):
    parsed = cnpj.parse(cell)
    assert parsed.value == "07504505000132"
    assert parsed.warning == "cnpj-zeros-repostos"
    assert parsed.details == (("completo", "07.504.505/0001-32"),)


def test_the_oldest_company_comes_back_from_three_digits():
    assert cnpj.parse(191.0).value == "00000000000191"


def test_a_whole_number_of_fourteen_digits_needs_no_warning():
    assert cnpj.parse(51916585000125.0) == (("51916585000125"), None, None, ())


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        (7504505000133, "cnpj-tamanho"),
        (0, "cnpj-tamanho"),
        (-7504505000132, "codigo-numero"),
        (7504505000132.5, "codigo-numero"),
        (1.234567e194, "numero-cientifico"),
        (float("nan"), "numero-cientifico"),
    ],
)
def test_other_numbers_are_refused(cell, problem):
    assert cnpj.parse(cell).problem == problem


def test_a_mask_with_too_few_digits_is_not_filled():
    assert cnpj.parse("7.504.505/0001-32").problem == "cnpj-tamanho"


@pytest.mark.parametrize("cell", ["0191", "07504505000"])
def test_what_still_begins_with_a_zero_has_lost_none(cell):
    assert cnpj.parse(cell).problem == "cnpj-tamanho"


def test_letters_can_be_switched_off():
    assert cnpj.parse("12.ABC.345/01DE-35", alfanumerico=False).problem == "cnpj-alfanumerico"
    assert cnpj.parse("07504505000132", alfanumerico=False).value == "07504505000132"


@pytest.mark.parametrize(
    ("cell", "named"),
    [("07.504.505/0001-3X", "“X”"), ("07504505\x00000132", "U+0000"), ("0750450500013²", "“²”")],
)
def test_the_guilty_character_is_named(cell, named):
    assert cnpj.parse(cell).details == (("caractere", named),)
