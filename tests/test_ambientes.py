"""One folder, several ambientes: a rehearsal never touches what was really sent."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from converter.model.exit_code import ExitCode
from converter.model.run import RunReport
from converter.runtime import tasks
from converter.runtime.environment import Environment
from converter.settings import load
from converter.simulator.server import RunningSimulator, serve
from converter.simulator.settings import Settings
from converter.texts import console, machine
from tests.runs import NOW, exemplo, in_october, real, refs, run_in, sent, situacoes, tabela


@pytest.fixture
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSimulator]:
    """An API that would make a second file, with other numbers, of a ref it already knows."""
    chosen = Settings(now=lambda: NOW, ref_repetida="novo")
    with serve(tmp_path_factory.mktemp("api"), settings=chosen) as running:
        yield running


def files(pasta: Path) -> dict[str, bytes]:
    """What lies in `saida/` for producao."""
    return {
        path.relative_to(pasta).as_posix(): path.read_bytes()
        for path in pasta.rglob("*")
        if path.is_file() and "simulado" not in path.parts
    }


def written(run: RunReport) -> list[Path]:
    """The import files beside the results of a run."""
    assert run.files[0].resultado is not None
    return [*(run.files[0].resultado.parent / "lotes").iterdir()]


def test_a_rehearsal_leaves_the_results_of_producao_where_they_are(
    tmp_path: Path, api: RunningSimulator
) -> None:
    tabela(tmp_path, exemplo())
    run_in(tmp_path, ambiente="producao", environ=real(api.url))
    before = files(tmp_path / "saida")
    assert len(before) == 3
    run = run_in(tmp_path)
    assert sent(run) == 12
    assert run.files[0].resultado == tmp_path / "saida" / "simulado" / "notas_resultado.xlsx"
    assert files(tmp_path / "saida") == before
    assert any(
        "à parte, em saida/simulado/" in line for line in console.report_lines(run, tmp_path)
    )
    assert run_in(tmp_path).files[0].report is None
    again = run_in(tmp_path, ambiente="producao", environ=real(api.url))
    assert (again.files[0].report, files(tmp_path / "saida")) == (None, before)


@pytest.mark.parametrize("first", ["simulado", "producao"])
def test_every_place_where_a_lote_is_told_names_the_file_that_was_written(
    tmp_path: Path, api: RunningSimulator, first: str
) -> None:
    table = exemplo()
    tabela(tmp_path, table)
    if first == "producao":
        run_in(tmp_path, ambiente="producao", environ=real(api.url))
    run = run_in(tmp_path)
    (entry,) = json.loads(machine.run_json(run, tmp_path))["arquivos"]
    named = {lote["arquivo"] for lote in entry["lotes"]}
    assert {path.relative_to(tmp_path).as_posix() for path in written(run)} == named
    assert run.files[0].resultado is not None
    book = openpyxl.load_workbook(run.files[0].resultado)
    facts = [str(book[name]["A4"].value) for name in book.sheetnames if name.startswith("Lote ")]
    assert {fact.partition("  ·  ")[0] for fact in facts} == named
    standing = tasks.situacao(load({}, pasta=str(tmp_path)), Environment(now=lambda: NOW))
    lotes = json.loads(machine.situacao_json("simulado", standing))["lotes"]
    assert {lote["arquivo"] for lote in lotes} == named


def test_what_was_rehearsed_first_gives_way(tmp_path: Path, api: RunningSimulator) -> None:
    tabela(tmp_path, exemplo())
    run_in(tmp_path)
    run = run_in(tmp_path, ambiente="producao", environ=real(api.url))
    assert set(situacoes(run)) == {"enviada"}
    assert [path.name for path in (tmp_path / "saida").glob("*.xlsx")] == ["notas_resultado.xlsx"]
    # The rehearsed import files differ, and are nothing the user would have edited.
    assert not [path for path in (tmp_path / "saida" / "lotes").iterdir() if "editado" in path.name]


def test_the_answers_of_a_rehearsal_are_none_in_producao(
    tmp_path: Path, api: RunningSimulator
) -> None:
    tabela(tmp_path, exemplo())
    run_in(tmp_path)
    run = run_in(tmp_path, ambiente="producao", environ=real(api.url))
    assert run.returns == ()
    assert run.exit_code == ExitCode.OK


@pytest.mark.parametrize("first", ["conferir", "simulado", "outro arquivo"])
def test_a_lost_journal_asks_before_it_sends_whatever_ran_first(
    tmp_path: Path, api: RunningSimulator, first: str
) -> None:
    chosen = {"ambiente": "producao", "environ": real(api.url)}
    tabela(tmp_path, exemplo())
    ref = refs(run_in(tmp_path, **chosen))[2]
    file = tmp_path / "saida" / "lotes" / f"{ref}.txt"
    kept = file.read_bytes()
    shutil.rmtree(tmp_path / "diario")
    # Else the import files tell that there was another journal, and nothing is sent.
    shutil.rmtree(tmp_path / "saida")
    if first == "conferir":
        run_in(tmp_path, enviar=False, **chosen)
    elif first == "simulado":
        run_in(tmp_path)
    else:
        tabela(tmp_path, in_october(exemplo()), "outubro.csv")
        without = {name: value for name, value in real(api.url).items() if name != "FOCUS_TOKEN"}
        without["FOCUS_TOKEN_45782190000184"] = real("")["FOCUS_TOKEN"]
        run_in(tmp_path, "outubro.csv", ambiente="producao", environ=without)
    run_in(tmp_path, **chosen)
    assert file.read_bytes() == kept
