"""What a table of codes asks of a field, and of which notes."""

import pytest

from converter.layouts.codes import Code
from converter.layouts.rules import CityRules, View
from tests.layouts import amostras


def asks(exige: str, quando: str = "") -> CityRules[View]:
    code = Code("1", "Um", None, None, nome="Campo", exige=exige, quando=quando)
    circumstances = {
        "exportação": lambda note: note["Fora"] == "1",
        "cancelada": lambda note: note["Fora"] == "2",
    }
    return CityRules({"1": code}, circumstances, {})


def is_broken(rules: CityRules[View], campo: str, fora: str = "0") -> bool:
    return [*rules.broken(View({"Campo": campo, "Fora": fora}, amostras.city()), {"": 1})] != []


@pytest.mark.parametrize(
    ("exige", "right", "wrong"),
    [
        ("preenchido", "x", ""),
        ("nada", "", "x"),
        ("um de 1,2", "2", "3"),
        ("um de 1,2", "1", ""),
        ("um de 1,2 ou nada", "", "3"),
        ("CEP ou nada", "", "00000000"),
        ("zeros", "000", "010"),
        ("e-mail", "a@b.com", "a@b.com|c@d.com"),
        ("e-mails", "a@b.com|c@d.com", "a@b"),
    ],
)
def test_a_field_must_be_what_the_table_asks(exige: str, right: str, wrong: str) -> None:
    assert not is_broken(asks(exige), right)
    assert is_broken(asks(exige), wrong)


def test_a_field_is_asked_for_in_its_circumstances_only() -> None:
    rules = asks("preenchido", "exportação")
    assert is_broken(rules, "", "1")
    assert not is_broken(rules, "", "0")
    assert not is_broken(asks("preenchido", "exportação; cancelada"), "", "1")


def test_just_then_forbids_a_field_elsewhere() -> None:
    rules = asks("preenchido, e só então", "exportação")
    assert is_broken(rules, "", "1")
    assert is_broken(rules, "x", "0")
    assert not is_broken(rules, "x", "1")


def test_a_rule_of_a_record_that_is_not_there_is_not_asked() -> None:
    assert [*asks("preenchido").broken(View({"Fora": "0"}, amostras.city()), {"2": 1})] == []


def test_a_circumstance_that_there_is_not_is_a_mistake_of_the_table() -> None:
    with pytest.raises(ValueError, match="exportacao"):
        asks("preenchido", "exportacao")
    with pytest.raises(KeyError):
        asks("cheio")
