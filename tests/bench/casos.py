"""What is measured: folders, the commands run in them, and how often."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tests.bench.dados import Month, csv_bytes, write_xlsx
from tests.bench.medir import Cost, measure, middle

ROOT = Path(__file__).parent.parent.parent
OURS, SCRIPT, FLOOR = "planilote", "script", "piso"
ENVIRON = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
EXCEL_ROWS = 1_048_575
BOOK_ROWS = 2_000
RESULT, JOURNAL = "resultado", "diário"
_MEASURED = "medidas.json"


@dataclass(frozen=True, slots=True)
class Case:
    """One file to convert, by which tools and how often."""

    month: Month
    kind: str
    runs: int
    tools: tuple[str, ...] = (OURS, SCRIPT, FLOOR)

    @property
    def name(self) -> str:
        """A name for folders."""
        return f"{self.month.name}-{self.kind}"


@dataclass(slots=True)
class Bench:
    """Measures cases below one folder, where generated files are kept for the next time."""

    folder: Path
    costs: dict[tuple[str, str], list[Cost]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def middle(self, case: str, tool: str) -> Cost:
        """The median of what was measured."""
        return middle(self.costs[case, tool])

    def remember(self) -> None:
        """Keep what was measured."""
        told = [
            (case, tool, list(map(asdict, costs))) for (case, tool), costs in self.costs.items()
        ]
        (self.folder / _MEASURED).write_text(json.dumps([told, self.sizes]), encoding="utf-8")

    def recall(self) -> None:
        """Take up what was measured last."""
        told, self.sizes = json.loads((self.folder / _MEASURED).read_text(encoding="utf-8"))
        self.costs = {(case, tool): [Cost(**cost) for cost in costs] for case, tool, costs in told}

    def run(self, case: Case) -> None:
        """Measure a case, its tools in turns so that a busy machine is busy for all of them."""
        source = self.source(case)
        work = source.parent.parent
        start = self._start()
        for _ in range(case.runs):
            for tool in case.tools:
                if tool == FLOOR:
                    cost = self._floor(source, work, start)
                else:
                    cost = measure(self._command(tool, source, work), work, ENVIRON)
                self.costs.setdefault((case.name, tool), []).append(cost)

    def source(self, case: Case) -> Path:
        """The file of a case, made the first time."""
        path = self.folder / case.name / "entrada" / f"notas.{case.kind}"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            make(case.month, path)
        return path

    def command(self, case: str, tool: str, runs: int, command: Sequence[str], work: Path) -> None:
        """Measure any command, from a clean working folder each time."""
        for _ in range(runs):
            clean(work)
            self.costs.setdefault((case, tool), []).append(measure(command, work, ENVIRON))

    def _command(self, tool: str, source: Path, work: Path) -> list[str]:
        if tool == OURS:
            clean(work)
            return [sys.executable, "-m", "converter", "conferir", "--quieto"]
        shutil.rmtree(work / "tarde", ignore_errors=True)
        return [sys.executable, "-m", "tests.bench.tarde", str(source), "tarde"]

    def _floor(self, source: Path, work: Path, start: Cost) -> Cost:
        kept, result = work / "piso.pickle", work / "saida" / "notas_resultado.xlsx"
        _said("prepara", source, result, kept)
        wall, cpu = map(float, _said("mede", source, kept).split())
        kept.unlink()
        return Cost(start.wall + wall, start.cpu + cpu, 0)

    def _start(self) -> Cost:
        """What it takes to start Python with what the floor needs beside its two libraries."""
        command = [sys.executable, "-c", "import csv, io, json, pickle, zipfile"]
        return middle([measure(command, self.folder) for _ in range(5)])


def _said(step: str, *paths: Path) -> str:
    command = [sys.executable, "-m", "tests.bench.piso", step, *map(str, paths)]
    environ = {**os.environ, **ENVIRON}
    return subprocess.run(
        command, cwd=ROOT, env=environ, check=True, capture_output=True, text=True
    ).stdout


def clean(work: Path) -> None:
    """Take away what an earlier run wrote."""
    for name in ("saida", "diario", "retornos"):
        shutil.rmtree(work / name, ignore_errors=True)


def make(month: Month, path: Path) -> None:
    """Write a file of the bench, whole or not at all, in a process of its own.

    What this process ever held would count as the peak of everything measured after.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        other.submit(_write, month, path).result()


def _write(month: Month, path: Path) -> None:
    unfinished = path.with_name(f"fazendo.{path.suffix[1:]}")
    if path.suffix == ".csv":
        unfinished.write_bytes(csv_bytes(month))
    else:
        write_xlsx(month, unfinished)
    unfinished.replace(path)


def many(folder: Path, files: int, rows: int, kind: str) -> Path:
    """A working folder with many small files."""
    work = folder / f"muitos-{files}-{rows}-{kind}"
    entrada = work / "entrada"
    entrada.mkdir(parents=True, exist_ok=True)
    for seed in range(1, files + 1):
        path = entrada / f"cliente{seed:04d}.{kind}"
        if not path.exists():
            _write(Month(rows, seed=seed), path)
    return work


def planilote(command: str, *options: str) -> list[str]:
    """Our command line."""
    return [sys.executable, "-m", "converter", command, "--quieto", *options]


def left_behind(bench: Bench) -> None:
    """Measure what a book of five lotes leaves: its result, and its journal once all is answered.

    In `simulado`, whose prefeitura takes all notes, with the day of its samples.
    """
    month = Month(BOOK_ROWS, 5)
    source = bench.source(Case(month, "xlsx", 0))
    work = source.parent.parent
    clean(work)
    measure(planilote("converter"), work, ENVIRON)
    for lote in sorted((work / "saida" / "lotes").iterdir()):
        measure([sys.executable, "-m", "converter", "retorno", lote.stem], work, ENVIRON)
    measure(planilote("converter"), work, ENVIRON)
    bench.sizes = {
        RESULT: (work / "saida" / "notas_resultado.xlsx").stat().st_size,
        JOURNAL: (work / "diario" / "diario.sqlite3").stat().st_size,
    }


def quick() -> tuple[Case, ...]:
    """Enough to see whether something is badly off."""
    return tuple(Case(Month(rows), kind, 3) for rows in (1_000, 10_000) for kind in ("xlsx", "csv"))


def whole() -> tuple[Case, ...]:
    """All that `docs/desempenho.md` tells."""
    runs: Mapping[int, int] = {1_000: 7, 10_000: 5, 100_000: 3}
    plain = [Case(Month(rows), kind, n) for rows, n in runs.items() for kind in ("xlsx", "csv")]
    varied = [
        Case(Month(10_000, prestadores, bad), kind, 3)
        for prestadores, bad in ((500, 0.0), (1, 0.05), (500, 0.05))
        for kind in ("xlsx", "csv")
    ]
    large = [Case(Month(100_000, 500, 0.05), "xlsx", 3, (OURS,))]
    return (*plain, *varied, *large)


def huge(*, xlsx: bool) -> tuple[Case, ...]:
    """The largest sheet Excel holds, and a csv like it; only ours, once."""
    cases = [Case(Month(1_000_000), "csv", 3, (OURS,))]
    return (*cases, Case(Month(EXCEL_ROWS, 500), "xlsx", 1, (OURS,))) if xlsx else tuple(cases)
