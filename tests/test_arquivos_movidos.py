"""Files renamed, moved, copied, typed over or deleted: no row goes twice, no answer is lost."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from converter.errors import SettingsError
from converter.simulator.server import RunningSimulator, serve
from converter.simulator.settings import Settings
from tests.runs import (
    DATA,
    NOW,
    VALOR,
    exemplo,
    in_october,
    of,
    real,
    refs,
    run_in,
    sent,
    situacoes,
    tabela,
    told,
)


@pytest.fixture
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSimulator]:
    """An API outside the folder, whose prefeitura answers when it is asked to."""
    later = Settings(now=lambda: NOW + timedelta(minutes=1))
    with serve(tmp_path_factory.mktemp("api"), settings=later) as running:
        yield running


def answer(pasta: Path, api: RunningSimulator, ref: str) -> None:
    name, content = api.play(ref)
    (pasta / "retornos").mkdir(exist_ok=True)
    (pasta / "retornos" / f"{ref}_{name}").write_bytes(content)


def test_a_renamed_file_keeps_its_lotes(tmp_path: Path) -> None:
    path = tabela(tmp_path, exemplo())
    before = refs(run_in(tmp_path))
    (tmp_path / "entrada" / "2026-09").mkdir()
    path.rename(tmp_path / "entrada" / "2026-09" / "serviços.csv")
    run = run_in(tmp_path)
    assert sent(run) == 0
    assert set(situacoes(run, "2026-09/serviços.csv")) == {"autorizada"}
    assert refs(run, "2026-09/serviços.csv") == before


def test_an_answer_that_comes_after_the_file_moved_is_in_its_result(
    tmp_path: Path, api: RunningSimulator
) -> None:
    path = tabela(tmp_path, exemplo()[:2])
    made = run_in(tmp_path, ambiente="producao", environ=real(api.url))
    path.rename(path.with_name("outubro.csv"))
    answer(tmp_path, api, refs(made)[2])
    run_in(tmp_path, ambiente="producao", environ=real(api.url))
    book = openpyxl.load_workbook(tmp_path / "saida" / "outubro_resultado.xlsx")
    assert {row[9].value for row in book["Resultado"].iter_rows(min_row=3)} >= {"1", "2"}


def test_a_row_edited_in_a_renamed_file_is_named_and_not_sent(tmp_path: Path) -> None:
    table = exemplo()
    tabela(tmp_path, table)
    run_in(tmp_path)
    (tmp_path / "entrada" / "notas.csv").unlink()
    table[0][VALOR] = "1.600,00"
    tabela(tmp_path, table, "notas v2.csv")
    run = run_in(tmp_path)
    assert sent(run) == 0
    assert told(run, "linha-alterada", "notas v2.csv") == [2]


@pytest.mark.parametrize("together", [False, True])
def test_a_row_edited_in_a_copy_is_named_and_not_sent(tmp_path: Path, together: bool) -> None:
    table = exemplo()
    tabela(tmp_path, table, "a.csv")
    if not together:
        run_in(tmp_path)
    table[0][VALOR] = "1.600,00"
    tabela(tmp_path, table, "b.csv")
    run = run_in(tmp_path)
    assert sent(run) == (12 if together else 0)
    assert told(run, "linha-alterada", "b.csv") == [2]
    assert situacoes(run, "b.csv") == ["rejeitada", *["repetida"] * 11]


def test_reenviar_sends_the_row_of_the_copy_and_leaves_the_first_one_sent(tmp_path: Path) -> None:
    table = exemplo()
    tabela(tmp_path, table, "a.csv")
    ref = refs(run_in(tmp_path), "a.csv")[2]
    table[0][VALOR] = "1.600,00"
    tabela(tmp_path, table, "b.csv")
    assert sent(run_in(tmp_path, reenviar=(ref,))) == 1
    assert sent(run_in(tmp_path)) == 0


def test_an_export_that_grows_sends_only_what_is_new(tmp_path: Path) -> None:
    table = exemplo()
    tabela(tmp_path, table[:6], "semana 1.csv")
    run_in(tmp_path)
    tabela(tmp_path, table, "semana 2.csv")
    run = run_in(tmp_path)
    assert sent(run) == 6
    assert told(run, "linha-alterada", "semana 2.csv") == []


def test_the_result_of_last_month_is_kept_when_the_next_one_is_typed_over(tmp_path: Path) -> None:
    tabela(tmp_path, exemplo())
    run_in(tmp_path)
    result = tmp_path / "saida" / "notas_resultado.xlsx"
    september = result.read_bytes()
    tabela(tmp_path, in_october(exemplo()))
    run = run_in(tmp_path)
    assert sent(run) == 12
    (kept,) = (tmp_path / "saida").glob("notas_resultado (de *).xlsx")
    assert kept.read_bytes() == september
    assert any(kept.name in notice for notice in run.files[0].notices)
    run_in(tmp_path)
    assert len(list((tmp_path / "saida").glob("notas_resultado*"))) == 2


def test_correcting_a_file_that_was_refused_keeps_nothing_aside(tmp_path: Path) -> None:
    table = exemplo()
    table[0][VALOR] = "abc"
    tabela(tmp_path, table)
    run_in(tmp_path)
    tabela(tmp_path, exemplo())
    run_in(tmp_path)
    assert [path.name for path in (tmp_path / "saida").glob("*.xlsx")] == ["notas_resultado.xlsx"]


@pytest.mark.parametrize("fate", ["deleted", "typed over"])
def test_an_answer_for_rows_that_are_gone_gets_a_workbook_of_its_own(
    tmp_path: Path, api: RunningSimulator, fate: str
) -> None:
    path = tabela(tmp_path, exemplo()[:2])
    ref = refs(run_in(tmp_path, ambiente="producao", environ=real(api.url)))[2]
    if fate == "deleted":
        path.unlink()
    else:
        tabela(tmp_path, in_october(exemplo()[:2]))
        run_in(tmp_path, ambiente="producao", environ=real(api.url))
    answer(tmp_path, api, ref)
    run = run_in(tmp_path, ambiente="producao", environ=real(api.url))
    (orphan,) = run.orphans
    assert orphan == tmp_path / "saida" / "lotes" / f"{ref}_resultado.xlsx"
    book = openpyxl.load_workbook(orphan)
    assert [row[8].value for row in book["Resposta"].iter_rows(min_row=4)] == ["1", "2"]
    assert run_in(tmp_path, ambiente="producao", environ=real(api.url)).orphans == ()


def test_an_answer_for_a_file_left_out_of_this_run_waits_for_its_own_result(
    tmp_path: Path, api: RunningSimulator
) -> None:
    tabela(tmp_path, exemplo()[:2], "a.csv")
    tabela(tmp_path, exemplo()[2:4], "b.csv")
    made = run_in(tmp_path, ambiente="producao", environ=real(api.url))
    answer(tmp_path, api, refs(made, "b.csv")[2])
    run = run_in(tmp_path, "a.csv", ambiente="producao", environ=real(api.url))
    assert run.orphans == ()
    run = run_in(tmp_path, ambiente="producao", environ=real(api.url))
    assert set(situacoes(run, "b.csv")) == {"autorizada"}


def test_what_is_said_of_a_row_is_said_where_it_stands_now(
    tmp_path: Path, api: RunningSimulator
) -> None:
    table = exemplo()[:3]
    table[1]["Número do endereço"] = ""
    # It is the prefeitura that is to refuse it.
    (tmp_path / "planilote.toml").write_text('[severidade]\nprefeitura-recusaria = "aviso"\n')
    tabela(tmp_path, table)
    made = run_in(tmp_path, ambiente="producao", environ=real(api.url))
    tabela(tmp_path, [table[1], table[0], table[2]])
    answer(tmp_path, api, refs(made)[2])
    run = run_in(tmp_path, ambiente="producao", environ=real(api.url))
    report = of(run)
    notas = {nota.row for outcome in report.outcomes for nota in outcome.lote.notas}
    assert notas == {2, 3, 4}
    assert [nota.row for nota in report.outcomes[0].lote.notas] == [3, 2, 4]


def test_a_named_file_may_not_stand_in_for_another_of_its_name(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    tabela(tmp_path, exemplo())
    other = tabela(tmp_path_factory.mktemp("fora"), in_october(exemplo()))
    with pytest.raises(SettingsError, match=r"mesmo nome de .*entrada"):
        run_in(tmp_path, str(other))


def test_a_row_new_in_two_copies_and_edited_in_one_is_sent_once(tmp_path: Path) -> None:
    new = {**exemplo()[0], "Discriminação do serviço": "Visita técnica"}
    tabela(tmp_path, exemplo(), "a.csv")
    run_in(tmp_path)
    tabela(tmp_path, [*exemplo(), new], "b.csv")
    tabela(tmp_path, [*exemplo(), {**new, VALOR: "75,00"}], "c.csv")
    run = run_in(tmp_path)
    assert sent(run) == 1
    assert told(run, "linha-alterada", "c.csv") == [14]


def test_every_row_that_may_be_the_vanished_one_is_held(tmp_path: Path) -> None:
    tabela(tmp_path, exemplo())
    run_in(tmp_path)
    other_day = {**exemplo()[0], DATA: "29/09/2026 10:00"}
    other_value = {**exemplo()[0], VALOR: "1.600,00"}
    tabela(tmp_path, [*exemplo()[1:], other_day, other_value])
    run = run_in(tmp_path)
    assert sent(run) == 0
    assert told(run, "linha-alterada") == [13, 14]
    tabela(tmp_path, [*exemplo(), other_day, other_value])
    assert sent(run_in(tmp_path)) == 2
