"""Somebody beside the customer whom the note may be for instead."""

import pytest

from converter.model.columns import ColumnUse
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
