"""A form's questions are headers too, and a first name is no month."""

from collections.abc import Sequence

import pytest

from converter.mapping.value_kinds import is_month, is_name
from converter.model.cells import RawValue
from tests.mapping.test_readings import AMOUNTS, DATES, DOCS, NAMES, read, said, table

PEOPLE = ("Maria", "Marcos", "Juliana")
WHO = "Qual é o seu nome completo (como deve sair na nota)?"
FORM: dict[str, Sequence[RawValue]] = {
    WHO: NAMES,
    "Informe o CPF ou CNPJ": DOCS,
    "Data": DATES,
    "Descrição": ("Aula", "Curso", "Aula"),
    "Valor": AMOUNTS,
    "Nome da rua": ("Rua Ipê", "Rua Sabiá", "Rua Ipê"),
    "Número da casa/apto": ("10", "12", "9"),
    "Como ficou sabendo da gente?": ("Instagram", "Google", "Um amigo"),
    "Cód. TUSS": ("10101012", "40301630", "10101012"),
}


def test_a_form_is_read_as_it_asks() -> None:
    mapped = said(read(table(FORM)))
    assert mapped[WHO] == ("usada", "tomador.razao_social")
    assert mapped["Número da casa/apto"] == ("usada", "tomador.endereco.numero")
    assert mapped["Como ficou sabendo da gente?"] == ("ignorada", None)
    assert mapped["Cód. TUSS"] == ("ignorada", None)


@pytest.mark.parametrize("name", [*PEOPLE, "MARCIA", "Marcos 26", "Novaes"])
def test_a_name_that_begins_like_a_month_is_none(name: str) -> None:
    assert not is_month(name)
    assert is_name(name)


@pytest.mark.parametrize("month", ["mar", "Março", "MAR/26", "setem.", "agosto de 2026", "03/2026"])
def test_a_month_may_be_cut_short(month: str) -> None:
    assert is_month(month)


def test_first_names_under_a_word_nobody_knows_are_no_month() -> None:
    plain = {each: FORM[each] for each in (WHO, "Data", "Descrição", "Valor")}
    assert said(read(table({**plain, "USR_INC": ("MARCIA",) * 3})))["USR_INC"] == ("ignorada", None)
