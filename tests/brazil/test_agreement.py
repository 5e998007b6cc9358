"""Two other libraries as judges: same answer on generated numbers, and why where not.

The law decides (IN RFB 2.229/2024 and the algorithms it describes), not the majority.
"""

import random
import string

import pytest
import stdnum.br.cnpj
import stdnum.br.cpf
import validate_docbr

from converter.brazil import cnpj, cpf

NUMERIC = string.digits
ALPHANUMERIC = string.digits + string.ascii_uppercase
CPF_JUDGES = (stdnum.br.cpf.is_valid, validate_docbr.CPF().validate)
CNPJ_JUDGES = (stdnum.br.cnpj.is_valid, validate_docbr.CNPJ().validate)
SIZES = [3_000, pytest.param(100_000, marks=pytest.mark.longo)]


def generated(size, alphabet, base, check):
    """Give valid numbers, one in two with one character changed, one in three masked."""
    chance = random.Random(2229)  # noqa: S311 - the same numbers every time, nothing secret
    for place in range(size):
        start = "".join(chance.choices(alphabet, k=base))
        number = start + check.calc_check_digits(start)
        if place % 2:
            spot = chance.randrange(base + 2)
            number = number[:spot] + chance.choice(alphabet) + number[spot + 1 :]
        yield check.masked(number) if place % 3 == 0 else number


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("alphabet", [NUMERIC, ALPHANUMERIC], ids=["numeric", "alphanumeric"])
def test_cnpj_agrees_with_both(size, alphabet):
    numbers = list(generated(size, alphabet, 12, cnpj))
    ours = [cnpj.is_valid(number) for number in numbers]
    assert size // 2 <= sum(ours) < size
    assert ours == [cnpj.parse(number).value is not None for number in numbers]
    for judge in CNPJ_JUDGES:
        assert [judge(number) for number in numbers] == ours


@pytest.mark.parametrize("size", SIZES)
def test_cpf_agrees_with_both(size):
    numbers = list(generated(size, NUMERIC, 9, cpf))
    ours = [cpf.is_valid(number) for number in numbers]
    assert size // 2 <= sum(ours) < size
    for judge in CPF_JUDGES:
        assert [judge(number) for number in numbers] == ours


@pytest.mark.parametrize("judge", [stdnum.br.cnpj, stdnum.br.cpf], ids=["cnpj", "cpf"])
def test_masks_and_bare_forms_are_the_same_as_the_judges(judge):
    ours = cnpj if judge is stdnum.br.cnpj else cpf
    base = 12 if ours is cnpj else 9
    for number in generated(300, NUMERIC, base, ours):
        assert ours.compact(number) == judge.compact(number)
        assert ours.masked(number) == judge.format(number)


DISAGREEMENTS = [
    # Nobody has a CPF of one repeated digit; python-stdnum stops at the arithmetic.
    (cpf, "11111111111", False, (True, False)),
    # Full-width digits are other characters than the ones a layout takes; ours never converts
    # what the user would not see, the judges do so silently.
    (cpf, "５1966818092", False, (True, True)),
    (cnpj, "０7504505000132", False, (True, False)),
    # validate-docbr fills zeros in; ours does too, but in `parse`, and says so.
    (cpf, "191", False, (False, True)),
    (cpf, "1234567890", False, (False, True)),
    # Spaces between digits are how some print them; validate-docbr knows only its own mask.
    (cpf, "519 668 180 92", True, (True, False)),
    (cnpj, "075 04505000132", True, (True, False)),
    # The apostrophe with which Excel keeps text as text.
    (cnpj, "'07504505000132", True, (False, False)),
]


@pytest.mark.parametrize(("module", "number", "ours", "theirs"), DISAGREEMENTS)
def test_where_we_disagree_we_know_why(module, number, ours, theirs):
    judges = CNPJ_JUDGES if module is cnpj else CPF_JUDGES
    assert module.is_valid(number) is ours
    assert tuple(judge(number) for judge in judges) == theirs


def test_an_invented_pair_of_letters_and_digits_can_be_taken_for_each_other():
    """Values are taken modulo 11: a valid alphanumeric number proves less than a numeric one."""
    assert cnpj.is_valid("12ABC34501DE35")
    assert cnpj.is_valid("12LBC34501DE35")
    assert not cnpj.is_valid("120BC34501DE35")
