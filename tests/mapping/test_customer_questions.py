"""Notes whose customer no cell of theirs says, or a cell says two of."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from converter.mapping import customer_questions
from converter.mapping.above import Above
from converter.mapping.around import Around
from converter.mapping.coded import Coded
from converter.mapping.customer_above import CustomerAbove
from converter.mapping.decisions import Decision
from converter.model.cells import SourceColumn
from converter.model.columns import ColumnUse
from tests.mapping.pieces import Columns, notes

NAME, CNPJ = "tomador.razao_social", "tomador.cnpj"
USED = {NAME: "Nome", CNPJ: "CNPJ", "data_emissao": "Data", "servico.valor_servicos": "Valor"}
ONE, CPF = "52.601.815/0001-20", "529.982.247-25"


@pytest.mark.parametrize(
    ("names", "documents", "dates", "rows"),
    [
        (("Ana", "", "Rui"), (ONE, "", ONE), ("d", "d", "d"), (3,)),
        (("Ana", "", "Rui"), (ONE, ONE, ONE), ("d", "d", "d"), None),
        (("Ana", "", "Rui"), (ONE, "", ONE), ("d", "", "d"), None),
        (("", "", "Rui"), ("", "", ONE), ("d", "d", "d"), None),
        (("", "", "Rui", "Bia"), ("", "", ONE, ONE), ("d",) * 4, (2, 3)),
        (("Ana", "Bia", "Rui"), (ONE, "", ONE), ("d", "d", "d"), None),
    ],
)
def test_a_customer_left_blank_in_few_rows_is_asked_about(
    names: Sequence[str],
    documents: Sequence[str],
    dates: Sequence[str],
    rows: tuple[int, ...] | None,
) -> None:
    columns: Columns = {
        "Nome": names, "CNPJ": documents, "Data": dates, "Valor": (1.5,) * len(names),
    }  # fmt: skip
    there = notes(columns, USED)
    asked = list(customer_questions.nobody(there))
    assert [one.rows for one in asked] == ([rows] if rows else [])


def test_many_blank_customers_are_asked_about_once_one_was_answered() -> None:
    columns: Columns = {"Nome": ("", "", "Rui"), "Data": ("d",) * 3, "Valor": (1.5,) * 3}
    used = {path: header for path, header in USED.items() if path != CNPJ}
    there = replace(notes(columns, used), answered={customer_questions.NOBODY})
    (asked,) = customer_questions.nobody(there)
    assert (asked.rows, asked.above) == ((2, 3), ((3, 2),))


def test_a_row_that_has_no_customer_either_lends_none() -> None:
    columns: Columns = {
        "Nome": ("Ana", "", "", "Rui", "Bia"), "Data": ("d", "", "d", "d", "d"),
        "Valor": (1.5,) * 5,
    }  # fmt: skip
    used = {path: header for path, header in USED.items() if path != CNPJ}
    (asked,) = customer_questions.nobody(notes(columns, used))
    assert (asked.rows, asked.above) == ((4,), ())


SURE = (Above(NAME, "Sol Ltda", 1),)


@pytest.mark.parametrize(
    ("values", "more", "count", "asked"),
    [
        (SURE, False, 1, False),
        (SURE, True, 1, True),
        (SURE, False, 2, True),
        ((), False, 1, True),
    ],
)
def test_a_customer_above_several_notes_is_asked_about(
    values: tuple[Above, ...], count: int, *, more: bool, asked: bool
) -> None:
    above = CustomerAbove(values, ("Cliente: Sol Ltda",), more)
    there = replace(notes({"Valor": (1.5,) * count}, {}), around=Around(above))
    assert bool(list(customer_questions.above_the_table(there))) is asked
    assert not list(customer_questions.above_the_table(replace(there, rows=())))


@pytest.mark.parametrize(("named", "rows"), [(True, (3,)), (False, (3, 4))])
def test_codes_that_the_list_has_not_are_asked_about(rows: tuple[int, ...], *, named: bool) -> None:
    by_code = Coded(SourceColumn("A", "Código"), 0, "Clientes", {"alf": "Alfa"}, named)
    beside = Around(None, by_code, ("Clientes", ("ISS",)))
    there = replace(notes({"Código": ("ALF", "XYZ", "")}, {}), around=beside)
    found = {one.codigo: one.rows for one in customer_questions.in_a_list(there)}
    assert found == {"codigo-fora-da-lista": rows, "dados-na-lista": (2, 3, 4)}


@pytest.mark.parametrize(
    ("header", "text", "document", "two"),
    [
        ("Nome", "Padaria X Ltda / Sol ME", ONE, True),
        ("Aluno / Mãe", "Ana Luz / Rita Luz", ONE, False),
        ("Nome", "Ana Luz / Sol", ONE, False),
        ("Nome", "Ana Luz; Rita Luz", ONE, True),
        ("Nome", "Ana Luz e Rita Luz", CPF, True),
        ("Nome", "Ana Luz e Rita Luz", ONE, False),
        ("Nome", "Ana Luz e Rita", CPF, False),
        ("Nome", "Luz e Sol Ltda", CPF, False),
        ("Nome", "Ana Luz", CPF, False),
    ],
)
def test_two_customers_in_a_cell_are_told_from_one(
    header: str, text: str, document: str, *, two: bool
) -> None:
    there = notes(
        {header: ("Bia Sol", text), "CNPJ": (ONE, document)}, {NAME: header, CNPJ: "CNPJ"}
    )
    asked = [one.rows for one in customer_questions.two_customers(there)]
    assert asked == ([(3,)] if two else [])


@pytest.mark.parametrize(
    ("branch", "document", "held"),
    [("0002", ONE, True), ("0001", ONE, False), ("1", ONE, False), ("00002", ONE, False),
     ("Centro", ONE, False), ("0002", CPF, False), ("", ONE, False)],
)  # fmt: skip
def test_another_branch_than_that_of_the_document_is_asked_about(
    branch: str, document: str, *, held: bool
) -> None:
    there = notes({"CNPJ": (ONE, document), "Filial do cliente": ("1", branch)}, {CNPJ: "CNPJ"})
    asked = [one.rows for one in customer_questions.branches(there)]
    assert asked == ([(3,)] if held else [])
    answered = {**there.understood.decisions, 1: Decision(ColumnUse.IGNORADA, why="resposta")}
    said = replace(there, understood=replace(there.understood, decisions=answered))
    assert list(customer_questions.branches(said)) == []
