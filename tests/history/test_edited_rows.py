"""A sent row edited in its file is known again; another note like it is not taken for it."""

from pathlib import Path

import pytest

from tests.runs import (
    DATA,
    VALOR,
    Rows,
    exemplo,
    of,
    refs,
    run_in,
    sent,
    situacoes,
    tabela,
    told,
)

TEXT, DOCUMENT = "Discriminação do serviço", "CPF/CNPJ do tomador"
OTHER_DAY = "18/09/2026 10:00"
EDIT = {VALOR: "1.600,00", TEXT: "Outro serviço", DOCUMENT: "529.982.247-25", DATA: OTHER_DAY}


def edited(table: Rows, *columns: str) -> Rows:
    """The rows with these columns of the first one edited."""
    return [{**table[0], **{column: EDIT[column] for column in columns}}, *table[1:]]


@pytest.mark.parametrize(
    "columns", [(VALOR, TEXT), (VALOR, DOCUMENT), (TEXT, DOCUMENT), (DATA, VALOR)]
)
def test_a_row_edited_in_two_where_it_stands_is_named_and_not_sent(
    tmp_path: Path, columns: tuple[str, str]
) -> None:
    tabela(tmp_path, exemplo())
    run_in(tmp_path)
    tabela(tmp_path, edited(exemplo(), *columns))
    run = run_in(tmp_path)
    assert told(run, "linha-alterada") == [2]
    assert sent(run) == 0


def test_a_row_edited_in_tomador_value_and_text_is_another_note(tmp_path: Path) -> None:
    tabela(tmp_path, exemplo())
    run_in(tmp_path)
    tabela(tmp_path, edited(exemplo(), VALOR, TEXT, DOCUMENT))
    assert sent(run_in(tmp_path)) == 1


def test_a_row_of_another_day_and_value_elsewhere_is_another_note(tmp_path: Path) -> None:
    tabela(tmp_path, exemplo())
    run_in(tmp_path)
    tabela(tmp_path, [*exemplo()[1:], {**exemplo()[0], DATA: OTHER_DAY, VALOR: "1.600,00"}])
    run = run_in(tmp_path)
    assert (sent(run), told(run, "linha-alterada")) == (1, [])


def test_the_day_a_row_had_is_told_as_a_day(tmp_path: Path) -> None:
    tabela(tmp_path, exemplo())
    run_in(tmp_path)
    tabela(tmp_path, [{**exemplo()[0], DATA: OTHER_DAY}, *exemplo()[1:]])
    (problem,) = [p for p in of(run_in(tmp_path)).problems if p.code == "linha-alterada"]
    assert problem.details["antes"] == "dia 2026-09-05"


def test_notes_of_one_client_on_other_days_are_no_copy_of_his_file(tmp_path: Path) -> None:
    first = [{**exemplo()[0], DATA: f"{day:02d}/09/2026"} for day in range(1, 7)]
    second = [{**row, DATA: f"{day:02d}/09/2026"} for day, row in enumerate(first, 11)]
    tabela(tmp_path, first, "a.csv")
    run_in(tmp_path)
    tabela(tmp_path, [first[0], *second[1:]], "b.csv")
    run = run_in(tmp_path)
    assert situacoes(run, "b.csv") == ["repetida", *["autorizada"] * 5]


def test_a_row_typed_back_after_it_was_sent_again_is_edited_once_more(tmp_path: Path) -> None:
    tabela(tmp_path, exemplo())
    first = refs(run_in(tmp_path))[2]
    tabela(tmp_path, edited(exemplo(), VALOR))
    second = refs(run_in(tmp_path, reenviar=(first,)))[2]
    tabela(tmp_path, exemplo())
    run = run_in(tmp_path)
    assert (sent(run), told(run, "linha-alterada")) == (0, [2])
    assert sent(run_in(tmp_path, reenviar=(second,))) == 1
    assert sent(run_in(tmp_path)) == 0
