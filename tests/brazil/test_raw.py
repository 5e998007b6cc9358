"""What a cell says before anyone asks what it means."""

from datetime import date, time

import pytest

from converter.brazil.modulo11 import check_digits
from converter.brazil.raw import clean, code, lost_zeros, shown, text
from converter.model.cells import Percent


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("  Ana\u200b Souza\u00ad ", "Ana Souza"),
        ("12\u20133", "12-3"),
        ('="0107"', "0107"),
        ("'0107", "0107"),
        ("=SOMA(A1)", "=SOMA(A1)"),
    ],
)
def test_what_nobody_can_see_or_meant_goes_from_a_text(typed: str, wanted: str) -> None:
    assert clean(typed) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("01310-100", "01310-100"), (107.0, "107"), (11222333000181, "11222333000181"),
     ("11222333000181,0", "11222333000181"), ("1310.0", "1310.0")],
)  # fmt: skip
def test_a_code_is_its_digits(value: object, wanted: str) -> None:
    assert code(value) == wanted


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("1,12E+13", "numero-cientifico"),
        (10.0**15, "numero-cientifico"),
        (10.5, "codigo-numero"),
        (-7, "codigo-numero"),
        (True, "celula-tipo"),
        (" \u200b", "celula-vazia"),
        (None, "celula-vazia"),
    ],
)
def test_what_holds_no_code_says_why(value: object, problem: str) -> None:
    answer = code(value)
    assert not isinstance(answer, str)
    assert answer.problem == problem


@pytest.mark.parametrize(
    ("value", "tipo"),
    [(date(2026, 10, 1), "uma data"), (time(8), "uma hora"), (Percent(0.05), "uma porcentagem"),
     (5, "um número"), (False, "um verdadeiro/falso")],
)  # fmt: skip
def test_what_is_no_text_is_named(value: object, tipo: str) -> None:
    assert dict(text(value).details) == {"tipo": tipo}


def test_zeros_can_only_have_been_lost_where_none_is_left() -> None:
    assert lost_zeros("1310100", 8)
    assert not lost_zeros("01310100"[1:3] + "x", 8)
    assert not lost_zeros("0131010", 8)
    assert not lost_zeros("11310100", 8)


def test_a_character_is_named_so_that_it_can_be_found() -> None:
    assert (shown("ç"), shown("\t"), shown("\u200b")) == ("“ç”", "U+0009", "U+200B")


def test_check_digits_are_those_of_known_numbers() -> None:
    cpf = (11, 10, 9, 8, 7, 6, 5, 4, 3, 2)
    assert check_digits("111444777", cpf) == "35"
    cnpj = (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
    found = (check_digits("112223330001", cnpj), check_digits("12ABC34501DE", cnpj))
    assert found == ("81", "35")
