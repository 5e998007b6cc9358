"""What strangers write reaches the screen, the JSON and the disk as text, and as little of it."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from converter import cli, pipeline
from converter.model.exit_code import ExitCode
from converter.texts.formato import LONGEST
from tests.runs import TOKEN, VALOR, exemplo, of, run_in, tabela

ESCAPE = "\x1b]0;dono\x07\x1b[2Jpronto\u202e"


def planilote(pasta: Path, *args: str, **environ: str) -> Result:
    return CliRunner().invoke(cli.main, [*args, "--pasta", str(pasta)], env=environ)


@pytest.mark.parametrize("args", [["conferir"], ["mapeamentos"]])
def test_a_sheet_commands_no_terminal(tmp_path: Path, args: list[str]) -> None:
    table = [{**exemplo()[0], VALOR: f"{ESCAPE}abc"}]
    path = tabela(tmp_path, table, f"{ESCAPE}.csv")
    named = [str(path)] if args == ["mapeamentos"] else []
    shown = planilote(tmp_path, *args, *named)
    assert "pronto" in shown.output
    assert not {"\x1b", "\x07", "\u202e"} & set(shown.output)


def test_a_cell_of_thirty_thousand_letters_is_told_by_its_start(tmp_path: Path) -> None:
    long = "Texto " * 5000
    table = [{**exemplo()[0], VALOR: long, long: "x", "Valor do serviços": "1"}]
    tabela(tmp_path, table)
    shown = planilote(tmp_path, "conferir", "--json")
    problems = json.loads(shown.stdout)["arquivos"][0]["problemas"]
    assert any(problem["valor"] for problem in problems)
    for problem in problems:
        assert len(problem["valor"] or "") <= LONGEST
        assert len(problem["mensagem"]) <= 3 * LONGEST
    book = openpyxl.load_workbook(tmp_path / "saida" / "notas_resultado.xlsx")
    cells = [str(cell.value) for row in book["Erros"].iter_rows() for cell in row if cell.value]
    assert max(map(len, cells)) <= 3 * LONGEST


def test_an_edited_text_is_told_by_its_start(tmp_path: Path) -> None:
    text = "Consultoria " * 80
    table = [{**exemplo()[0], "Discriminação do serviço": text}]
    tabela(tmp_path, table)
    run_in(tmp_path)
    table[0]["Discriminação do serviço"] = "Outra coisa"
    tabela(tmp_path, table)
    lines = planilote(tmp_path, "conferir").output.splitlines()
    (line,) = [line for line in lines if "mudou depois de enviada" in line]
    assert text[:100] in line
    assert text not in line


def test_json_is_utf_8_whatever_the_terminal_speaks(tmp_path: Path) -> None:
    tabela(tmp_path, [{**exemplo()[0], VALOR: "çã→"}])
    runner = CliRunner(charset="cp1252")
    shown = runner.invoke(cli.main, ["conferir", "--json", "--pasta", str(tmp_path)])
    (problem,) = json.loads(shown.stdout_bytes)["arquivos"][0]["problemas"]
    assert problem["valor"] == "çã→"


def test_letters_a_terminal_does_not_have_do_not_end_the_run(tmp_path: Path) -> None:
    tabela(tmp_path, exemplo(), "notas→.csv")
    runner = CliRunner(charset="cp1252")
    shown = runner.invoke(cli.main, ["conferir", "--pasta", str(tmp_path)])
    assert shown.exit_code == ExitCode.OK
    assert "notas?.csv" in shown.output


def test_a_result_that_cannot_be_written_costs_only_itself(tmp_path: Path) -> None:
    tabela(tmp_path, exemplo()[:2], "a.csv")
    tabela(tmp_path, exemplo()[2:4], "b.csv")
    (tmp_path / "saida" / "a_resultado.xlsx").mkdir(parents=True)
    run = run_in(tmp_path)
    assert run.exit_code == ExitCode.REFUSED
    assert of(run, "a.csv").problems[0].code == "resultado-nao-gravado"
    assert (tmp_path / "saida" / "b_resultado.xlsx").is_file()
    (tmp_path / "saida" / "a_resultado.xlsx").rmdir()
    run = run_in(tmp_path)
    assert run.exit_code == ExitCode.OK
    assert (tmp_path / "saida" / "a_resultado.xlsx").is_file()


def test_a_return_file_that_cannot_be_read_is_named_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tabela(tmp_path, exemplo())
    (tmp_path / "retornos").mkdir()
    (tmp_path / "retornos" / "preso.txt").write_bytes(b"1")
    (tmp_path / "retornos" / "chegando.txt.crdownload").write_bytes(b"1")
    read = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == "preso.txt":
            raise PermissionError(13, "Permissão negada", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    run = run_in(tmp_path)
    assert [done.arquivo for done in run.returns if done.refused] == ["preso.txt"]
    assert set(map(str, of(run).rows.situacao)) == {"autorizada"}


def stopped(pasta: Path, error: Exception, monkeypatch: pytest.MonkeyPatch) -> Result:
    def broken(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(pipeline, "run", broken)
    return planilote(pasta, "converter", FOCUS_TOKEN=TOKEN)


def test_a_disk_that_refuses_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = stopped(tmp_path, OSError(28, "No space left", "/x/y"), monkeypatch)
    assert shown.exit_code == ExitCode.USAGE
    assert "“/x/y”: No space left" in shown.output


def test_a_defect_is_a_sentence_without_what_it_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "diario").mkdir()
    shown = stopped(tmp_path, ValueError(TOKEN), monkeypatch)
    assert shown.exit_code == ExitCode.USAGE
    assert "defeito dele mesmo (ValueError em converter/cli/" in shown.output
    assert TOKEN not in shown.output
    log = (tmp_path / "diario" / "planilote.log").read_text(encoding="utf-8")
    assert "converter/cli/" in log
    assert log.rstrip().endswith(f"ValueError <{len(TOKEN)}>")
    monkeypatch.setenv("PLANILOTE_DEPURAR", "1")
    assert isinstance(stopped(tmp_path, ValueError("x"), monkeypatch).exception, ValueError)


def test_what_lies_outside_is_shown_without_its_secrets() -> None:
    from converter.runtime.environment import Environment

    assert TOKEN not in repr(Environment(environ={"FOCUS_TOKEN": TOKEN}))


def test_results_go_nowhere_but_into_their_folder(tmp_path: Path) -> None:
    outside = tmp_path / "fora" / "notas.csv"
    outside.parent.mkdir()
    outside.write_bytes(tabela(tmp_path / "x", exemplo()).read_bytes())
    folder = tmp_path / "mês"
    folder.mkdir()
    run_in(folder, str(folder / ".." / "fora" / "notas.csv"))
    assert {path.name for path in tmp_path.iterdir()} == {"fora", "x", "mês"}
    assert [path.name for path in outside.parent.iterdir()] == ["notas.csv"]
    assert (folder / "saida" / "notas_resultado.xlsx").is_file()
