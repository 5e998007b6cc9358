"""Somebody beside the customer whom the note may be for instead."""

import pytest

from converter.mapping import customers
from converter.mapping.decisions import Decision
from converter.model.columns import ColumnUse
from tests.mapping import pieces
from tests.mapping.test_readings import DOCS, NAMES, WHOLE, read, said, table

CPFS = ("", "529.982.247-25", "482.199.351-11")


@pytest.mark.parametrize("header", ["CPF do pai", "CPF resp.", "CNPJ da operadora"])
def test_another_document_in_a_row_is_asked_about(header: str) -> None:
    mixed = {**WHOLE, "CNPJ": ("52.601.815/0001-20", "082.462.819-50", "819.093.786-31")}
    documents = ("", DOCS[1], DOCS[2]) if "CNPJ" in header else CPFS
    assert said(read(table({**mixed, header: documents})))[header][0] == "pergunta"


def test_the_same_document_again_is_not_asked_about() -> None:
    assert (
        said(read(table({**WHOLE, "CNPJ da operadora": DOCS})))["CNPJ da operadora"][0]
        == "ignorada"
    )


def test_the_name_of_another_document_is_asked_about_with_it() -> None:
    people = {"Resp. financeiro": ("", "Rita Brandão", "Caio Luz"), "CPF resp.": CPFS}
    mixed = {**WHOLE, "CNPJ": ("52.601.815/0001-20", "082.462.819-50", "819.093.786-31")}
    found = said(read(table({**mixed, **people})))
    assert {found[header][0] for header in people} == {str(ColumnUse.PERGUNTA)}


def test_a_column_of_a_few_names_does_not_win_over_one_of_all() -> None:
    found = said(read(table({**WHOLE, "Nome na nota": ("", "", "Lúmen Holding S.A.")})))
    assert (found["Cliente"][0], found["Nome na nota"][0]) == ("usada", "pergunta")
    assert said(read(table({**WHOLE, "Nome na nota": NAMES})))["Nome na nota"][0] == "usada"


def test_days_from_which_a_note_may_go_are_asked_about() -> None:
    other = ("19/03/2026", "05/04/2026", "23/03/2026")
    found = said(read(table({**WHOLE, "Emitir a partir de": other, "Dia NF": (5, 10, 28)})))
    assert found["Emitir a partir de"][0] == found["Dia NF"][0] == "pergunta"


CNPJS = ("90.830.166/0001-28", "13.186.091/0001-43", "52.601.815/0001-20")


@pytest.mark.parametrize(
    ("header", "values", "told"),
    [
        ("CNPJ da operadora", CNPJS, True),
        ("CNPJ da operadora", (DOCS[0], "", DOCS[2]), False),
        ("CNPJ da operadora", (DOCS[0], DOCS[1], ""), False),
        ("CNPJ da operadora", (DOCS[0], DOCS[0], ""), True),
        ("CNPJ do prestador", CNPJS, False),
        ("CPF do aluno", ("529.982.247-25", "482.199.351-11", ""), False),
        ("CNPJ do aluno", CNPJS, True),
        ("CPF do responsável", ("529.982.247-25", "482.199.351-11", ""), False),
        ("Operadora", ("Sol Ltda", "Lua S.A.", ""), True),
        ("Operadora", ("Ana Luz", "Rui Sá", ""), False),
    ],
)
def test_another_customer_is_in_a_row_that_says_another_document(
    header: str, values: tuple[str, ...], *, told: bool
) -> None:
    columns: pieces.Columns = {"CNPJ do tomador": DOCS, header: values}
    there = pieces.work(columns, {"tomador.cnpj": "CNPJ do tomador"})
    there.found[1].nothing = False
    assert customers.may_be_customer(there.found[1], there) is told
    there.found[1].nothing = True
    assert not customers.may_be_customer(there.found[1], there)
    alone = pieces.work(columns)
    assert not customers.may_be_customer(alone.found[1], alone)


def test_who_signs_for_a_company_signs_in_rows_that_have_one() -> None:
    cpfs = ("529.982.247-25", "482.199.351-11", "529.982.247-25")
    for his, signs in ((DOCS, True), (("", *DOCS[1:]), False)):
        columns: pieces.Columns = {"CNPJ do tomador": his, "CPF do responsável": cpfs}
        there = pieces.work(columns, {"tomador.cnpj": "CNPJ do tomador"})
        assert customers.signs_for_a_company(there.found[1], there) is signs


@pytest.mark.parametrize(
    ("name", "why", "suggestions"),
    [("Aluno", "ocupada", 1), ("Aluno", "nada", 0), ("Vendedor", "ocupada", 0)],
)
def test_the_name_goes_with_the_document_that_is_asked_about(
    name: str, why: str, suggestions: int
) -> None:
    there = pieces.work({"CPF do aluno": ("529.982.247-25", "482.199.351-11"), name: NAMES[:2]})
    there.ask(there.found[:1], "tomador.cpf", "ocupada")
    there.decisions[1] = Decision(ColumnUse.IGNORADA, why=why)
    customers.ask_of_their_names(there)
    assert len(there.decisions[1].suggestions[:1]) == suggestions
