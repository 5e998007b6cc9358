"""The same folder through one process, several, and several of which some die."""

import hashlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from converter import pipeline
from converter.model.filerun import FileRun, Understood
from converter.model.run import RunReport
from converter.reading.open import open_file
from converter.runtime.cells import ToUnderstand
from converter.runtime.choose_workers import choose
from converter.runtime.config import RunConfig
from converter.runtime.environment import Environment
from converter.settings import load
from tests.bench.dados import Month, csv_bytes, write_xlsx

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
WORLD = Environment(
    now=lambda: NOW, seconds=lambda: 2e9, sleep=lambda _: None, pause=lambda _: None
)
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def pasta(tmp_path: Path) -> Path:
    entrada = tmp_path / "pasta" / "entrada"
    entrada.mkdir(parents=True)
    for seed in range(3):
        write_xlsx(Month(20, 2, 0.1, seed), entrada / f"cliente{seed}.xlsx")
    (entrada / "outro.csv").write_bytes(csv_bytes(Month(30, 1, 0, 9)))
    (entrada / "igual.csv").write_bytes(csv_bytes(Month(30, 1, 0, 9)))
    (entrada / "quebrado.xlsx").write_bytes(b"PK\x03\x04 isto acaba aqui")
    shutil.copy(ROOT / "docs" / "exemplos" / "com-erros.xlsx", entrada)
    return entrada.parent


def convert(pasta: Path, *, enviar: bool = False, processos: int = 1) -> RunReport:
    settings = load({}, pasta=str(pasta), processos=processos)
    return pipeline.run(settings, WORLD, (), enviar=enviar, tell=lambda _: None)


def written(pasta: Path) -> dict[str, str]:
    saida = pasta / "saida"
    return {
        path.relative_to(saida).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(saida.rglob("*"))
        if path.is_file()
    }


def copy_of(pasta: Path, name: str) -> Path:
    shutil.copytree(pasta / "entrada", pasta.parent / name / "entrada")
    return pasta.parent / name


@pytest.mark.parametrize("enviar", [False, True], ids=["conferir", "converter"])
def test_one_process_and_two_write_the_same_bytes(pasta: Path, enviar: bool) -> None:
    other = copy_of(pasta, "dois")
    one, two = convert(pasta, enviar=enviar), convert(other, enviar=enviar, processos=2)
    assert written(pasta) == written(other)
    assert one.files == two.files or [done.report for done in one.files] == [
        done.report for done in two.files
    ]


def test_waiting_as_pickles_and_on_disk_changes_nothing(
    pasta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = copy_of(pasta, "disco")
    convert(pasta)
    monkeypatch.setattr("converter.runtime.spill.IN_MEMORY", 1)
    monkeypatch.setattr("converter.runtime.spill.PICKLED_IN_MEMORY", 10_000)
    convert(other)
    assert written(pasta) == written(other)


@pytest.mark.parametrize("size", [1, 7])
def test_the_size_of_a_block_changes_nothing(
    pasta: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """Of reading, of turning rows into columns and back, of composing."""
    other = copy_of(pasta, "blocos")
    # Read here, where the size of a block can be changed.
    monkeypatch.setattr("converter.stages.read.open_apart", open_file)
    one = convert(pasta)
    monkeypatch.setattr("converter.reading.sheet_xml.BLOCK", size * 200)
    for block in ("mapping.rows", "stages.compose", "sheets.lida"):
        monkeypatch.setattr(f"converter.{block}._BLOCK", size)
    two = convert(other)
    assert written(pasta) == written(other)
    assert [done.report for done in one.files] == [done.report for done in two.files]


def die_on_cliente1(file: ToUnderstand, config: RunConfig) -> FileRun[Understood]:
    if file.arquivo == "cliente1.xlsx":
        os._exit(9)
    return pipeline.understand(file, config)


def test_a_worker_killed_by_a_file_costs_that_file_an_error(
    pasta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("converter.pipeline.understand", die_on_cliente1)
    report = convert(pasta, enviar=True, processos=2)
    by_name = {done.arquivo: done for done in report.files}
    dead = by_name.pop("cliente1.xlsx").report
    assert dead is not None
    assert [problem.code for problem in dead.problems] == ["arquivo-interrompido"]
    assert by_name["cliente0.xlsx"].report is not None
    assert by_name["cliente0.xlsx"].report.balance.holds()
    assert by_name["outro.csv"].report is not None
    assert {*by_name["outro.csv"].report.rows.situacao} <= {"autorizada", "repetida"}
    assert report.exit_code == 1


def test_a_file_that_cannot_be_rendered_keeps_what_was_sent(
    pasta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("converter.pipeline.render", fail)
    report = convert(pasta, enviar=True)
    done = next(done.report for done in report.files if done.arquivo == "outro.csv")
    assert done is not None
    assert [problem.code for problem in done.problems] == ["arquivo-interrompido"]
    monkeypatch.undo()
    again = convert(pasta, enviar=True)
    assert not any(o.sent_now for d in again.files if d.report for o in d.report.outcomes)
    assert (pasta / "saida" / "outro_resultado.xlsx").is_file()


def test_processes_are_started_for_enough_work_only(tmp_path: Path) -> None:
    left_to_us = load({}, pasta=str(tmp_path))
    chosen = load({}, pasta=str(tmp_path), processos=3)
    assert not choose(left_to_us, [1000, 1000]).away
    assert choose(chosen, [1000, 1000]).away
    assert not choose(chosen, [10**9]).away
    assert not choose(left_to_us, []).away
