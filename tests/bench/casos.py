"""What is measured: folders, the commands run in them, and how often."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from math import inf
from multiprocessing import get_context
from pathlib import Path

from tests.bench.dados import Month, csv_bytes, write_xlsx
from tests.bench.medir import Cost, measure, middle
from tests.bench.piso import LIBRARIES

ROOT = Path(__file__).parent.parent.parent
OURS, SCRIPT, FLOOR = "planilote", "script", "piso"
ENVIRON = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
EXCEL_ROWS = 1_048_575
BOOK_ROWS = 2_000
HUNDRED, MILLION, LARGEST = Month(100_000), Month(1_000_000), Month(EXCEL_ROWS, 500)
LONGEST = 600
"""Seconds after which a single command is ended: none that works takes half of it."""
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
    ends: float = inf
    """The moment, by the monotonic clock, at which what still runs is ended."""
    costs: dict[tuple[str, str], list[Cost]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    parts: dict[str, dict[str, float]] = field(default_factory=dict)
    """Seconds of CPU of each part of the work, by case and tool."""

    def left(self) -> float:
        """Seconds a command may take.

        Raises:
            TimeoutError: None is.
        """
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("o tempo acabou antes")
        return min(left, LONGEST)

    def measure(self, command: Sequence[str], work: Path) -> Cost:
        """What a command costs, as long as there is time for it."""
        return measure(command, work, ENVIRON, most=self.left())

    def middle(self, case: str, tool: str) -> Cost:
        """The median of what was measured."""
        return middle(self.costs[case, tool])

    def remember(self) -> None:
        """Keep what was measured."""
        told = [
            (case, tool, list(map(asdict, costs))) for (case, tool), costs in self.costs.items()
        ]
        kept = json.dumps([told, self.sizes, self.parts])
        (self.folder / _MEASURED).write_text(kept, encoding="utf-8")

    def recall(self) -> None:
        """Take up what was measured last."""
        kept = json.loads((self.folder / _MEASURED).read_text(encoding="utf-8"))
        told, self.sizes, self.parts = kept
        self.costs = {(case, tool): [Cost(**cost) for cost in costs] for case, tool, costs in told}

    def run(self, case: Case) -> None:
        """Measure a case, its tools in turns so that a busy machine is busy for all of them."""
        source = self.source(case)
        work = source.parent.parent
        start = self._start()
        kept = work / "piso.pickle"
        kept.unlink(missing_ok=True)
        for _ in range(case.runs):
            for tool in case.tools:
                if tool == FLOOR:
                    cost = self._floor(source, kept, start)
                else:
                    cost = self.measure(self._command(tool, source, work), work)
                self.count(case.name, tool, cost)
        kept.unlink(missing_ok=True)

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
            self.count(case, tool, self.measure(command, work))

    def count(self, case: str, tool: str, cost: Cost) -> None:
        """Count what one run of a tool cost."""
        self.costs.setdefault((case, tool), []).append(cost)

    def _command(self, tool: str, source: Path, work: Path) -> list[str]:
        if tool == OURS:
            clean(work)
            return [sys.executable, "-m", "converter", "conferir", "--quieto"]
        shutil.rmtree(work / "tarde", ignore_errors=True)
        return [sys.executable, "-m", "tests.bench.tarde", str(source), "tarde"]

    def _floor(self, source: Path, kept: Path, start: Cost) -> Cost:
        if not kept.exists():
            result = source.parent.parent / "saida" / "notas_resultado.xlsx"
            self.said("tests.bench.piso", "prepara", source, result, kept)
        parts = json.loads(self.said("tests.bench.piso", "mede", source, kept))
        split = {part: cpu for part, (_, cpu) in parts.items()}
        self.parts[f"{kept.parent.name} {FLOOR}"] = split | {
            LIBRARIES: start.cpu + split[LIBRARIES]
        }
        wall, cpu = map(sum, zip(*parts.values(), strict=True))
        return Cost(start.wall + wall, start.cpu + cpu, 0)

    def said(self, module: str, *given: object) -> str:
        """What a module of the bench prints."""
        return subprocess.run(
            [sys.executable, "-m", module, *map(str, given)],
            cwd=ROOT,
            env={**os.environ, **ENVIRON},
            check=True,
            capture_output=True,
            text=True,
            timeout=self.left(),
        ).stdout

    def _start(self) -> Cost:
        """What it takes to start Python with what the floor needs beside its two libraries."""
        command = [sys.executable, "-c", "import csv, io, json, pickle, zipfile"]
        return middle([measure(command, self.folder) for _ in range(5)])


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
    bench.measure(planilote("converter"), work)
    for lote in sorted((work / "saida" / "lotes").iterdir()):
        bench.measure([sys.executable, "-m", "converter", "retorno", lote.stem], work)
    bench.measure(planilote("converter"), work)
    bench.sizes = {
        RESULT: (work / "saida" / "notas_resultado.xlsx").stat().st_size,
        JOURNAL: (work / "diario" / "diario.sqlite3").stat().st_size,
    }


def quick() -> tuple[Case, ...]:
    """Enough to see whether something is badly off."""
    return (
        *(Case(Month(rows), kind, 3) for rows in (1_000, 10_000) for kind in ("xlsx", "csv")),
        Case(Month(10_000, 1, 0.05), "xlsx", 3, (OURS, FLOOR)),
    )


def whole() -> tuple[Case, ...]:
    """What the targets are about, then what `docs/desempenho.md` tells beside them."""
    runs: Mapping[int, int] = {1_000: 7, 10_000: 5}
    plain = [Case(Month(rows), "xlsx", n) for rows, n in runs.items()]
    return (
        *plain,
        Case(Month(10_000, 1, 0.05), "xlsx", 5, (OURS, FLOOR)),
        # The script takes a minute and more, and a ratio of two figures far apart needs no third.
        Case(HUNDRED, "xlsx", 1),
        Case(HUNDRED, "xlsx", 2, (OURS, FLOOR)),
        Case(HUNDRED, "csv", 2, (OURS, FLOOR)),
        Case(MILLION, "csv", 1, (OURS,)),
        Case(LARGEST, "xlsx", 1, (OURS,)),
    )


def beside() -> tuple[Case, ...]:
    """What is measured while time is left."""
    return (
        *(Case(Month(rows), "csv", 3) for rows in (1_000, 10_000)),
        Case(Month(10_000, 500), "xlsx", 3, (OURS, FLOOR)),
        Case(Month(10_000, 500, 0.05), "xlsx", 3, (OURS, FLOOR)),
        Case(Month(100_000, 500, 0.05), "xlsx", 1, (OURS,)),
    )
