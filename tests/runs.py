"""Whole runs in a folder of a test: fixed clock, no network but loopback, no waiting."""

import csv
import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl

from converter import pipeline
from converter.model.filerun import Arrived, Content, FileRun, InMemory
from converter.model.report import FileReport
from converter.model.rows import ComposedSheet
from converter.model.run import RunReport
from converter.runtime.config import RunConfig
from converter.runtime.environment import Environment
from converter.settings import load
from converter.texts import folhas

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
TOKEN = "token-inventado-de-teste"
VALOR, DATA, EMAIL = "Valor dos serviços", "Data de emissão", "E-mail do tomador"
Rows = list[dict[str, str]]


def run_in(
    pasta: Path,
    *names: str,
    enviar: bool = True,
    environ: Mapping[str, str] | None = None,
    confirm: Callable[[str], bool] | None = None,
    **chosen: Any,
) -> RunReport:
    """Convert what is in `entrada/`; `chosen` are options of the command line."""
    settings = load(environ or {}, pasta=str(pasta), **({"ambiente": "simulado"} | chosen))
    world = Environment(
        environ=environ or {},
        now=lambda: NOW,
        seconds=lambda: 2e9,
        sleep=lambda _: None,
        pause=lambda _: None,
    )
    return pipeline.run(settings, world, names, enviar=enviar, tell=lambda _: None, confirm=confirm)


def understand_bytes(
    name: str, data: bytes, rules: RunConfig
) -> tuple[Content, tuple[ComposedSheet, ...]]:
    """What a file says by itself, and its rows with their JSON."""
    arrived = Arrived(len(data), InMemory(data))
    file = FileRun(name, hashlib.sha256(data).hexdigest(), "", arrived)
    done = pipeline.understand(file, rules).phase
    content = done.content.load()
    return content, tuple(map(ComposedSheet.of, content.rows, done.objects.load()))


def real(url: str) -> dict[str, str]:
    """The environment of runs whose API is the one at `url`."""
    return {"FOCUS_TOKEN": TOKEN, "PLANILOTE_URL": url}


def arquivo(pasta: Path, name: str, data: bytes, planilote: str = "") -> None:
    """Put a file in `entrada/`, and what `planilote.toml` says beside it."""
    target = pasta / "entrada" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    if planilote:
        (pasta / "planilote.toml").write_text(planilote, encoding="utf-8")


def copy_examples(pasta: Path) -> None:
    """Put the shipped examples into a folder: the clone's own has the user's files too."""
    (pasta / "entrada").mkdir(parents=True)
    for path in sorted((ROOT / "entrada").glob("exemplo-*")):
        shutil.copy(path, pasta / "entrada")


def exemplo() -> Rows:
    """The twelve good rows of the shipped example, seven of one prestador and five of another."""
    text = (ROOT / "entrada" / "exemplo-servicos.csv").read_bytes().decode("cp1252")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def in_october(table: Rows) -> Rows:
    """The same services a month later."""
    return [{**row, DATA: row[DATA].replace("/09/", "/10/")} for row in table]


def tabela(pasta: Path, table: Rows, name: str = "notas.csv") -> Path:
    """Put rows in `entrada/` as a CSV."""
    path = pasta / "entrada" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, table[0], delimiter=";")
        writer.writeheader()
        writer.writerows(table)
    return path


def one_report(report: RunReport) -> FileReport:
    """The report of the only file of a run."""
    (done,) = report.files
    assert done.report is not None
    return done.report


def of(report: RunReport, name: str = "notas.csv") -> FileReport:
    """The report of one file of a run."""
    (found,) = [done.report for done in report.files if done.arquivo == name]
    assert found is not None
    return found


def situacoes(report: RunReport, name: str = "notas.csv") -> list[str]:
    """What became of each row of a file."""
    return [str(situacao) for situacao in of(report, name).rows.situacao]


def sent(report: RunReport) -> int:
    """How many notes this run posted."""
    return sum(
        len(outcome.lote.notas)
        for done in report.files
        if done.report
        for outcome in done.report.outcomes
        if outcome.sent_now
    )


def refs(report: RunReport, name: str = "notas.csv") -> dict[int, str]:
    """The lote of each row of a file."""
    return {
        nota.row: outcome.lote.ref
        for outcome in of(report, name).outcomes
        for nota in outcome.lote.notas
    }


def told(report: RunReport, code: str, name: str = "notas.csv") -> list[int | None]:
    """The rows of which a problem was told."""
    return [problem.row for problem in of(report, name).problems if problem.code == code]


def lotes(report: RunReport) -> Sequence[tuple[str, str, str]]:
    """File, ref and state of every lote of a run."""
    return [
        (done.arquivo, outcome.lote.ref, str(outcome.state))
        for done in report.files
        if done.report
        for outcome in done.report.outcomes
    ]


def answer(pasta: Path, *options: str, name: str = "notas_corrigir.xlsx") -> list[str]:
    """Answer `Perguntas` line by line, put the workbook back; the sheets it has."""
    book = openpyxl.load_workbook(pasta / "saida" / name)
    sheet = book["Perguntas"]
    top = next(row for row in sheet.iter_rows() if folhas.RESPOSTA in {one.value for one in row})
    column = next(one.column for one in top if one.value == folhas.RESPOSTA)
    for number, option in enumerate(options, top[0].row + 1):
        sheet.cell(number, column).value = option
    book.save(pasta / "entrada" / name)
    return book.sheetnames
