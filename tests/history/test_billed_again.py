"""A file that bills again what another one did, one thing changed in every row, is asked about."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.runs import DATA, VALOR, Rows, exemplo, in_october, run_in, sent, tabela, told

V2, TEXT = "nova.csv", "Discriminação do serviço"
OTHER_DAY = "29/09/2026"
Change = Callable[[dict[str, str]], dict[str, str]]


def on(row: dict[str, str], day: str = OTHER_DAY) -> dict[str, str]:
    return {**row, DATA: day}


def said_otherwise(row: dict[str, str]) -> dict[str, str]:
    return {**row, TEXT: f"{row[TEXT]} - set/26"}


def a_tenth_more(row: dict[str, str]) -> dict[str, str]:
    cents = int(row[VALOR].replace(".", "").replace(",", "")) * 11 // 10
    return {**row, VALOR: f"{cents // 100},{cents % 100:02d}"}


@pytest.mark.parametrize("change", [on, said_otherwise, a_tenth_more])
@pytest.mark.parametrize("kept", ["beside", "instead", "together"])
def test_one_thing_changed_in_every_row_under_a_new_name_is_asked_about(
    tmp_path: Path, change: Change, kept: str
) -> None:
    table = exemplo()
    path = tabela(tmp_path, table, "a.csv")
    if kept != "together":
        assert sent(run_in(tmp_path)) == 12
    if kept == "instead":
        path.unlink()
    tabela(tmp_path, [change(row) for row in table], V2)
    run = run_in(tmp_path)
    assert sent(run) == (12 if kept == "together" else 0)
    assert told(run, "linha-alterada", V2) == [*range(2, 14)]
    assert sent(run_in(tmp_path)) == 0


def test_one_row_as_it_was_lets_no_other_through(tmp_path: Path) -> None:
    table = exemplo()
    tabela(tmp_path, table)
    run_in(tmp_path)
    tabela(tmp_path, [table[0], *map(on, table[1:])], V2)
    run = run_in(tmp_path)
    assert (sent(run), told(run, "linha-alterada", V2)) == (0, [*range(3, 14)])


def test_next_month_is_billed_alike(tmp_path: Path) -> None:
    tabela(tmp_path, exemplo())
    run_in(tmp_path)
    tabela(tmp_path, in_october(exemplo()), "outubro.csv")
    assert sent(run_in(tmp_path)) == 12


def test_what_the_user_asks_for_goes(tmp_path: Path) -> None:
    tabela(tmp_path, exemplo())
    made = run_in(tmp_path)
    refs = tuple(one.lote.ref for done in made.files for one in done.report.outcomes)
    tabela(tmp_path, [*map(on, exemplo())], V2)
    assert sent(run_in(tmp_path, reenviar=refs)) == 12
    assert sent(run_in(tmp_path)) == 0


@pytest.mark.parametrize("weekly", [1, 2, 3])
def test_a_customer_billed_the_same_every_week_in_an_otherwise_new_file_is_not_held(
    tmp_path: Path, weekly: int
) -> None:
    one, others = exemplo()[0], exemplo()[1:7]
    days = range(1, 7)
    first: Rows = [*(on(one, f"0{day}/09/2026") for day in days[:weekly]), *others[:2]]
    second: Rows = [*(on(one, f"1{day}/09/2026") for day in days[:weekly]), *others[2:]]
    tabela(tmp_path, first, "semana 1.csv")
    run_in(tmp_path)
    tabela(tmp_path, second, "semana 2.csv")
    run = run_in(tmp_path)
    assert (sent(run), told(run, "linha-alterada", "semana 2.csv")) == (len(second), [])


def test_a_row_sent_explains_one_row(tmp_path: Path) -> None:
    """Two customers billed once each, and then for four more days, are half of no file."""
    one, other, *more = exemplo()[:4]
    tabela(tmp_path, [one, other], "a.csv")
    run_in(tmp_path)
    days = [on(row, f"2{day}/09/2026") for row in (one, other) for day in range(4)]
    tabela(tmp_path, [*days, *more], "b.csv")
    assert sent(run_in(tmp_path)) == 10
