"""Blanks of customers filled from what the API answered, never over what was typed."""

from converter.model.consultas import Consulta, Consulted, Lookups
from converter.stages.complete import complete
from tests.schemas.planilha import planilha

CEP, STREET, UF = (f"tomador.endereco.{name}" for name in ("cep", "logradouro", "uf"))
ASKED = Consulta("cep", "01310100")
ANSWER = Consulted({"tipo_logradouro": "Avenida", "nome_logradouro": "Paulista", "uf": "SP"}, "1/1")
SHEET = planilha([{CEP: "01310-100", STREET: None, UF: None}, {CEP: None, STREET: "Rua", UF: "PR"}])


def test_what_nobody_answered_yet_is_asked_and_nothing_is_filled() -> None:
    done = complete([SHEET], Lookups(frozenset({"cep"})))
    assert done.consultas == {ASKED}
    assert list(done.sheets[0].fields[UF].values) == [None, "PR"]


def test_an_answer_fills_the_blank_of_its_row_only() -> None:
    done = complete([SHEET, SHEET], Lookups(frozenset({"cep"}), {ASKED: ANSWER}))
    assert [list(one.fields[UF].values) for one in done.sheets] == [["SP", "PR"]] * 2
    assert done.consultas == frozenset()
    assert {problem.row for problem in done.problems} == {7}


def test_a_folder_that_asks_for_nothing_asks_nothing() -> None:
    assert complete([SHEET], Lookups()) == ((SHEET,), (), frozenset())
